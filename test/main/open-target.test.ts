import { describe, expect, it } from 'vitest'
import { decideOpen, pathsInArguments, readHandedOver } from '../../src/main/open-target.ts'

describe('paths among the arguments', () => {
  it.each([
    ['packaged', ['/opt/Strobe/strobe', 'shop'], true, ['/home/ada/shop']],
    ['from sources', ['/n/electron', '.', '/work/shop'], false, ['/work/shop']],
    [
      'from sources, by Playwright',
      ['electron', '--inspect=0', '.', '--no-sandbox', 'shop'],
      false,
      ['/home/ada/shop'],
    ],
    ['without switches', ['strobe', '--no-sandbox', '--inspect=1', '-psn_0_1', 'a'], true, ['/home/ada/a']],
    ['without addresses', ['strobe', 'https://example.com/', 'file:///etc/passwd', 'javascript://x'], true, []],
    ['none', ['strobe'], true, []],
    ['an empty word', ['strobe', ''], true, []],
    ['a folder upwards', ['strobe', '../bob/shop'], true, ['/home/bob/shop']],
  ])('%s', (_name, argv, isPackaged, paths) => {
    expect(pathsInArguments(argv, '/home/ada', isPackaged)).toEqual(paths)
  })
})

describe('what a path opens', () => {
  const kinds: Record<string, 'file' | 'folder'> = {
    '/work': 'folder',
    '/work/shop': 'folder',
    '/work/shop/.strobe': 'folder',
    '/work/shop/flows': 'folder',
    '/work/shop/flows/orders.workflow.ts': 'file',
    '/work/shop/notes.txt': 'file',
    '/tmp/new/first.workflow.ts': 'file',
    '/odd/.strobe': 'file',
    '/odd/first.workflow.ts': 'file',
  }
  const ports = { kind: (path: string) => kinds[path] ?? ('none' as const) }

  it.each([
    ['/work/shop', '/work/shop'],
    ['/work', '/work'],
    ['/work/shop/flows', '/work/shop/flows'],
    ['/work/shop/flows/orders.workflow.ts', '/work/shop'],
    ['/tmp/new/first.workflow.ts', '/tmp/new'],
    ['/odd/first.workflow.ts', '/odd'],
  ])('%s → %s', (path, folder) => {
    expect(decideOpen(path, ports)).toEqual({ folder })
  })

  it.each(['/work/shop/notes.txt', '/work/gone', '/work/gone.workflow.ts'])('%s: says why not', (path) => {
    expect(decideOpen(path, ports)).toEqual({ problem: expect.stringContaining(path) })
  })
})

describe('what a second instance hands over', () => {
  it('is its paths, and nothing else', () => {
    expect(readHandedOver({ open: ['/a', '', 7, '/b', 'x'.repeat(5000)], more: 1 })).toEqual(['/a', '/b'])
  })

  it.each([undefined, null, 'x', [], { open: '/a' }, { open: null }])('is nothing for %o', (value) => {
    expect(readHandedOver(value)).toEqual([])
  })
})
