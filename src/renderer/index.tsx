import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { EmptyState } from './empty-state.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root": index.html and index.tsx do not match.')
createRoot(root).render(
  <StrictMode>
    <EmptyState />
  </StrictMode>,
)
