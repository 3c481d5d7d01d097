import type { ExperimentSection } from '../../../report/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'

interface FunctionsTabProps {
  readonly section: ExperimentSection
  /** Index of the variant that is held against the baseline. */
  readonly variant: number
}

/** Which function made the difference: the differential flame graph. */
export function FunctionsTab({ section }: FunctionsTabProps) {
  return (
    <EmptyState
      sentence={
        section.design.capture.sampleInterval === undefined
          ? 'These trials took no CPU samples. A new experiment with samples shows which function made the difference.'
          : 'Reading samples…'
      }
    />
  )
}
