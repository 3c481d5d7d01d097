import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { StudioProvider } from './app/studio-context.tsx'
import { openClient } from './connection.ts'
import { followTheme } from './state/preferences.ts'
import { followAddress } from './state/route.ts'
import { followSession } from './state/session.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root": index.html and index.tsx do not match.')
followTheme()
followAddress()
const client = openClient()
followSession(client)
createRoot(root).render(
  <StrictMode>
    <StudioProvider client={client}>
      <App />
    </StudioProvider>
  </StrictMode>,
)
