import { StrobeError } from '../base/index.ts'
import {
  compareCommands,
  type ExperimentRecord,
  type ExperimentRequest,
  extendExperiment,
  runExperiment,
} from '../engine/index.ts'
import type { CommandContext } from './context.ts'
import { paramsOf } from './values.ts'

/** What was typed after `strobe compare`. */
export interface CompareOptions
  extends Pick<
    ExperimentRequest,
    | 'preset'
    | 'controlArm'
    | 'rope'
    | 'maxBlocks'
    | 'timeBudget'
    | 'seed'
    | 'metric'
    | 'goal'
    | 'isolation'
    | 'repeats'
    | 'disturbed'
  > {
  readonly workflow: string | undefined
  readonly variants: readonly string[]
  readonly baseline: string | undefined
  readonly param: ReadonlyArray<readonly [name: string, value: unknown]> | undefined
  /** Microseconds between CPU samples. */
  readonly samples: number | undefined
  readonly extend: string | undefined
  readonly command: readonly string[] | undefined
  readonly shell: string | undefined
  readonly prepare: string | undefined
  readonly cleanup: string | undefined
  readonly ignoreFailure: boolean | undefined
  readonly showOutput: boolean | undefined
}

/** Options with a value of `undefined` count as not given. */
type Loose<Options> = { readonly [Name in keyof Options]: Options[Name] | undefined }

/**
 * Measures what the options ask for: variants of a workflow, shell commands, or more blocks of an experiment that is there.
 * Throws `cli.nothing-to-compare` and `cli.too-much-to-compare`.
 */
export async function measureComparison(
  context: CommandContext,
  options: Loose<CompareOptions>,
): Promise<ExperimentRecord> {
  const { workflow, extend, command, maxBlocks, timeBudget, showOutput } = options
  const asked = [workflow, extend, command].filter((value) => value !== undefined)
  if (asked.length > 1) {
    throw new StrobeError(
      'cli.too-much-to-compare',
      'Name a workflow, or commands with --command, or an experiment with --extend: one of them.',
    )
  }
  if (extend !== undefined) {
    const engine = context.open(context.workspace())
    return extendExperiment(engine, given({ id: extend, maxBlocks, timeBudget }), context.progress)
  }
  const { preset, controlArm, rope, seed, metric, goal, disturbed } = options
  const common = { preset, controlArm, rope, seed, metric, goal, disturbed, maxBlocks, timeBudget }
  if (command !== undefined) {
    const { shell, prepare, cleanup, ignoreFailure } = options
    const own = { commands: command, directory: context.cwd, shell, prepare, cleanup, ignoreFailure }
    const output = showOutput ? ('inherit' as const) : undefined
    return compareCommands(context.open(context.workspace()), given({ ...common, ...own, output }), context.progress)
  }
  if (workflow === undefined) {
    throw new StrobeError(
      'cli.nothing-to-compare',
      "Name a workflow's file, or shell commands: strobe compare --command 'sleep 0.01' --command 'sleep 0.02'.",
    )
  }
  const { isolation, repeats, param, samples } = options
  const params = param && paramsOf(param)
  const capture = samples === undefined ? undefined : { level: 'standard' as const, sampleInterval: samples }
  return runExperiment(
    context.open(context.workspace(workflow)),
    given({ file: workflow, variants: variantsOf(options), ...common, isolation, repeats, params, capture }),
    context.progress,
  )
}

/** Nothing where nothing was named: then the engine compares all. The first is what the others are compared with. */
function variantsOf({ baseline, variants = [] }: Loose<CompareOptions>): readonly string[] | undefined {
  if (variants.length === 0 && baseline === undefined) return undefined
  const first = baseline ?? 'baseline'
  return [first, ...new Set(variants.filter((name) => name !== first))]
}

type Given<Options> = { [Name in keyof Options as undefined extends Options[Name] ? never : Name]: Options[Name] } & {
  [Name in keyof Options as undefined extends Options[Name] ? Name : never]?: Exclude<Options[Name], undefined>
}

/** The options that were given: the engine has the defaults. */
function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<Options>
}
