// The entry `web.js` of the build: a studio in a process of its own, or a word about the one that runs already.
import { join } from 'node:path'
import { type ErrorRecord, recordOf, StrobeError } from '../base/index.ts'
import { dataDirectory } from './data-directory.ts'
import { openBrowser } from './open-browser.ts'
import { type OpenedStudio, runStudio } from './run-studio.ts'
import { readTyped, type Typed } from './typed.ts'

/** How long what is going on may take to end: milliseconds. */
const patience = 10_000

/** What this process tells the one that forked it, once. */
export type WebMessage =
  | {
      readonly type: 'ready'
      readonly address: string
      readonly pid: number
      readonly port: number
      readonly isElsewhere: boolean
    }
  | { readonly type: 'failed'; readonly error: ErrorRecord }

try {
  await start(readTyped(process.argv.slice(2), process.cwd()))
} catch (thrown) {
  const error = recordOf(thrown, 'web.bug')
  if (process.send) await send({ type: 'failed', error })
  else console.error(thrown instanceof StrobeError ? `Error ${error.message} (${error.code})` : thrown)
  if (process.send) process.disconnect()
  process.exitCode = error.code === 'web.usage' ? 2 : 1
}

async function start(typed: Typed): Promise<void> {
  let stoppedAt: number | undefined
  let studio: OpenedStudio | undefined
  const stop = () => {
    if (stoppedAt !== undefined) return
    stoppedAt = performance.now()
    setTimeout(() => process.exit(1), patience).unref()
    // Where it is still being started, it ends when it has.
    if (studio) void end(studio)
  }
  const interrupt = () => {
    // npm passes on what the terminal has told this process already: only one that comes later is a second one.
    if (stoppedAt !== undefined && performance.now() - stoppedAt > 500) process.exit(130)
    stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  if (process.send) process.once('disconnect', stop)
  if (typed.withParent) watchParent(stop)

  studio = await runStudio(typed, {
    dataDirectory: typed.data ?? dataDirectory(),
    // The bundle lies in `out/main/`.
    rendererFolder: join(import.meta.dirname, '..', 'renderer'),
    onBug: (thrown) => console.error(thrown),
  })
  if (stoppedAt !== undefined) await end(studio)
  await tell(studio, typed)
  if (studio.isElsewhere && process.send) process.disconnect()
}

async function end({ shell }: OpenedStudio): Promise<never> {
  await shell?.close()
  process.exit(0)
}

async function tell(studio: OpenedStudio, { open, json }: Typed): Promise<void> {
  const { address, pid, port, isElsewhere, notes } = studio
  const isOpening = open && (await openBrowser(studio.addressForBrowser))
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

function send(message: WebMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()))
}

/** Ends with the process that started this one: where that is gone, another one has taken its place. */
function watchParent(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 1000).unref()
}
