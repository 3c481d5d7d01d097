import './banners.css'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { openDialog } from '../state/dialogs.ts'
import { sessionStore } from '../state/session.ts'
import { Button } from '../widgets/button.tsx'
import { Icon } from '../widgets/icon.tsx'
import { adviceFor, probeEngine } from './lost-connection.ts'
import { useClient } from './studio-context.tsx'

/** What is wrong with the studio as a whole, under the run bar, each with the way back. */
export function Banners() {
  const client = useClient()
  const connection = useStore(sessionStore, (session) => session.connection)
  const workspace = useStore(sessionStore, ({ studio }) => studio?.workspace)
  const known = useStore(sessionStore, ({ studio }) => studio !== null)
  return (
    <>
      {connection === 'lost' && <Lost />}
      {connection === 'connecting' && known && <Banner>Connecting to the engine again…</Banner>}
      {connection === 'refused' && (
        <Banner urgent action={<Button onClick={() => location.reload()}>Load the page again</Button>}>
          {client.problem ?? 'This page is of another version of Strobe than the engine.'}
        </Banner>
      )}
      {workspace && !workspace.trusted && !workspace.problem && (
        <Banner action={<Button onClick={() => openDialog({ kind: 'trust' })}>Trust this folder…</Button>}>
          You can look at everything that was measured here; nothing of this folder is run until you trust it.
        </Banner>
      )}
    </>
  )
}

/** The client tries again by itself; the button says what it finds, and loads the page anew where that helps. */
function Lost() {
  const { problem } = useClient()
  const [advice, setAdvice] = useState<string | null>(null)
  const probe = async () => {
    const reach = await probeEngine()
    if (reach === 'there') location.reload()
    else setAdvice(adviceFor(reach))
  }
  return (
    <Banner urgent action={<Button onClick={() => void probe()}>Try now</Button>}>
      {advice ?? `${problem ?? 'The connection to the engine is lost.'} What was measured is on disk.`}
    </Banner>
  )
}

interface BannerProps {
  readonly urgent?: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}

function Banner({ urgent = false, action, children }: BannerProps) {
  return (
    <div className="banner" role={urgent ? 'alert' : 'status'}>
      <Icon name="warning" />
      <span className="banner-text">{children}</span>
      {action}
    </div>
  )
}
