import './run-bar.css'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { type CommandEntry, type CommandId, commandTable } from '../../../protocol/index.ts'
import { spellKeys } from '../../commands/keys.ts'
import { runCommand } from '../../commands/registry.ts'
import { activeJob, latestJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon, type IconName } from '../../widgets/icon.tsx'
import { Tooltip } from '../../widgets/tooltip.tsx'
import { LastJob } from './last-job.tsx'
import { RunningJob } from './running-job.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

/** On top of every screen: what is open, what is being measured and how it went, and what can be done from anywhere. */
export function RunBar() {
  const hasWorkspace = useStore(sessionStore, ({ studio }) => studio?.workspace != null)
  const active = useStore(sessionStore, activeJob)
  const last = useStore(sessionStore, latestJob)
  return (
    <header className="run-bar">
      <WorkspaceMenu />
      <div className="run-bar-middle">
        {active ? <RunningJob job={active} /> : last ? <LastJob job={last} /> : <Idle shown={hasWorkspace} />}
      </div>
      <div className="run-bar-end">
        {hasWorkspace && !active && (
          <>
            <Command id="measure.run" icon="play">
              Run
            </Command>
            <Command id="measure.compare" icon="compare">
              Compare
            </Command>
          </>
        )}
        <Command id="view.palette" icon="search" quiet />
        <Command id="view.log" icon="log" quiet />
        <Command id="view.theme" icon="theme" quiet />
        <Command id="help.keys" icon="help" quiet />
      </div>
    </header>
  )
}

function Idle({ shown }: { readonly shown: boolean }) {
  return shown ? <span className="quiet">Nothing has been measured since Strobe was started</span> : null
}

interface CommandProps {
  readonly id: CommandId
  readonly icon: IconName
  readonly quiet?: boolean
  /** Absent: the icon alone. */
  readonly children?: ReactNode
}

/** A button that does one of the commands, with its name and keys where the pointer or the focus rests on it. */
function Command({ id, icon, quiet = false, children }: CommandProps) {
  const { title, keys }: CommandEntry = commandTable.find((entry) => entry.id === id)!
  return (
    <Tooltip text={keys ? `${title} (${spellKeys(keys).join(' ')})` : title}>
      <Button
        {...(quiet ? { kind: 'quiet' as const } : {})}
        className={children ? undefined : 'run-bar-icon'}
        aria-label={children ? undefined : title}
        onClick={() => runCommand(id)}
      >
        <Icon name={icon} />
        {children}
      </Button>
    </Tooltip>
  )
}
