import type { Colors } from 'picocolors/types.js'
import { formatDiagnostic, type Place, StrobeError } from '../base/index.ts'
import { exitOf } from './exit-codes.ts'

/** How an error is told. */
export interface FailureStyle {
  readonly colours: Colors
  /** A file as people here would type it. */
  readonly shown: (path: string) => string
  /** With the stack. */
  readonly debug: boolean
}

/** An error as lines for a terminal: its sentence with its place and code; with `debug` also its stack. */
export function describeFailure(thrown: unknown, style: FailureStyle): string[] {
  const { colours, debug } = style
  const error = thrown instanceof Error ? thrown : new Error(`Something that is no error was thrown: ${String(thrown)}`)
  const stack = debug && error.stack ? error.stack.split('\n').slice(1).map(colours.dim) : []
  if (exitOf(thrown) === 'bug') {
    const hint = debug ? [] : ['This is a bug of Strobe. Run the command again with --debug and report what it prints.']
    return [`${colours.bold('Error')} ${error.name}: ${error.message}`, ...hint, ...stack]
  }
  return [placed(error, style), ...causesOf(error, debug, colours), ...stack]
}

/** The sentence, after the place where the error names one. */
function placed(error: Error, { colours, shown }: FailureStyle): string {
  const code = error instanceof StrobeError ? error.code : 'cli.error'
  const place = error instanceof StrobeError ? placeOf(error.data.place) : undefined
  if (!place) return `${colours.bold('Error')} ${error.message} ${colours.dim(`(${code})`)}`
  return formatDiagnostic({
    ...{ severity: 'error', code, message: error.message },
    place: { ...place, file: shown(place.file) },
  })
}

function causesOf(error: Error, debug: boolean, colours: Colors): string[] {
  const lines: string[] = []
  let cause = error.cause
  for (let depth = 0; debug && cause instanceof Error && depth < 4; depth++) {
    lines.push(colours.dim(`caused by ${cause.name}: ${cause.message}`))
    cause = cause.cause
  }
  return lines
}

function placeOf(value: unknown): Place | undefined {
  const place = value as Place | undefined
  return typeof place?.file === 'string' ? place : undefined
}
