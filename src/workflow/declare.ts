import { type Diagnostic, type Place, parseBytes, parseDuration, StrobeError } from '../base/index.ts'
import type { KnobDeclarations } from './knob.ts'
import type { CallbackInputs, CycleLimits, Effects, MapModel, MergeModel, SwitchModel, TaskModel } from './model.ts'
import { capturePlace } from './place.ts'
import { suggestName } from './suggest.ts'

/** What a builder method was called with: the name, the options and the function, whichever of them are there. */
export interface Declaration {
  readonly name: string
  /** What diagnostics call it: `task 'orders'`. */
  readonly title: string
  readonly path: string
  readonly options: Readonly<Record<string, unknown>>
  readonly run: (...inputs: never[]) => unknown
  readonly place?: Place
  /** Where the builder notes what it could not understand. */
  readonly problems: Diagnostic[]
}

const nodeOptions = ['from', 'use', 'effects', 'knobs', 'on']

/** The options that each kind of declaration knows. Types are stripped when a workflow runs, so this is looked at again. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  workflow: ['params', 'maxConcurrency'],
  resource: ['use', 'knobs'],
  task: [...nodeOptions, 'timeout', 'thread'],
  map: [...nodeOptions, 'over', 'onError', 'timeout', 'thread'],
  cycle: nodeOptions,
  switch: [...nodeOptions, 'routes'],
  merge: ['from', 'policy', 'on'],
  limits: ['maxIterations', 'timeout', 'memory', 'patience'],
  result: ['tolerance'],
}

/** Takes the arguments of a builder method apart: `(name, run)`, `(name, options, run)` or `(name, options)`. */
export function readDeclaration(kind: string, parent: string, args: readonly unknown[]): Declaration {
  const [name, ...rest] = args
  const text = typeof name === 'string' ? name : String(name)
  const place = capturePlace()
  const problems: Diagnostic[] = []
  const declaration = {
    name: text,
    title: `${kind} '${parent}${text}'`,
    path: parent + text,
    options: (rest.find((part) => typeof part === 'object' && part !== null) ?? {}) as Record<string, unknown>,
    ...(place ? { place } : {}),
    problems,
  }
  if (typeof name !== 'string') {
    note(
      declaration,
      'workflow.invalid-name',
      `A ${kind} is declared without a name.`,
      'Give it as the first argument.',
    )
  }
  checkOptions(declaration, kind, declaration.options)
  const run = rest.find((part) => typeof part === 'function') as Declaration['run'] | undefined
  if (!run && kind !== 'merge') {
    note(
      declaration,
      'workflow.no-function',
      `The ${declaration.title} has no function.`,
      'Give it as the last argument.',
    )
  }
  return { ...declaration, run: run ?? refuseToRun }
}

/** Notes options that there are not. */
function checkOptions(where: Reporter, kind: string, options: Readonly<Record<string, unknown>>): void {
  const known = optionsOf[kind] ?? []
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    const message = `The ${where.title} has an option '${option}', which there is not.`
    note(where, 'workflow.unknown-option', message, suggestName(option, known, 'options'))
  }
}

type Reporter = Pick<Declaration, 'title' | 'place' | 'problems'>

/** Adds a problem to those of a declaration. */
export function note(where: Reporter, code: string, message: string, mend: string): void {
  where.problems.push({ severity: 'error', code, message, mend, ...(where.place ? { place: where.place } : {}) })
}

export function taskModel(declaration: Declaration): TaskModel {
  return {
    kind: 'task',
    ...nodeParts(declaration),
    ...timeoutPart(declaration),
    thread: declaration.options.thread === true,
    run: declaration.run as TaskModel['run'],
  }
}

export function mapModel(declaration: Declaration): MapModel {
  const { over } = declaration.options
  if (typeof over !== 'string') {
    const mend = "Add over: 'name' with the name of the node whose output it maps."
    note(declaration, 'workflow.no-list', `The ${declaration.title} does not say over which list it goes.`, mend)
  }
  return {
    kind: 'map',
    ...nodeParts(declaration),
    ...timeoutPart(declaration),
    over: String(over),
    thread: declaration.options.thread === true,
    onError: oneOf(declaration, 'onError', ['fail', 'collect'] as const),
    run: declaration.run as MapModel['run'],
  }
}

export function switchModel(declaration: Declaration): SwitchModel {
  return {
    kind: 'switch',
    ...nodeParts(declaration),
    routes: names(declaration, 'routes'),
    pick: declaration.run as SwitchModel['pick'],
  }
}

