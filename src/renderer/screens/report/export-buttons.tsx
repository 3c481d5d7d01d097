import { useState } from 'react'
import { formatBytes } from '../../../base/index.ts'
import { blobUrl, type ExportedReport } from '../../../protocol/index.ts'
import { useCall, useClient } from '../../app/studio-context.tsx'
import { Button } from '../../widgets/button.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { formatTitles, type ReportChoice } from './report-request.ts'

/** Writes the report in a format and hands it over as a file. */
export function ExportButtons({ choice }: { readonly choice: ReportChoice }) {
  const client = useClient()
  const formats = useCall('reports.formats', {})
  const [busy, setBusy] = useState<string | null>(null)
  const [written, setWritten] = useState<ExportedReport | null>(null)
  const [error, setError] = useState<unknown>(null)
  const isEmpty = choice.experiments.length + choice.runs.length === 0
  const write = async (format: string) => {
    setBusy(format)
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
            {...(name === 'html' ? { kind: 'primary' as const } : {})}
            disabled={isEmpty || busy !== null || missing !== undefined}
            title={missing ?? `Save the report as ${formatTitles[name] ?? name}`}
            onClick={() => void write(name)}
          >
            {busy === name ? 'Writing…' : (formatTitles[name] ?? name)}
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
