import { EmptyState } from '../../widgets/empty-state.tsx'

export default function AdviceScreen() {
  return <EmptyState sentence="This screen is being built." />
}
