import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import { isMainThread } from 'node:worker_threads'

// The inside of `utility-process.ts`: `process.parentPort`, and the port that comes with its first message. Threads import this
// too, as they inherit the flags of their process: they have no part in it.

if (isMainThread) givePort(new Socket({ fd: 3 }))

/** @param {Socket} pipe */
function givePort(pipe) {
  const port = Object.assign(new EventEmitter(), {
    start: () => {
      let rest = ''
      pipe.on('data', (chunk) => {
        const lines = (rest + chunk.toString()).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) port.emit('message', { data: deserialize(Buffer.from(line, 'base64')) })
      })
      pipe.on('close', () => port.emit('close'))
    },
    /** @param {unknown} message */
    postMessage: (message) => pipe.write(`${serialize(message).toString('base64')}\n`),
  })
  Object.defineProperty(process, 'parentPort', {
    value: {
      /** @param {string} _event @param {(event: { data: unknown, ports: object[] }) => void} listener */
      once: (_event, listener) => setImmediate(() => listener({ data: { type: 'engine' }, ports: [port] })),
      // For the engine's process: what comes over the pipe is what the main process says, without ports.
      /** @param {string} _event @param {(event: { data: unknown, ports: object[] }) => void} listener */
      on: (_event, listener) => {
        port.on('message', ({ data }) => listener({ data, ports: [] }))
        port.start()
      },
      postMessage: port.postMessage,
    },
  })
}
