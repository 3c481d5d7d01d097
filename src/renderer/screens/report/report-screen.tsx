import { EmptyState } from '../../widgets/empty-state.tsx'

export default function ReportScreen() {
  return <EmptyState sentence="This screen is being built." />
}
