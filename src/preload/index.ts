import { ipcRenderer } from 'electron'

// A MessagePort cannot cross `contextBridge`; it goes to the page as a message of its own window, and to no other origin.
// The page gets this one port and no function of Electron's.
ipcRenderer.on('engine-port', (event) => {
  window.postMessage('engine-port', window.location.origin, [...event.ports])
})
