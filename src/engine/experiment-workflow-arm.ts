import type { ExperimentRecord, TrialMetrics } from '../analysis/index.ts'
import type { Progress } from '../base/index.ts'
import { trialValueOf } from '../statistics/index.ts'
import { type RunRecord, spanKinds, type Trace } from '../trace/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import type { Engine } from './engine.ts'
import type { Arm, ArmTrial, TrialDraw } from './experiment-arm.ts'
import { runLimits } from './limits.ts'
import { runTrial, type TrialSpecification } from './trial.ts'

/**
 * The arms of an experiment on a workflow: one per variant, and the control arm where the plan has one, which is the
 * baseline once more.
 */
export function workflowArms(
  engine: Engine,
  record: ExperimentRecord,
  description: WorkflowDescription,
  file: string,
): Arm[] {
  const { variants } = record.settings
  const measured = record.plan.controlArm ? [...variants, variants[0]!] : variants
  return measured.map((variant) => {
    const isNamed = variant.name === 'baseline' || description.variants.some(({ name }) => name === variant.name)
    return workflowArm(engine, record, file, {
      ...(isNamed
        ? { variant: variant.name, patch: {} }
        : { variant: 'baseline', patch: variant.patch, label: variant.name }),
    })
  })
}

function workflowArm(
  engine: Engine,
  { settings, environment, startedAt }: ExperimentRecord,
  file: string,
  choice: Pick<TrialSpecification, 'variant' | 'patch' | 'label'>,
): Arm {
  const { isolation = 'thread', repeats } = settings
  return {
    async runTrial({ experiment, block, position, variables }: TrialDraw, progress: Progress): Promise<ArmTrial> {
      if (isolation === 'process') await engine.runner.renew(variables)
      const { record, trace } = await runTrial(
        engine,
        {
          ...{ file, shownFile: settings.file, workflow: settings.workflow, params: settings.params, ...choice },
          // All trials get the same random numbers and the same time: they compute the same.
          ...{ seed: settings.seed, now: startedAt, capture: settings.capture, limits: runLimits(settings.limits) },
          ...{ environment: environment!, place: { experiment, block, position }, variables },
          ...(isolation === 'repeats' && repeats !== undefined ? { repeats } : {}),
        },
        progress,
      )
      const steady = record.repeats && record.value !== null ? trialValueOf(record.repeats) : undefined
      return {
        ...{ runId: record.id, record, metrics: metricsOf(record, trace, isolation === 'process') },
        reason: record.reason === 'running' ? 'interrupted' : record.reason,
        ...(steady ? { repeats: { count: record.repeats!.length, state: steady.state, from: steady.from } } : {}),
      }
    },
  }
}

const callKind = spanKinds.indexOf('call')

/** What was measured of a run. Resident memory is the trial's own only where the process is. */
function metricsOf(
  { value, metrics, capture, peakMemory }: RunRecord,
  trace: Trace,
  ownProcess: boolean,
): TrialMetrics {
  if (value === null) return {}
  const calls = trace.spans.kind.reduce((count, kind) => count + Number(kind === callKind), 0)
  return {
    wall: value,
    ...(metrics?.cpu === undefined ? {} : { cpu: metrics.cpu }),
    ...(metrics?.gc === undefined ? {} : { gc: metrics.gc }),
    ...(metrics?.peakHeap === undefined ? {} : { 'peak-heap': metrics.peakHeap }),
    ...(ownProcess && peakMemory !== undefined ? { 'peak-memory': peakMemory } : {}),
    ...(capture.level === 'standard' ? { calls } : {}),
  }
}
