import './welcome.css'
import { useStore } from 'zustand'
import { runCommand } from '../commands/registry.ts'
import { sessionStore } from '../state/session.ts'
import { openWorkspace } from '../state/workspace.ts'
import { Button } from '../widgets/button.tsx'
import { Moment } from '../widgets/moment.tsx'
import { useClient } from './studio-context.tsx'

/** What is there as long as no folder is open: two ways in, and the folders that were open before. */
export function Welcome() {
  const client = useClient()
  const recent = useStore(sessionStore, ({ studio }) => studio?.recent) ?? []
  return (
    <div className="welcome">
      <div className="welcome-body">
        <h1>Strobe</h1>
        <p className="welcome-lead">
          Runs your workflows, shows where the time goes, says what to change, and proves what the change brought.
        </p>
        <div className="welcome-actions">
          <Button kind="primary" onClick={() => runCommand('workspace.samples')}>
            Open the samples
          </Button>
          <Button onClick={() => runCommand('workspace.open')}>Open a folder…</Button>
        </div>
        {recent.length > 0 && (
          <section aria-label="Recent folders">
            <h2 className="quiet">Recent folders</h2>
            <ul className="welcome-recent">
              {recent.slice(0, 8).map(({ path, name, openedAt }) => (
                <li key={path}>
                  <button type="button" onClick={() => void openWorkspace(client, path)}>
                    <strong>{name}</strong>
                    <span className="welcome-path">{path}</span>
                    <span className="quiet">
                      <Moment at={openedAt} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  )
}
