import { useStore } from 'zustand'
import { runCommand } from '../../commands/registry.ts'
import { openDialog } from '../../state/dialogs.ts'
import { sessionStore } from '../../state/session.ts'
import { openWorkspace, trustWorkspace } from '../../state/workspace.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { Menu, type MenuGroup, type MenuItem } from '../../widgets/menu.tsx'
import { useClient } from '../studio-context.tsx'

const mostRecent = 8

/** The name of what is open; behind it the folders that were open before, and the way to others. */
export function WorkspaceMenu() {
  const client = useClient()
  const studio = useStore(sessionStore, (session) => session.studio)
  const workspace = studio?.workspace ?? null
  const recent = (studio?.recent ?? []).slice(0, mostRecent).map(
    ({ path, name }): MenuItem => ({
      id: path,
      title: name,
      detail: path,
      checked: path === workspace?.path,
      onSelect: () => path !== workspace?.path && void openWorkspace(client, path),
    }),
  )
  const trust: MenuItem[] =
    workspace === null || workspace.samples
      ? []
      : workspace.trusted
        ? [
            {
              id: 'distrust',
              title: 'Do not trust this folder any more',
              onSelect: () => void trustWorkspace(client, false),
            },
          ]
        : [{ id: 'trust', title: 'Trust this folder…', onSelect: () => openDialog({ kind: 'trust' }) }]
  const groups: MenuGroup[] = [
    { id: 'recent', title: 'Recent', items: recent },
    {
      id: 'open',
      items: [
        { id: 'folder', title: 'Open folder…', keys: 'Mod+O', onSelect: () => runCommand('workspace.open') },
        { id: 'samples', title: 'Open the samples', onSelect: () => runCommand('workspace.samples') },
      ],
    },
    { id: 'trust', items: trust },
  ]
  return (
    <Menu
      groups={groups}
      trigger={
        <Button kind="quiet" className="run-bar-workspace" title={workspace?.path}>
          <Icon name="folder" />
          <span className="run-bar-name">{workspace?.name ?? 'Strobe'}</span>
          <Icon name="down" size={12} />
        </Button>
      }
    />
  )
}
