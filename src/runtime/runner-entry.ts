import { Runner } from './runner.ts'

// The runner process: the only kind of process in which user code runs, in worker threads. It lives as long as the
// engine that started it: without it, a run that nobody watches must not go on.

const runner = new Runner((reply) => {
  if (process.connected) process.send?.(reply)
})

process.on('message', (request) => runner.handle(request as never))
process.on('disconnect', () => {
  try {
    // The whole group: processes that user code started go with it.
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL')
  } finally {
    process.kill(process.pid, 'SIGKILL')
  }
})
// Ctrl-C reaches the engine, which decides; a runner that shares the terminal must not end by itself.
process.on('SIGINT', () => {})
process.send?.({ type: 'ready' })
