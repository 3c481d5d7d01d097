// The entry `web.js` of the build: watches over a studio in a process of its own, or says where one runs already.
import { type ErrorRecord, recordOf, StrobeError } from '../base/index.ts'
import { ticketAddress } from './access.ts'
import type { ReadyMessage } from './messages.ts'
import { openBrowser } from './open-browser.ts'
import { type Supervised, serving, supervise } from './supervise.ts'
import { readTyped, type Typed } from './typed.ts'

if (process.env[serving] !== undefined) {
  // Runners and other programs that the engine starts serve nothing.
  delete process.env[serving]
  const { serve } = await import('./serve.ts')
  await serve()
} else {
  await watch()
}

async function watch(): Promise<void> {
  try {
    const typed = readTyped(process.argv.slice(2), process.cwd())
    const studio = supervise(typed, {
      onReady: (ready) => tell(ready, typed),
      onDeath: (sentence) => console.error(sentence),
    })
    listen(studio, typed)
    await studio.ended
    // Nothing else keeps it; what was printed is written first.
    if (process.connected) process.disconnect()
  } catch (thrown) {
    const error = recordOf(thrown, 'web.bug')
    if (process.send) await send({ type: 'failed', error })
    else console.error(thrown instanceof StrobeError ? `Error ${error.message} (${error.code})` : thrown)
    process.exitCode = error.code === 'web.usage' ? 2 : 1
    if (process.connected) process.disconnect()
  }
}

/** Ends the studio when this process is told to end, or is left alone. */
function listen(studio: Supervised, { withParent }: Typed): void {
  let stoppedAt: number | undefined
  const stop = () => {
    stoppedAt ??= performance.now()
    studio.stop()
  }
  const interrupt = () => {
    if (stoppedAt === undefined) return stop()
    // npm passes on what the terminal has told this process already: only one that comes later is a second one.
    if (performance.now() - stoppedAt < 500) return
    studio.stop()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  const leave = () => {
    if (stoppedAt === undefined) stop()
  }
  if (process.send) process.once('disconnect', leave)
  if (withParent) watchParent(leave)
}

async function tell(ready: ReadyMessage, { open, json }: Typed): Promise<void> {
  const { address, pid, port, isElsewhere, notes } = ready
  const isOpening = open && (await openBrowser(ticketAddress(address, Date.now())))
  if (process.send) await send({ type: 'ready', address, pid, port, isElsewhere })
  if (json) {
    console.log(JSON.stringify({ address, pid, port, isElsewhere }))
    return
  }
  const where = isElsewhere ? `Strobe is running already, as process ${pid}` : 'Strobe is running'
  console.log(`${where}${isOpening ? '; your browser opens it' : ''}: ${address}`)
  for (const note of notes) console.log(note)
  if (process.env.SSH_CONNECTION)
    console.log(`From your own machine: ssh -L ${port}:127.0.0.1:${port} …, then open that address there.`)
  if (!isElsewhere) console.log('Ctrl-C stops it; what was measured is kept.')
}

/** What this process tells the one that forked it, once. */
type WebMessage =
  | (Pick<ReadyMessage, 'address' | 'pid' | 'port' | 'isElsewhere'> & { readonly type: 'ready' })
  | { readonly type: 'failed'; readonly error: ErrorRecord }

function send(message: WebMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })
}

/** Tells when the process that started this one has ended: then another one has taken its place. */
function watchParent(leave: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) leave()
  }, 1000).unref()
}
