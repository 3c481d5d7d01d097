import { Worker } from 'node:worker_threads'
import { StrobeError } from '../base/index.ts'
import { openError } from './sqlite-failures.ts'
import type { FromThread, SqliteReply, SqliteRequest, SqliteThreadData, ToThread } from './sqlite-messages.ts'
import { threadFile } from './thread-file.ts'

/** The wire to a running SQLite thread. */
export interface SqliteLink {
  send(requests: readonly SqliteRequest[]): void
  /** While true, the thread keeps the process alive. */
  hold(yes: boolean): void
  /** Closes the database and resolves when the thread is gone. */
  close(): Promise<void>
}

export interface LinkListener {
  /** Replies to what was sent, in order. */
  onReplies(replies: readonly SqliteReply[]): void
  /** The thread is gone though nobody closed it. */
  onLost(error: StrobeError): void
}

/** Starts a thread and opens a database in it. Rejects with `toolkit.sqlite-…` where there is none. */
export async function openSqliteLink(
  name: string,
  data: SqliteThreadData,
  listener: LinkListener,
): Promise<SqliteLink> {
  if (Number(process.versions.napi) < 10) {
    throw new StrobeError('toolkit.old-node', `SQLite needs Node 22.14 or later; this is ${process.version}.`)
  }
  // execArgv: the thread needs none of the caller's loader hooks, inspector or preloads.
  const worker = new Worker(threadFile('sqlite-thread'), { workerData: data, name: `sqlite ${name}`, execArgv: [] })
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let closing = false

  await new Promise<void>((resolve, reject) => {
    let refusal: StrobeError | undefined
    worker.once('message', (message: FromThread) => {
      if (message.type === 'refused') refusal = openError(name, message.failure)
      else resolve()
    })
    worker.once('error', (error) => {
      refusal = lost(name, error)
    })
    worker.once('exit', () => reject(refusal ?? lost(name, undefined)))
  })
  worker.removeAllListeners('error')
  let crash: unknown
  worker.on('error', (error) => {
    crash = error
  })
  worker.on('exit', () => {
    if (!closing) listener.onLost(lost(name, crash))
  })
  worker.on('message', (message: FromThread) => {
    if (message.type === 'replies') listener.onReplies(message.replies)
  })
  worker.unref()

  return {
    send: (requests) => worker.postMessage({ type: 'execute', requests } satisfies ToThread),
    hold(yes) {
      if (yes) worker.ref()
      else if (!closing) worker.unref()
    },
    async close() {
      closing = true
      worker.ref()
      worker.postMessage({ type: 'close' } satisfies ToThread)
      await gone
    },
  }
}

function lost(name: string, cause: unknown): StrobeError {
  return new StrobeError(
    'toolkit.thread-lost',
    `The thread of the database ${name} ended unexpectedly. Open the resource again; what was not answered may or may not have been done.`,
    cause === undefined ? {} : { cause },
  )
}
