import { EmptyState } from '../../widgets/empty-state.tsx'

export default function CycleScreen() {
  return <EmptyState sentence="This screen is being built." />
}
