/** A whole number between `min` and `max`, both included. */
export interface IntegerKnob {
  readonly type: 'integer'
  readonly default: number
  readonly min: number
  readonly max: number
}

export interface NumberKnob {
  readonly type: 'number'
  readonly default: number
  readonly min: number
  readonly max: number
}

export interface ChoiceKnob<Choice extends string = string> {
  readonly type: 'choice'
  readonly default: Choice
  readonly choices: readonly Choice[]
}

export interface BooleanKnob {
  readonly type: 'boolean'
  readonly default: boolean
}

export type Knob = IntegerKnob | NumberKnob | ChoiceKnob | BooleanKnob
export type KnobValue = number | string | boolean

/** The knobs of a node or resource, by name. */
export type KnobDeclarations = Readonly<Record<string, Knob>>

/** The values that declared knobs take. */
export type KnobValues<Knobs> = {
  readonly [Name in keyof Knobs]: Knobs[Name] extends ChoiceKnob<infer Choice>
    ? Choice
    : Knobs[Name] extends BooleanKnob
      ? boolean
      : number
}

interface Range {
  readonly min: number
  readonly max: number
}

/** Makes knobs: named settings of a node or resource that may change without changing its meaning. */
export const knob = {
  /** A whole number. Throws nothing: a default out of its range is found by the checks, with its place. */
  integer: (initial: number, range: Range): IntegerKnob => ({ type: 'integer', default: initial, ...range }),
  number: (initial: number, range: Range): NumberKnob => ({ type: 'number', default: initial, ...range }),
  choice: <const Choice extends string>(initial: NoInfer<Choice>, choices: readonly Choice[]): ChoiceKnob<Choice> => ({
    type: 'choice',
    default: initial,
    choices,
  }),
  boolean: (initial: boolean): BooleanKnob => ({ type: 'boolean', default: initial }),
}

/** Says what is wrong with `value` for `knob`, as the end of a sentence, or `undefined` where nothing is. */
export function refuseKnobValue(knob: Knob, value: unknown): string | undefined {
  switch (knob.type) {
    case 'integer':
      if (!Number.isInteger(value)) return `takes a whole number from ${knob.min} to ${knob.max}`
      return outOfRange(knob, value as number)
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return `takes a number from ${knob.min} to ${knob.max}`
      return outOfRange(knob, value)
    case 'choice':
      return knob.choices.includes(value as string) ? undefined : `takes one of ${knob.choices.join(', ')}`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'takes true or false'
  }
}

function outOfRange(range: Range, value: number): string | undefined {
  return value >= range.min && value <= range.max ? undefined : `takes ${range.min} to ${range.max}`
}
