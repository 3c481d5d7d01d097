import { useState } from 'react'
import { useStore } from 'zustand'
import { formatBytes } from '../../../base/index.ts'
import { blobUrl, type ExportedReport } from '../../../protocol/index.ts'
import { useCall, useClient } from '../../app/studio-context.tsx'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Button } from '../../widgets/button.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { formatTitles, type ReportChoice } from './report-request.ts'

/** Writes the report in a format and hands it over as a file. */
export function ExportButtons({ choice }: { readonly choice: ReportChoice }) {
  const client = useClient()
  const formats = useCall('reports.formats', {})
  const last = useStore(preferencesStore, ({ choices }) => choices['report.format'] ?? 'html')
  const [busy, setBusy] = useState<string | null>(null)
  const [written, setWritten] = useState<ExportedReport | null>(null)
  const [error, setError] = useState<unknown>(null)
  const isEmpty = choice.experiments.length + choice.runs.length === 0
  const write = async (format: string) => {
    setBusy(format)
    choose('report.format', format)
    setError(null)
    setWritten(null)
    try {
      const report = await client.call('reports.export', { ...requestOf(choice), format })
      setWritten(report)
      save(report)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(null)
    }
  }
  return (
    <section aria-label="Export">
      <div className="report-export">
        {(formats.data ?? []).map(({ name, missing }) => (
          <Button
            key={name}
            {...(name === last ? { kind: 'primary' as const } : {})}
            disabled={isEmpty || busy !== null || missing !== undefined}
            title={
              missing ??
              `Save the report as ${formatTitles[name] ?? name}${needsBrowser(name) ? '; it is printed by a browser, which takes some seconds' : ''}`
            }
            onClick={() => void write(name)}
          >
            {busy === name ? 'Writing…' : (formatTitles[name] ?? name)}
            {needsBrowser(name) && <span className="report-export-needs">by a browser</span>}
          </Button>
        ))}
      </div>
      {(formats.data ?? []).map(
        ({ name, missing }) =>
          missing !== undefined && (
            <p key={name} className="quiet">
              {formatTitles[name] ?? name}: {missing}
            </p>
          ),
      )}
      <p className="quiet" aria-live="polite">
        {busy !== null && needsBrowser(busy) && 'A browser prints it: this takes some seconds.'}
        {written && (
          <>
            Written:{' '}
            <a href={blobUrl(written.blob)} download={written.fileName}>
              {written.fileName}
            </a>{' '}
            ({formatBytes(written.bytes)})
          </>
        )}
      </p>
      {error !== null && <Problem title="The report could not be written" error={error} />}
    </section>
  )
}

/** Whether a browser must be there to write a format. */
function needsBrowser(format: string): boolean {
  return format === 'pdf'
}

/** What the engine is asked for. */
export function requestOf({ experiments, runs, sections, title }: ReportChoice) {
  return {
    experiments: [...experiments],
    runs: [...runs],
    ...(sections === null ? {} : { sections: [...sections] }),
    ...(title === '' ? {} : { title }),
  }
}

function save({ blob, fileName }: ExportedReport): void {
  const link = document.createElement('a')
  link.href = blobUrl(blob)
  link.download = fileName
  link.click()
}
