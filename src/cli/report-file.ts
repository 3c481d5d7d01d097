import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Progress } from '../base/index.ts'
import { type Engine, exportReport, makeFolder, type ReportRequest, type ReportSectionName } from '../engine/index.ts'

/** How a report is written, and where to. */
export interface ReportFile {
  readonly format: string
  /** Default: all. */
  readonly sections?: readonly ReportSectionName[]
  /** Default: in `.strobe/reports/`, named for what the report is about. */
  readonly path?: string
}

/** Writes a report and gives the path of its file. Throws what `exportReport` throws, and errors of the file system. */
export async function writeReport(
  engine: Engine,
  request: ReportRequest,
  { format, sections, path }: ReportFile,
  progress: Progress,
): Promise<string> {
  const { bytes, fileName } = await exportReport(engine, request, format, sections, progress)
  const file = path ?? join(engine.workspace, '.strobe', 'reports', fileName)
  makeFolder(dirname(file))
  writeFileSync(file, bytes)
  return file
}
