import { useState } from 'react'
import { useStore } from 'zustand'
import { closeDialog, type OpenDialog, openDialog } from '../../state/dialogs.ts'
import { sessionStore } from '../../state/session.ts'
import { trustWorkspace } from '../../state/workspace.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { useClient } from '../studio-context.tsx'
import './trust-dialog.css'

/** Asks whether the code of the open folder may run. */
export default function TrustDialog({ next }: Extract<OpenDialog, { kind: 'trust' }>) {
  const client = useClient()
  const workspace = useStore(sessionStore, ({ studio }) => studio?.workspace)
  const [busy, setBusy] = useState(false)
  if (!workspace) return null
  const trust = async () => {
    setBusy(true)
    const trusted = await trustWorkspace(client, true)
    setBusy(false)
    if (!trusted) return
    if (next) openDialog(next)
    else closeDialog()
  }
  return (
    <Dialog
      size="small"
      title={`Do you trust ${workspace.name}?`}
      onClose={() => closeDialog()}
      footer={
        <>
          <Button onClick={() => closeDialog()}>Look only</Button>
          <Button kind="primary" disabled={busy} onClick={() => void trust()}>
            Trust this folder
          </Button>
        </>
      }
    >
      <code className="trust-path">{workspace.path}</code>
      <p>
        To measure a workflow is to run the code of this folder on this machine, with all that you are allowed to do
        here: trust it only where you know who wrote it.
      </p>
    </Dialog>
  )
}
