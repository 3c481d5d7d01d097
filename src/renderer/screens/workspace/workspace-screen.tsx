import { EmptyState } from '../../widgets/empty-state.tsx'

export default function WorkspaceScreen() {
  return <EmptyState sentence="This screen is being built." />
}
