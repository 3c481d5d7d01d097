import { z } from 'zod'
import type { ReportModel } from '../../report/index.ts'
import { method } from '../method.ts'

const subject = {
  experiments: z.array(z.string()).max(50).default([]),
  runs: z.array(z.string()).max(50).default([]),
}

/** Parts of a report that may be left out. */
export const reportSections = ['experiments', 'runs', 'advice', 'appendix'] as const
export type ReportSectionName = (typeof reportSections)[number]

/** A report that was written, ready to be fetched. */
export interface ExportedReport {
  /** To be fetched under `/blob/`. */
  readonly blob: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
}

export const reportMethods = {
  'reports.build': method<ReportModel>()(z.object(subject)),
  /** Formats are those of `report`'s renderings, and `pdf` where a Chromium is found. Throws `report.no-browser`, `report.unknown-format`. */
  'reports.export': method<ExportedReport>()(
    z.object({
      ...subject,
      format: z.string().max(20),
      sections: z.array(z.enum(reportSections)).exactOptional(),
      title: z.string().max(200).exactOptional(),
    }),
  ),
  /** What can be written here: name, extension, and whether it needs something that is missing. */
  'reports.formats': method<
    ReadonlyArray<{ readonly name: string; readonly extension: string; readonly missing?: string }>
  >()(z.object({})),
}
