import { EmptyState } from '../../widgets/empty-state.tsx'

export default function CompareScreen() {
  return <EmptyState sentence="This screen is being built." />
}
