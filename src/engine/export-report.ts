import { type Progress, StrobeError, silentProgress } from '../base/index.ts'
import { type ReportSectionName, renderHtml, renderings, reportSections, selectSections } from '../report/index.ts'
import type { Engine } from './engine.ts'
import { findBrowser } from './find-browser.ts'
import { printPdf } from './print-pdf.ts'
import { type ReportRequest, reportOf } from './report.ts'

/** A report as a file, before anybody has written it. */
export interface ExportedReport {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** Named for what the report is about, with the extension. */
  readonly fileName: string
}

/** A format that a report can be exported in. */
export interface ReportFormat {
  /** What the user types or chooses. */
  readonly name: string
  /** Without the dot. */
  readonly extension: string
  readonly mediaType: string
  /** What it needs and this machine has not, as a sentence that says what to do. */
  readonly missing?: string
}

const pdf: ReportFormat = { name: 'pdf', extension: 'pdf', mediaType: 'application/pdf' }

/** Names of all formats, whatever this machine has. */
export const reportFormatNames: readonly string[] = [...renderings.map(({ name }) => name), pdf.name]

/** All formats, and what those need that cannot be made here. Looks for a browser on the disk each time. */
export function reportFormats(): ReportFormat[] {
  const plain = renderings.map(({ name, extension, mediaType }) => ({ name, extension, mediaType }))
  const browser = findBrowser()
  return [...plain, 'missing' in browser ? { ...pdf, missing: browser.missing } : pdf]
}

/** Ids that a file's name holds at most. */
const idsInName = 3

/**
 * Makes a report as a file: `sections` of it (all where absent) in one of the formats. Only a PDF takes long, and can be
 * cancelled. Throws `report.unknown-format`, what `reportOf` throws, and for PDF `report.no-browser`, `report.print-failed` and
 * `cancelled`.
 */
export async function exportReport(
  engine: Engine,
  request: ReportRequest,
  format: string,
  sections: readonly ReportSectionName[] = reportSections,
  progress: Progress = silentProgress(),
): Promise<ExportedReport> {
  const chosen = [...renderings, pdf].find(({ name }) => name === format)
  if (!chosen) {
    const known = reportFormatNames.join(', ')
    throw new StrobeError('report.unknown-format', `No report format "${format}". There are: ${known}.`)
  }
  const model = selectSections(reportOf(engine, request), sections)
  const bytes = await ('render' in chosen ? encode(chosen.render(model)) : printPdf(renderHtml(model), progress))
  return { bytes, mediaType: chosen.mediaType, fileName: `${nameOf(request)}.${chosen.extension}` }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function nameOf({ experiments = [], runs = [] }: ReportRequest): string {
  const ids = [...experiments, ...runs]
  const more = ids.length > idsInName ? `-and-${ids.length - idsInName}-more` : ''
  return `strobe-${ids.slice(0, idsInName).join('-')}${more}`.replace(/[^\w-]/g, '_')
}
