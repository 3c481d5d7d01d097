import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StrobeError } from '../base/index.ts'
import { type Engine, makeFolder, type ReportRequest, renderings, reportOf } from '../engine/index.ts'

/** Formats that a report can be written in. */
export const reportFormats = renderings.map(({ name }) => name)

/** Ids that a default name of a file holds at most. */
const idsInName = 3

/**
 * Writes a report and gives the path of its file: as asked, or in `.strobe/reports/`, named for what it is about. Throws
 * `cli.unknown-format`, `engine.unknown-id` and errors of the file system.
 */
export function writeReport(
  engine: Engine,
  request: ReportRequest,
  file: { readonly format: string; readonly path?: string },
): string {
  const rendering = renderings.find(({ name }) => name === file.format)
  if (!rendering) {
    const known = reportFormats.join(', ')
    throw new StrobeError('cli.unknown-format', `No report format "${file.format}". There are: ${known}.`)
  }
  const text = rendering.render(reportOf(engine, request))
  const ids = [...(request.experiments ?? []), ...(request.runs ?? [])]
  const more = ids.length > idsInName ? `-and-${ids.length - idsInName}-more` : ''
  const name = `${ids.slice(0, idsInName).join('-')}${more}.${rendering.extension}`
  const path = file.path ?? join(engine.workspace, '.strobe', 'reports', name)
  makeFolder(dirname(path))
  writeFileSync(path, text)
  return path
}
