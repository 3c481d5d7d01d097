import { readFileSync } from 'node:fs'
import pico from 'picocolors'
import { main } from './main.ts'

process.exitCode = await main({
  typed: process.argv.slice(2),
  cwd: process.cwd(),
  version: readVersion(),
  calledAs: process.env.npm_lifecycle_event === undefined ? 'strobe' : 'npm run -s strobe --',
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  clock: () => performance.now() + performance.timeOrigin,
  wantsColour: pico.isColorSupported,
  after,
  onRequestToEnd,
  kill: () => process.exit(130),
})

function streamOf(stream: NodeJS.WriteStream) {
  // Whoever reads may stop early (`strobe list | head`): then nobody is left to tell.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  return {
    write: (text: string) => {
      stream.write(text)
    },
    isTerminal: stream.isTTY === true,
    // Some terminals say that they have no width.
    columns: () => stream.columns || 80,
  }
}

function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}

function onRequestToEnd(callback: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, callback)
  return () => {
    for (const signal of signals) process.off(signal, callback)
  }
}

/** The bundle lies in `out/main/`, two folders below the package. */
function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
