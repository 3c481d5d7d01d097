import { ipcRenderer, webUtils } from 'electron'
import { choosesFolder, notificationOf, themeOf } from './page-signals.ts'

// The page gets one port and a few messages of its own window, and no function of Electron's. What the page wants of the
// system reaches the main process as messages of fixed shapes, which it checks once more.

const { origin } = window.location
const tell = (message: object) => ipcRenderer.send('page', message)

// A MessagePort cannot cross `contextBridge`; it goes to the page as a message of its own window, and to no other origin.
ipcRenderer.on('engine-port', (event) => window.postMessage('engine-port', origin, [...event.ports]))
ipcRenderer.on('to-page', (_event, message: object) => window.postMessage(message, origin))

// The page's modules have run by now, and whoever listens for messages does.
document.addEventListener('DOMContentLoaded', () => {
  tell({ type: 'ready' })
  const tellTheme = () => tell({ type: 'theme', theme: themeOf(document.documentElement.dataset.theme) })
  new MutationObserver(tellTheme).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  tellTheme()
})

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== origin) return
  const notification = notificationOf(event.data)
  if (notification) tell({ type: 'notify', ...notification })
})

// A page that wants a folder says so by an event that can be cancelled; here the system's dialog takes it over.
window.addEventListener(choosesFolder, (event) => {
  event.preventDefault()
  tell({ type: 'choose-folder' })
})

// Without the first, a drop would never be told of. What is no file on a disk is left to the page.
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
})
window.addEventListener('drop', (event) => {
  const file = event.dataTransfer?.files[0]
  const path = file ? webUtils.getPathForFile(file) : ''
  if (path === '') return
  event.preventDefault()
  tell({ type: 'open-path', path })
})
