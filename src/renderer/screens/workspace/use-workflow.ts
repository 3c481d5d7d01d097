import { useState } from 'react'
import { useStore } from 'zustand'
import type { Diagnostic } from '../../../base/index.ts'
import type { WorkflowCard, WorkflowCheck } from '../../../protocol/index.ts'
import type { WorkflowDescription } from '../../../workflow/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { activeJob, sessionStore } from '../../state/session.ts'

/** What is known of a workflow that is about to be measured. */
export interface KnownWorkflow {
  /** As the file is now, or, until that is known, as its last run found it. */
  readonly description: WorkflowDescription | undefined
  /** What is wrong or doubtful in the file as it is now. */
  readonly diagnostics: readonly Diagnostic[]
  /** Whether the file is being loaded. */
  readonly loading: boolean
  /** Why it could not be loaded. */
  readonly error: Error | null
  readonly retry: () => void
}

/**
 * Loads a workflow's module to know its variants, knobs and params as they are now. While something is measured nothing is
 * loaded, because that would disturb it: then it is known as its last run found it.
 */
export function useWorkflow(card: WorkflowCard | undefined): KnownWorkflow {
  const mayRun = useStore(sessionStore, (session) => {
    return session.studio?.workspace?.trusted === true && activeJob(session) === undefined
  })
  const { data, error, isFetching, refetch } = useCall('workflows.check', card && mayRun ? { file: card.file } : null)
  // What was asked before something began to be measured is as true as it was.
  const [kept, setKept] = useState<WorkflowCheck>()
  if (data && data !== kept) setKept(data)
  const check = data ?? (kept?.file === card?.file ? kept : undefined)
  return {
    description: check?.description ?? card?.description,
    diagnostics: check?.diagnostics ?? [],
    loading: isFetching,
    error,
    retry: () => void refetch(),
  }
}
