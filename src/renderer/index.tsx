import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { followJobs } from './app/job-signals.ts'
import { followDrops, followShell } from './app/shell-messages.ts'
import { StudioProvider } from './app/studio-context.tsx'
import { registerStudioActions } from './commands/actions.ts'
import { followKeys } from './commands/follow-keys.ts'
import { openClient } from './connection.ts'
import { followTheme } from './state/preferences.ts'
import { followAddress } from './state/route.ts'
import { followSession } from './state/session.ts'
import { leaveWithWorkspace } from './state/workspace.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root": index.html and index.tsx do not match.')
followTheme()
followAddress()
const client = openClient()
followSession(client)
leaveWithWorkspace()
followJobs()
registerStudioActions(client)
followKeys()
followShell(client)
followDrops()
// What the first key may open is there before it is pressed.
setTimeout(() => void import('./app/dialogs/command-palette.tsx').catch(() => {}), 2000)
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <StudioProvider client={client}>
        <App />
      </StudioProvider>
    </CSPProvider>
  </StrictMode>,
)
