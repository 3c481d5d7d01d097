import './open-folder-dialog.css'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { closeDialog, type OpenDialog } from '../../state/dialogs.ts'
import { sessionStore } from '../../state/session.ts'
import { openWorkspace } from '../../state/workspace.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { useCall, useClient } from '../studio-context.tsx'

/** Chooses a folder of the machine that the engine runs on: by its path, by going through folders, or from the recent ones. */
export default function OpenFolderDialog({ path, reason }: Extract<OpenDialog, { kind: 'open-folder' }>) {
  const client = useClient()
  const recent = useStore(sessionStore, ({ studio }) => studio?.recent) ?? []
  const [asked, setAsked] = useState(path)
  const [typed, setTyped] = useState(path ?? '')
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const { data, error } = useCall('folders.list', asked === undefined ? {} : { path: asked }, { keepPrevious: true })
  const here = data?.path
  useEffect(() => {
    if (here !== undefined) setTyped(here)
  }, [here])
  const goInto = (folder: string) => {
    setAsked(folder)
    setTyped(folder)
  }
  const open = async (folder: string) => {
    setBusy(true)
    await openWorkspace(client, folder)
    setBusy(false)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === here) void open(typed)
    else setAsked(typed)
  }
  return (
    <Dialog
      title="Open folder"
      description={reason ?? 'A folder with workflows (files that end in .workflow.ts), or one to make the first in.'}
      size="large"
      initialFocus={input}
      onClose={() => closeDialog('open-folder')}
      footer={
        <>
          <Button onClick={() => closeDialog()}>Cancel</Button>
          <Button kind="primary" disabled={busy || typed === ''} onClick={() => void open(typed)}>
            Open {nameOf(typed)}
          </Button>
        </>
      }
    >
      <form onSubmit={onSubmit}>
        <TextField ref={input} label="Path" value={typed} onChange={setTyped} error={error?.message} />
      </form>
      <div className="open-folder-places">
        {recent.length > 0 && (
          <Places title="Recent">
            {recent.map(({ path: own, name }) => (
              <Place key={own} title={name} detail={own} onChoose={() => void open(own)} />
            ))}
          </Places>
        )}
        <Places title={here === undefined ? 'Folders' : nameOf(here)}>
          {data?.parent !== undefined && <Place title=".." detail="up" onChoose={() => goInto(data.parent!)} />}
          {data?.folders.map(({ path: own, name, isWorkspace }) => (
            <Place key={own} title={name} marked={isWorkspace} onChoose={() => goInto(own)} />
          ))}
          {data?.folders.length === 0 && <li className="quiet open-folder-none">No folders in here.</li>}
        </Places>
      </div>
    </Dialog>
  )
}

function Places({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const place = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[Math.max(0, Math.min(buttons.length - 1, place + step))]?.focus()
    event.preventDefault()
  }
  return (
    <section className="open-folder-place-list" aria-label={title}>
      <h3>{title}</h3>
      <ul onKeyDown={onKeyDown}>{children}</ul>
    </section>
  )
}

interface PlaceProps {
  readonly title: string
  readonly detail?: string
  readonly marked?: boolean
  readonly onChoose: () => void
}

function Place({ title, detail, marked = false, onChoose }: PlaceProps) {
  return (
    <li>
      <button type="button" className="open-folder-place" onClick={onChoose}>
        <Icon name="folder" />
        <span>{title}</span>
        {detail && <span className="open-folder-detail">{detail}</span>}
        {marked && <Badge kind="accent">workflows</Badge>}
      </button>
    </li>
  )
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
