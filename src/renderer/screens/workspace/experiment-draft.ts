import { parseDuration } from '../../../base/index.ts'
import type { ParamsOf } from '../../../protocol/index.ts'
import type { PresetName } from '../../../statistics/index.ts'
import type { WorkflowDescription } from '../../../workflow/index.ts'
import { type KnobSetting, listKnobs, patchOfSettings } from './knob-list.ts'
import { readParams } from './param-values.ts'

/** A variant that is being made by turning knobs. */
export interface OwnVariant {
  readonly id: number
  /** As typed; empty: it is named by what it turns. */
  readonly name: string
  readonly settings: readonly KnobSetting[]
}

/** An experiment that is being put together, as it was typed and ticked. What is empty is as the preset or the engine says. */
export interface ExperimentDraft {
  /** Names of declared variants that take part; `null`: all of them. */
  readonly ticked: ReadonlySet<string> | null
  readonly own: readonly OwnVariant[]
  readonly preset: PresetName
  readonly metric: 'wall' | 'cpu'
  readonly goal: 'verdict' | 'direction'
  readonly isolation: 'thread' | 'repeats' | 'process'
  readonly controlArm: 'preset' | 'yes' | 'no'
  readonly disturbed: 'preset' | 'discard' | 'flag'
  readonly repeats: string
  /** Per cent. */
  readonly rope: string
  readonly maxBlocks: string
  /** With its unit. */
  readonly timeBudget: string
  readonly seed: string
  /** Whether CPU samples are taken, one a millisecond. */
  readonly samples: boolean
  readonly params: Readonly<Record<string, string>>
}

/** A draft as it is at first: of every declared variant, or of those that were asked for. */
export function newDraft(preset: PresetName, variants?: readonly string[]): ExperimentDraft {
  return {
    ticked: variants ? new Set(variants) : null,
    ...{
      own: [],
      preset,
      metric: 'wall',
      goal: 'verdict',
      isolation: 'thread',
      controlArm: 'preset',
      disturbed: 'preset',
    },
    ...{ repeats: '', rope: '', maxBlocks: '', timeBudget: '', seed: '', samples: false, params: {} },
  }
}

/** The variants that a workflow declares, the workflow as written first. */
export function variantNames({ variants }: WorkflowDescription): string[] {
  return ['baseline', ...variants.map(({ name }) => name)]
}

type CompareRequest = Extract<ParamsOf<'jobs.start'>, { kind: 'compare' }>
type Choice = NonNullable<CompareRequest['variants']>[number]

/** What is to be asked for, and everything that keeps it from being asked. */
export interface DraftedExperiment {
  readonly request: CompareRequest
  /** Names of what is compared, the baseline first. */
  readonly variants: readonly string[]
  /** By the name of the field; `variants` for what is wrong with them together. */
  readonly errors: Readonly<Record<string, string>>
  /** What is wrong with the knobs of one's own variants: by the variant's id and the place of the setting. */
  readonly knobErrors: ReadonlyMap<number, ReadonlyMap<number, string>>
}

/** Makes a request of a draft. The first variant, in the order of the list, is the baseline. */
export function draftExperiment(
  file: string,
  description: WorkflowDescription,
  draft: ExperimentDraft,
): DraftedExperiment {
  const errors: Record<string, string> = {}
  const knobs = listKnobs(description)
  const made = draft.own.map(({ id, name, settings }) => ({
    id,
    typed: name.trim(),
    ...patchOfSettings(knobs, settings),
  }))
  const own = made
    .filter(({ patch }) => Object.keys(patch).length > 0)
    .map(({ typed, name, patch }): Exclude<Choice, string> => ({ name: typed || name, patch }))
  const declared = variantNames(description).filter((name) => draft.ticked?.has(name) ?? true)
  const choices: Choice[] = [...declared, ...own]
  const names = choices.map((choice) => (typeof choice === 'string' ? choice : choice.name))
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (names.length < 2) errors.variants = 'An experiment compares at least two: tick another, or add one of your own.'
  else if (twice !== undefined) errors.variants = `Two are called ${twice}: name one of them differently.`
  const number = (field: keyof ExperimentDraft, read: (text: string) => number | undefined, mend: string) => {
    const text = String(draft[field]).trim()
    if (text === '') return {}
    const value = read(text)
    if (value !== undefined) return { [field]: value }
    errors[field] = mend
    return {}
  }
  const { params, errors: paramErrors } = readParams(description.params, draft.params)
  for (const [name, error] of Object.entries(paramErrors)) errors[`params.${name}`] = error
  return {
    request: {
      kind: 'compare',
      file,
      variants: choices,
      preset: draft.preset,
      ...(draft.metric === 'wall' ? {} : { metric: draft.metric }),
      ...(draft.goal === 'verdict' ? {} : { goal: draft.goal }),
      ...(draft.isolation === 'thread' ? {} : { isolation: draft.isolation }),
      ...(draft.controlArm === 'preset' ? {} : { controlArm: draft.controlArm === 'yes' }),
      ...(draft.disturbed === 'preset' ? {} : { disturbed: draft.disturbed }),
      ...(draft.isolation === 'repeats' ? number('repeats', wholeFrom(2), 'Write a whole number from 2 on.') : {}),
      ...number('rope', percent, 'Write per cent above 0 and below 100.'),
      ...number('maxBlocks', wholeFrom(2), 'Write a whole number from 2 on.'),
      ...number('timeBudget', parseDuration, 'Write a time with its unit, such as 2min.'),
      ...number('seed', wholeFrom(0), 'Write a whole number.'),
      ...(draft.samples && draft.isolation !== 'repeats'
        ? { capture: { level: 'standard', sampleInterval: 1000 } as const }
        : {}),
      ...(Object.keys(params).length > 0 ? { params } : {}),
    },
    variants: names,
    errors,
    knobErrors: new Map(made.filter(({ errors: found }) => found.size > 0).map(({ id, errors: found }) => [id, found])),
  }
}

function wholeFrom(least: number): (text: string) => number | undefined {
  return (text) => {
    const value = Number(text)
    return Number.isSafeInteger(value) && value >= least ? value : undefined
  }
}

function percent(text: string): number | undefined {
  const value = Number(text.replace(/\s*%$/, ''))
  return value > 0 && value < 100 ? Number((value / 100).toPrecision(12)) : undefined
}