export function mergeModel(declaration: Declaration): MergeModel {
  return {
    kind: 'merge',
    ...nodeParts(declaration),
    effects: 'pure',
    policy: oneOf(declaration, 'policy', ['first', 'all'] as const),
  }
}

/** The parts that all nodes have. */
export function nodeParts(declaration: Declaration) {
  const { name, path, options, place } = declaration
  const { on } = options
  return {
    name,
    path,
    from: names(declaration, 'from'),
    use: names(declaration, 'use'),
    effects: oneOf<Effects>(declaration, 'effects', ['writes', 'read-only', 'pure']),
    knobs: knobsOf(declaration),
    ...(typeof on === 'object' && on !== null ? { on: on as Readonly<Record<string, string>> } : {}),
    ...(place ? { place } : {}),
  }
}

/** The declared knobs; what is not made by `knob` is noted and left out. */
export function knobsOf(declaration: Declaration): KnobDeclarations {
  const knobs = (declaration.options.knobs ?? {}) as KnobDeclarations
  const types: readonly unknown[] = ['integer', 'number', 'choice', 'boolean']
  const isKnob = (value: unknown) => types.includes((value as { type?: unknown } | null)?.type)
  for (const [name, value] of Object.entries(knobs)) {
    if (isKnob(value)) continue
    const message = `The knob '${name}' of the ${declaration.title} is no knob.`
    note(
      declaration,
      'workflow.invalid-knob',
      message,
      `Make it with knob.integer, knob.number, knob.choice or knob.boolean.`,
    )
  }
  return Object.fromEntries(Object.entries(knobs).filter(([, value]) => isKnob(value)))
}

/** The limits of a cycle in milliseconds and bytes. What cannot be parsed is noted and left out. */
export function limitsOf(where: Reporter, written: Readonly<Record<string, unknown>>): CycleLimits {
  checkOptions(where, 'limits', written)
  const count = (name: 'maxIterations' | 'patience') => {
    const value = written[name]
    return value === undefined ? {} : { [name]: value as number }
  }
  return {
    ...count('maxIterations'),
    ...count('patience'),
    ...durationPart(where, written.timeout),
    ...memoryPart(where, written.memory),
  }
}

function memoryPart(where: Reporter, written: unknown): { memory?: number } {
  if (written === undefined) return {}
  const memory = parseBytes(written as string)
  if (memory !== undefined) return { memory }
  const message = `The ${where.title} has the memory limit ${JSON.stringify(written)}, which is no size.`
  note(where, 'workflow.invalid-size', message, "Write a number of bytes above 0, or text such as '512MB' or '1.5GiB'.")
  return {}
}

function timeoutPart(declaration: Declaration): { timeout?: number } {
  return durationPart(declaration, declaration.options.timeout)
}

function durationPart(where: Reporter, written: unknown): { timeout?: number } {
  if (written === undefined) return {}
  const timeout = parseDuration(written as string)
  if (timeout !== undefined) return { timeout }
  const message = `The ${where.title} has the timeout ${JSON.stringify(written)}, which is no length of time.`
  note(
    where,
    'workflow.invalid-duration',
    message,
    "Write milliseconds above 0, or text such as '250ms', '30s', '2min'.",
  )
  return {}
}

/** An option that holds names. One name without its brackets is noted. */
export function names(declaration: Declaration, option: 'from' | 'use' | 'routes'): readonly string[] {
  const value = declaration.options[option] ?? []
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
  const example = typeof value === 'string' ? `'${value}'` : "'name'"
  const message = `The ${declaration.title} has the option ${option}, which is no list of names.`
  note(declaration, 'workflow.invalid-option', message, `Write ${option}: [${example}].`)
  return typeof value === 'string' ? [value] : []
}

/** An option that is one of a few words, the first where nothing is said. */
function oneOf<Word extends string>(declaration: Declaration, option: string, words: readonly Word[]): Word {
  const value = declaration.options[option] ?? words[0]
  if (words.includes(value as Word)) return value as Word
  const message = `The ${declaration.title} has ${option}: ${JSON.stringify(value)}, which there is not.`
  note(declaration, 'workflow.invalid-option', message, suggestName(String(value), words, 'choices'))
  return words[0]!
}

/** Stands where a function is missing, which the checks report before anything could call it. */
export function refuseToRun(_inputs?: CallbackInputs): never {
  throw new StrobeError('workflow.no-function', 'A function of this workflow is missing. Run strobe check.')
}
