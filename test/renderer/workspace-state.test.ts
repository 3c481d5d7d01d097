import { beforeEach, describe, expect, it } from 'vitest'
import { closeDialog, dialogStore, openDialog } from '../../src/renderer/state/dialogs.ts'
import { noticeStore } from '../../src/renderer/state/notices.ts'
import { forgetSession, sessionStore } from '../../src/renderer/state/session.ts'
import { openWorkspace, trustWorkspace } from '../../src/renderer/state/workspace.ts'
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
