import { once } from 'node:events'
import { join } from 'node:path'
import { recordOf } from '../base/index.ts'
import { dataDirectory } from './data-directory.ts'
import type { ServerMessage, StartMessage } from './messages.ts'
import { type OpenedStudio, runStudio } from './run-studio.ts'

/**
 * The process that serves: the engine is in it. It is told what to do by the one that forked it, and ends when that lets go of it
 * or is gone: what is going on is cancelled, and what was measured kept.
 */
export async function serve(): Promise<void> {
  let isStopping = false
  let studio: OpenedStudio | undefined
  const stop = () => {
    if (isStopping) return
    isStopping = true
    // Where it is still being started, it ends when it has.
    if (studio) void end(studio)
  }
  process.once('disconnect', stop)
  // Ctrl-C is told to every process of a terminal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  const [start] = (await once(process, 'message')) as [StartMessage]
  try {
    studio = await runStudio(start, {
      dataDirectory: start.typed.data ?? dataDirectory(),
      // The bundle lies in `out/main/`.
      rendererFolder: join(import.meta.dirname, '..', 'renderer'),
      onBug: (thrown) => console.error(thrown),
      onWorkspace: (path) => void send({ type: 'workspace', path }),
    })
  } catch (thrown) {
    await send({ type: 'failed', error: recordOf(thrown, 'web.bug') })
    process.exit(1)
  }
  if (isStopping) await end(studio)
  await send(studio.ready)
  if (studio.ready.isElsewhere) await end(studio)
}

async function end({ shell }: OpenedStudio): Promise<never> {
  await shell?.close()
  process.exit(0)
}

/** Never rejects: whoever does not listen any more has let go. */
function send(message: ServerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })
}
