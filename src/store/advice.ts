import type { Connection } from './connection.ts'
import { DocumentRepository } from './documents.ts'

/** What the store looks at in a recommendation; the rest of the document is the engine's. */
export interface AdviceDocument {
  readonly id: string
  readonly workflow: string
  /** Experiment that it was found in, where it was one. */
  readonly experiment?: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly status: string
}

/** Which recommendations are asked for; what is left out does not matter. */
export interface AdviceFilter {
  readonly workflow?: string
  readonly experiment?: string
  readonly status?: string
}

/** The ledger of recommendations. */
export class AdviceRepository<Document extends AdviceDocument = AdviceDocument> extends DocumentRepository<
  Document,
  AdviceFilter
> {
  constructor(connection: Connection) {
    super(connection, 'advice', 'createdAt', ['workflow', 'experiment', 'status'])
  }
}
