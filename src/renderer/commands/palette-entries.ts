import { formatDuration } from '../../base/index.ts'
import {
  type AdviceEntry,
  type CommandEntry,
  type CommandId,
  commandTable,
  type ExperimentSummary,
  type RunSummary,
  type WorkflowCard,
} from '../../protocol/index.ts'
import { openDialog } from '../state/dialogs.ts'
import { goTo } from '../state/route.ts'
import { momentText } from '../widgets/moment-text.ts'
import { canRun, runCommand } from './registry.ts'

/** Something that the palette leads to or does. */
export interface PaletteEntry {
  readonly id: string
  readonly group: PaletteGroup
  readonly title: string
  readonly detail?: string
  readonly words?: string
  readonly keys?: string
  readonly choose: () => void
}

/** In the order in which they stand below each other while nothing is typed. */
export const paletteGroups = ['Workflows', 'Runs', 'Experiments', 'Recommendations', 'Commands'] as const
type PaletteGroup = (typeof paletteGroups)[number]

/** All commands that something does now. */
export function commandEntries(): PaletteEntry[] {
  return commandTable
    .filter(({ id }) => id !== 'view.palette' && canRun(id))
    .map((entry: CommandEntry & { id: CommandId }) => ({
      id: entry.id,
      group: 'Commands',
      title: entry.title,
      words: entry.group,
      ...(entry.keys === undefined ? {} : { keys: entry.keys }),
      choose: () => void runCommand(entry.id),
    }))
}

/** Workflows: choosing one begins a run of it. */
export function workflowEntries(workflows: readonly WorkflowCard[]): PaletteEntry[] {
  return workflows.map(({ file, name }) => ({
    id: `workflow ${file}`,
    group: 'Workflows',
    words: 'workflow',
    title: `Run ${name ?? file.replace(/\.workflow\.ts$/, '')}…`,
    detail: file,
    choose: () => openDialog({ kind: 'run', file }),
  }))
}

export function runEntries(runs: readonly RunSummary[], now: number): PaletteEntry[] {
  return runs.map(({ id, workflow, variant, value, reason, startedAt }) => ({
    id: `run ${id}`,
    group: 'Runs',
    words: 'run',
    title: `${workflow} · ${variant}`,
    detail: `${value === null ? reason : formatDuration(value)}, ${momentText(startedAt, now)}, ${id}`,
    choose: () => goTo({ screen: 'run', id }),
  }))
}

export function experimentEntries(experiments: readonly ExperimentSummary[], now: number): PaletteEntry[] {
  return experiments.map(({ id, workflow, sentence, variants, startedAt }) => ({
    id: `experiment ${id}`,
    group: 'Experiments',
    words: 'experiment compare',
    title: `${workflow}: ${sentence ?? variants.join(', ')}`,
    detail: `${momentText(startedAt, now)}, ${id}`,
    choose: () => goTo({ screen: 'compare', id }),
  }))
}

export function adviceEntries(advice: readonly AdviceEntry[], now: number): PaletteEntry[] {
  return advice.map(({ id, workflow, createdAt, recommendation }) => ({
    id: `advice ${id}`,
    group: 'Recommendations',
    words: 'advice recommendation',
    title: recommendation.title,
    detail: `${workflow}, ${momentText(createdAt, now)}, ${id}`,
    choose: () => goTo({ screen: 'advice', id }),
  }))
}
