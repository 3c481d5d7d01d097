import { InvalidArgumentError } from 'commander'
import { parseDuration } from '../base/index.ts'
import type { Patch } from '../engine/index.ts'
import type { ArgumentDeclaration, OptionDeclaration } from './command.ts'

/** An argument that must be there. */
export function required(name: string, description: string): ArgumentDeclaration<string> {
  return { syntax: `<${name}>`, description }
}

/** An argument that may be left out. */
export function optional<const Choice extends string = string>(
  name: string,
  description: string,
  choices?: readonly Choice[],
): ArgumentDeclaration<Choice | undefined> {
  return { syntax: `[${name}]`, description, ...(choices ? { choices } : {}) }
}

/** Any number of arguments, or with `least` 1 at least one. */
export function several(name: string, description: string, least: 0 | 1 = 0): ArgumentDeclaration<readonly string[]> {
  return { syntax: least === 1 ? `<${name}...>` : `[${name}...]`, description }
}

/** An option that is there or not. */
export function flag(flags: string, description: string): OptionDeclaration<boolean> {
  return { flags, description }
}

/** An option with a text. */
export function text(flags: string, description: string): OptionDeclaration<string> {
  return { flags, description }
}

/** An option with one of some texts. */
export function choice<const Choice extends string>(
  flags: string,
  description: string,
  choices: readonly Choice[],
): OptionDeclaration<Choice> {
  return { flags, description, choices }
}

/** An option with a value that `parse` makes of its text, or of `preset` where it stands alone. */
export function parsed<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
  preset?: string,
): OptionDeclaration<Value> {
  return { flags, description, parse, ...(preset === undefined ? {} : { preset }) }
}

/** An option that may be given several times. */
export function repeated<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
): OptionDeclaration<readonly Value[]> {
  return { flags, description, parse, repeated: true }
}

/** `batch.size=10`: a knob's address, its name and its value. */
export interface KnobSetting {
  readonly address: string
  readonly knob: string
  readonly value: unknown
}

/**
 * Parses `node.knob=value`; in a cycle `cycle/node.knob=value`, of the run itself `run.maxConcurrency=4`. Whether the knob is
 * there and takes the value is for the engine to say.
 */
export function parseKnobSetting(typed: string): KnobSetting {
  const match = /^([^=]+)\.([^.=]+)=(.*)$/s.exec(typed)
  if (!match) throw new InvalidArgumentError('Write node.knob=value, such as quotes.concurrency=16.')
  const [, address = '', knob = '', value = ''] = match
  return { address, knob, value: parseValue(value) }
}

/** Parses `name=value`. */
export function parseParam(typed: string): readonly [name: string, value: unknown] {
  const split = typed.indexOf('=')
  if (split < 1) throw new InvalidArgumentError('Write name=value, such as limit=500.')
  return [typed.slice(0, split), parseValue(typed.slice(split + 1))]
}

/** A value as it is typed on a command line: JSON where it is JSON, else the text itself. */
function parseValue(typed: string): unknown {
  try {
    return JSON.parse(typed)
  } catch {
    return typed
  }
}

/** The patch that settings make together; of two for one knob the later one counts. */
export function patchOf(settings: readonly KnobSetting[]): Patch {
  const patch: Record<string, Record<string, unknown>> = {}
  for (const { address, knob, value } of settings) {
    const knobs = Object.hasOwn(patch, address) ? patch[address] : undefined
    define(patch, address, define(knobs ?? {}, knob, value))
  }
  return patch
}

/** The params that were given, by name; of two of one name the later one counts. */
export function paramsOf(given: ReadonlyArray<readonly [string, unknown]>): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const [name, value] of given) define(params, name, value)
  return params
}

/** Sets a property that is really its own, `__proto__` too, so that the engine can say that it knows no such name. */
function define<Value>(target: Record<string, Value>, name: string, value: Value): Record<string, Value> {
  return Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}

/** A duration with its unit, `250ms`, `30s` or `2min`, in milliseconds. */
export function parseTime(typed: string): number {
  const milliseconds = parseDuration(typed)
  if (milliseconds === undefined) throw new InvalidArgumentError('Write a duration with its unit, such as 30s or 2min.')
  return milliseconds
}

/** A whole number from `least` on. */
export function parseWhole(least: number): (typed: string) => number {
  return (typed) => {
    const value = Number(typed)
    if (/^\d+$/.test(typed.trim()) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`Write a whole number from ${least} on.`)
  }
}

/** A region of indifference: `2%` or `0.02`, as a ratio above 0 and below 1. */
export function parseRope(typed: string): number {
  const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/.exec(typed)
  const value = match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : Number.NaN
  if (value > 0 && value < 1) return value
  throw new InvalidArgumentError('Write a share such as 2% or 0.02, above 0 and below 1.')
}

/** An interval of CPU samples in microseconds: `1000` or `1000us`. */
export function parseSampleInterval(typed: string): number {
  const match = /^(\d+)(?:\s*[uµ]s)?$/.exec(typed.trim())
  const microseconds = match ? Number(match[1]) : Number.NaN
  if (microseconds >= 50 && microseconds <= 1_000_000) return microseconds
  throw new InvalidArgumentError('Write an interval from 50 to 1000000 microseconds.')
}
