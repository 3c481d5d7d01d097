import { useMemo } from 'react'
import type { ExperimentSection } from '../../../report/index.ts'
import { DiffFlame } from '../../charts/flame/diff-flame.tsx'
import { workspaceRoot } from '../../charts/flame/short-place.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { tracedTrials } from './experiment-section.ts'
import { armName } from './trial-table.tsx'
import { useTrialRecords } from './use-trial-records.ts'

interface FunctionsTabProps {
  readonly section: ExperimentSection
  /** Index of the variant that is held against the baseline. */
  readonly variant: number
}

/** At most so many blocks: ten are the fewest that can be significant, and each is two traces to read. */
const mostBlocks = 20

/** Which function made the difference: the differential flame graph. */
export function FunctionsTab({ section, variant }: FunctionsTabProps) {
  const isSampled = section.design.capture.sampleInterval !== undefined
  const [before, after] = useMemo(
    () => (isSampled ? [0, variant] : []).map((arm) => tracedTrials(section, arm, mostBlocks)),
    [section, variant, isSampled],
  )
  const records = useTrialRecords(before ?? [], after ?? [])
  const { baseline = [], candidate = [] } = records.data ?? {}
  const first = baseline[0] && candidate[0] ? baseline[0] : null
  const profiles = useTrace(first, 'flameDifference', 'profiles', [baseline, candidate])
  const difference = profiles.data
  const root = useMemo(
    () =>
      workspaceRoot(
        section.file,
        (difference?.frames ?? []).map(({ detail }) => detail),
      ),
    [section.file, difference],
  )
  if (!isSampled) {
    return (
      <EmptyState sentence="These trials took no CPU samples. A new experiment with samples shows which function made the difference." />
    )
  }
  const error = records.error ?? profiles.error
  if (error) return <Problem title="The samples could not be compared" error={error} onRetry={profiles.refetch} />
  if ((records.data && !first) || difference === null) {
    return <EmptyState sentence="Trials of both variants with samples are needed, and there are none." />
  }
  if (!difference) return <Loading label="Reading samples…" />
  return (
    <DiffFlame
      difference={difference}
      names={{ baseline: armName(section, 0), candidate: armName(section, variant) }}
      root={root}
    />
  )
}
