import {
  type Knob,
  type KnobDeclarations,
  type KnobValue,
  type Patch,
  refuseKnobValue,
  type WorkflowDescription,
  walkNodes,
} from '../../../workflow/index.ts'

/** A knob of a workflow with its address. */
export interface KnobEntry {
  /** `run`, or the name of a resource, or the path of a node. */
  readonly address: string
  readonly name: string
  readonly knob: Knob
  /** As it is written everywhere: `quotes.concurrency`. */
  readonly title: string
}

/** All knobs of a workflow: of the run, its resources and its nodes, in this order. */
export function listKnobs(description: WorkflowDescription): KnobEntry[] {
  const declared: ReadonlyArray<readonly [string, KnobDeclarations]> = [
    ...[...walkNodes(description.nodes)].map(({ path, knobs }) => [path, knobs] as const),
    ...description.resources.map(({ name, knobs }) => [name, knobs] as const),
    ['run', description.runKnobs],
  ]
  return declared.flatMap(([address, knobs]) =>
    Object.entries(knobs).map(([name, knob]) => ({ address, name, knob, title: `${address}.${name}` })),
  )
}

/** What a knob takes, in words: `1 to 64`, `one of json, csv`. */
export function knobRange(knob: Knob): string {
  switch (knob.type) {
    case 'integer':
    case 'number':
      return `${knob.min} to ${knob.max}`
    case 'choice':
      return `one of ${knob.choices.join(', ')}`
    case 'boolean':
      return 'on or off'
  }
}

/** One knob of a patch that is being made, as it was typed. */
export interface KnobSetting {
  /** `quotes.concurrency`; empty: not chosen yet. */
  readonly title: string
  readonly text: string
}

/** The value that a text means for a knob, or what is wrong with it. */
export function readKnobValue(knob: Knob, text: string): { readonly value: KnobValue } | { readonly error: string } {
  const typed = text.trim()
  const isNumber = knob.type === 'integer' || knob.type === 'number'
  const value = isNumber
    ? typed === ''
      ? undefined
      : Number(typed)
    : knob.type === 'boolean'
      ? asBoolean(typed)
      : typed
  const refusal = refuseKnobValue(knob, value)
  return refusal === undefined ? { value: value as KnobValue } : { error: `It ${refusal}.` }
}

/**
 * The patch that settings make together, and its name where none was typed; or what is wrong, by the setting's place. Settings
 * without a knob are left out.
 */
export function patchOfSettings(
  knobs: readonly KnobEntry[],
  settings: readonly KnobSetting[],
): { readonly patch: Patch; readonly name: string; readonly errors: ReadonlyMap<number, string> } {
  const patch: Record<string, Record<string, KnobValue>> = {}
  const parts: string[] = []
  const errors = new Map<number, string>()
  const seen = new Set<string>()
  for (const [place, { title, text }] of settings.entries()) {
    const entry = knobs.find((known) => known.title === title)
    if (!entry) continue
    const read = readKnobValue(entry.knob, text)
    if (seen.has(title)) errors.set(place, 'It is set twice.')
    else if ('error' in read) errors.set(place, read.error)
    else {
      patch[entry.address] = { ...patch[entry.address], [entry.name]: read.value }
      parts.push(`${title}=${read.value}`)
    }
    seen.add(title)
  }
  return { patch, name: parts.join(' '), errors }
}

function asBoolean(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/** A patch as it is written everywhere: `quotes.concurrency=16 db.lookupBatch=100`. */
export function patchText(patch: Patch): string {
  return Object.entries(patch)
    .flatMap(([address, values]) =>
      Object.entries(values ?? {}).map(
        ([name, value]) => `${address}.${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      ),
    )
    .join(' ')
}
