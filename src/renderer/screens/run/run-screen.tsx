import { EmptyState } from '../../widgets/empty-state.tsx'

export default function RunScreen() {
  return <EmptyState sentence="This screen is being built." />
}
