import type { Connection } from './connection.ts'
import { DocumentRepository } from './documents.ts'

/** What the store looks at in an experiment; the rest of the document is the engine's. */
export interface ExperimentDocument {
  readonly id: string
  readonly workflow: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly status: string
}

/** Which experiments are asked for; what is left out does not matter. */
export interface ExperimentFilter {
  readonly workflow?: string
  readonly status?: string
  /** Of the workflow, relative to the workspace, as the experiment's settings name it. */
  readonly file?: string
}

/** The experiments of a workspace. */
export class ExperimentRepository<Document extends ExperimentDocument = ExperimentDocument> extends DocumentRepository<
  Document,
  ExperimentFilter
> {
  constructor(connection: Connection) {
    super(connection, 'experiments', 'startedAt', ['workflow', 'status', 'file'])
  }
}
