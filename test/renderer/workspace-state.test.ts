import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDialog, dialogStore, openDialog } from '../../src/renderer/state/dialogs.ts'
import { noticeStore } from '../../src/renderer/state/notices.ts'
import { goTo, routeStore } from '../../src/renderer/state/route.ts'
import { forgetSession, sessionStore } from '../../src/renderer/state/session.ts'
import { leaveWithWorkspace, openWorkspace, trustWorkspace } from '../../src/renderer/state/workspace.ts'
import { FakeStudio, studioState } from './fake-studio.ts'

const dialog = () => dialogStore.getState().dialog

describe('opening a folder', () => {
  beforeEach(() => {
    forgetSession()
    closeDialog()
    noticeStore.setState({ notices: [] })
  })

  it('closes the dialog that asked for it, where its code may run', async () => {
    openDialog({ kind: 'open-folder' })
    const client = new FakeStudio({ 'workspace.open': () => studioState('/home/ada/shop', true) })
    expect(await openWorkspace(client, '/home/ada/shop')).toBe(true)
    expect(dialog()).toBeNull()
    expect(sessionStore.getState().studio?.workspace?.path).toBe('/home/ada/shop')
  })

  it('asks whether its code may run, where nobody has said so', async () => {
    const client = new FakeStudio({
      'workspace.open': () => studioState('/home/ada/shop', false),
      'workspace.trust': () => studioState('/home/ada/shop', true),
    })
    await openWorkspace(client, '/home/ada/shop')
    expect(dialog()).toEqual({ kind: 'trust' })
    expect(await trustWorkspace(client, true)).toBe(true)
    expect(sessionStore.getState().studio?.workspace?.trusted).toBe(true)
    expect(client.calls.at(-1)).toEqual({ name: 'workspace.trust', params: { trusted: true } })
  })

  it('leaves everything as it was where it fails, and says why', async () => {
    openDialog({ kind: 'open-folder' })
    const client = new FakeStudio({
      'workspace.open': () => {
        throw new Error('/nowhere is no folder.')
      },
    })
    expect(await openWorkspace(client, '/nowhere')).toBe(false)
    expect(dialog()).toEqual({ kind: 'open-folder' })
    expect(sessionStore.getState().studio).toBeNull()
    expect(noticeStore.getState().notices).toMatchObject([{ kind: 'problem', text: '/nowhere is no folder.' }])
  })
})

describe('the places of a workspace', () => {
  const bar = { hash: '' }
  const go = (_state: unknown, _title: string, hash: string) => {
    bar.hash = hash
  }
  let stop = () => {}

  beforeEach(() => {
    forgetSession()
    vi.stubGlobal('location', bar)
    vi.stubGlobal('history', { pushState: go, replaceState: go })
    stop = leaveWithWorkspace()
  })

  afterEach(() => {
    stop()
    vi.unstubAllGlobals()
  })

  it('are left when another one is opened: its runs are not in the other', () => {
    sessionStore.setState({ studio: studioState('/home/ada/shop') })
    goTo({ screen: 'run', id: 'r1' })
    sessionStore.setState({ studio: studioState('/home/ada/other') })
    expect(bar.hash).toBe('#/workspace')
    expect(routeStore.getState()).toMatchObject({ route: { screen: 'workspace' } })
    expect(routeStore.getState().last.run).toBeUndefined()
  })

  it('stay when the page is loaded at one of them, and when only trust changes', () => {
    goTo({ screen: 'run', id: 'r1' })
    sessionStore.setState({ studio: studioState('/home/ada/shop', false) })
    sessionStore.setState({ studio: studioState('/home/ada/shop', true) })
    expect(bar.hash).toBe('#/run/r1')
    expect(routeStore.getState().last.run?.id).toBe('r1')
  })
})
