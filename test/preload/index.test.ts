import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPageMessage } from '../../src/main/page-message.ts'

// The preload in a window that is no window: what it passes on, in which direction, and what it keeps back.

const origin = 'app://strobe'
/** By a name that the compiler does not follow: it runs in a page, and these tests do not. */
const preload = '../../src/preload/index.ts'
let page: EventTarget & { location: { origin: string }; postMessage: ReturnType<typeof vi.fn> }
let content: EventTarget
let root: { dataset: { theme?: string } }
let themeChanged: () => void
let ipc: EventEmitter & { send: ReturnType<typeof vi.fn> }

beforeEach(async () => {
  page = Object.assign(new EventTarget(), { location: { origin }, postMessage: vi.fn() })
  root = { dataset: {} }
  ipc = Object.assign(new EventEmitter(), { send: vi.fn() })
  vi.stubGlobal('window', page)
  content = Object.assign(new EventTarget(), { documentElement: root })
  vi.stubGlobal('document', content)
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(changed: () => void) {
        themeChanged = changed
      }
      observe() {}
    },
  )
  vi.resetModules()
  vi.doMock('electron', () => ({
    ipcRenderer: ipc,
    webUtils: { getPathForFile: (file: { path: string }) => file.path },
  }))
  await import(preload)
})
afterEach(() => void vi.unstubAllGlobals())

const loaded = () => content.dispatchEvent(new Event('DOMContentLoaded'))
/** What the main process was told, as it reads it. */
const told = () =>
  ipc.send.mock.calls.map(([channel, message]) => {
    expect(channel).toBe('page')
    return readPageMessage(message)
  })

function says(data: unknown, { source = page as unknown, from = origin } = {}) {
  page.dispatchEvent(Object.assign(new Event('message'), { data, source, origin: from }))
}

function drops(files: object[]) {
  const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types: ['Files'], files } })
  page.dispatchEvent(event)
  return event
}

describe('the preload', () => {
  it('says that the page listens when its modules have run, and which theme it shows', () => {
    expect(told()).toEqual([])
    root.dataset.theme = 'dark'
    loaded()
    expect(told()).toEqual([{ type: 'ready' }, { type: 'theme', theme: 'dark' }])
    delete root.dataset.theme
    themeChanged()
    expect(told().at(-1)).toEqual({ type: 'theme', theme: 'system' })
  })

  it('gives the page a port and messages, and no other origin', () => {
    const port = { name: 'port' }
    ipc.emit('engine-port', { ports: [port] })
    ipc.emit('to-page', {}, { strobe: 'command', id: 'go.run' })
    expect(page.postMessage.mock.calls).toEqual([
      ['engine-port', origin, [port]],
      [{ strobe: 'command', id: 'go.run' }, origin],
    ])
  })

  it('passes on what is to be shown by the system, from the page itself only', () => {
    const message = { strobe: 'notify', title: 'Finished', body: 'orders' }
    says(message, { source: {} })
    says(message, { from: 'https://example.com' })
    says({ strobe: 'command', id: 'go.run' })
    says('engine-port')
    expect(told()).toEqual([])
    says({ ...message, more: 1 })
    expect(told()).toEqual([{ type: 'notify', title: 'Finished', body: 'orders' }])
  })

  it("takes over when the page wants a folder, by the system's dialog", () => {
    expect(page.dispatchEvent(new Event('strobe-choose-folder', { cancelable: true }))).toBe(false)
    expect(told()).toEqual([{ type: 'choose-folder' }])
  })

  it('opens what is dropped where it lies on a disk, and leaves the rest to the page', () => {
    expect(drops([{ path: '/work/shop' }]).defaultPrevented).toBe(true)
    expect(told()).toEqual([{ type: 'open-path', path: '/work/shop' }])
    expect(drops([{ path: '' }]).defaultPrevented).toBe(false)
    expect(drops([]).defaultPrevented).toBe(false)
    expect(told()).toHaveLength(1)
  })
})
