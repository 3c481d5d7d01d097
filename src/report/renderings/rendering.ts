import type { ReportModel } from '../model.ts'

/** A way to write a report down. */
export interface Rendering {
  /** What the user types: `--format html`. */
  readonly name: string
  /** Without the dot. */
  readonly extension: string
  readonly mediaType: string
  readonly render: (model: ReportModel) => string
}
