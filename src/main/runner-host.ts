import type { MessagePortMain } from 'electron'

// The runner's process under Electron: an entry of its own, forked by the main process. The runner speaks over the channel
// that Node gives to forked processes. A utility process has none: it gets a port to the engine with its first message, and
// that port is made to look like the channel.

/** What of a forked process's channel the runner uses. */
interface Channel {
  connected: boolean
  send: (message: unknown) => boolean
  emit: (event: 'message' | 'disconnect', message?: unknown) => boolean
}

process.parentPort.once('message', ({ ports: [port] }) => {
  if (port) void runOver(port)
})

async function runOver(port: MessagePortMain): Promise<void> {
  const channel = process as unknown as Channel
  channel.connected = true
  channel.send = (message) => {
    port.postMessage(message)
    return true
  }
  port.on('message', ({ data }) => channel.emit('message', data))
  // The engine is gone: the runner ends itself, as it does when Node's channel closes.
  port.on('close', () => {
    channel.connected = false
    channel.emit('disconnect')
  })
  // Beside this file in the build. It listens when this returns, and the port keeps messages until it is started.
  const runner = new URL('./runner.js', import.meta.url).href
  await import(/* @vite-ignore */ runner)
  port.start()
}
