import { describe, expect, it } from 'vitest'
import { decideDownload, safeFileName } from '../../src/main/download-policy.ts'

const isBlob = (url: string) => url.startsWith('app://strobe/blob/')

describe('what may be saved', () => {
  it.each([
    [['app://strobe/blob/report-1'], 'report.html', 'report.html'],
    [['app://strobe/blob/report-1'], '', 'report'],
    [['https://example.com/x.exe'], 'x.exe', undefined],
    [['https://example.com/x', 'app://strobe/blob/report-1'], 'report.html', undefined],
    [['app://strobe/index.html'], 'index.html', undefined],
    [['data:text/html,x'], 'x.html', undefined],
    [['blob:app://strobe/1'], 'x.html', undefined],
    [[], 'x.html', undefined],
  ])('%o as %s: %s', (urls, fileName, saved) => {
    expect(decideDownload({ urls, fileName }, isBlob)).toBe(saved)
  })

  it.each([
    ['orders 2026.html', 'orders 2026.html'],
    ['../../.bashrc', 'bashrc'],
    ['..\\..\\run.bat', 'run.bat'],
    ['/etc/passwd', 'passwd'],
    ['a\u0000b\u001f.md', 'a b .md'],
    ['a<b>:"|?*.json', 'a b      .json'],
    ['.html', 'html'],
    ['con.html', 'report.html'],
    ['…', '…'],
    ['', 'report'],
    [`${'x'.repeat(300)}.html`, `${'x'.repeat(100)}.html`],
  ])('the name %j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })
})
