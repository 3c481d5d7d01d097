import { useQuery } from '@tanstack/react-query'
import { previewUrl } from '../../../protocol/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { requestOf } from './export-buttons.tsx'
import type { ReportChoice } from './report-request.ts'

/** The report as it will be sent: the very file, in a frame that runs nothing and reaches nothing. */
export function ReportPreview({ choice }: { readonly choice: ReportChoice }) {
  const client = useClient()
  const request = requestOf(choice)
  const report = useQuery({
    queryKey: ['reports.build', request],
    queryFn: ({ signal }) => client.call('reports.export', { ...request, format: 'html' }, { signal }),
    placeholderData: (previous) => previous,
    // The engine keeps a few exported reports only: what was shown a while ago is made anew.
    gcTime: 0,
  })
  if (report.error) {
    return (
      <Problem
        title="The report could not be made"
        error={report.error}
        onRetry={report.refetch}
        action={<Link to={{ screen: 'report' }}>Report on the latest experiment</Link>}
      />
    )
  }
  if (!report.data) return <Loading label="Making the report…" />
  return <iframe className="report-preview" title="The report" src={previewUrl(report.data.blob)} sandbox="" />
}
