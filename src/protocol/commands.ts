/**
 * What a person can tell the studio to do from anywhere: the one table behind the palette, the shortcuts, their list, and
 * the desktop's menu. Keys: `Mod` is Ctrl, on macOS Command; parts that follow each other with a space are typed in turn.
 */
export interface CommandEntry {
  readonly id: string
  /** As a menu says it: a verb first; ends with … where it asks for more. */
  readonly title: string
  readonly group: 'File' | 'Go' | 'Measure' | 'View' | 'Help'
  readonly keys?: string
}

export const commandTable = [
  { id: 'workspace.open', title: 'Open folder…', group: 'File', keys: 'Mod+O' },
  { id: 'workspace.samples', title: 'Open the samples', group: 'File' },
  { id: 'report.export', title: 'Export a report…', group: 'File', keys: 'Mod+E' },
  { id: 'go.workspace', title: 'Go to Workspace', group: 'Go', keys: 'Mod+1' },
  { id: 'go.run', title: 'Go to Run', group: 'Go', keys: 'Mod+2' },
  { id: 'go.cycle', title: 'Go to Cycle', group: 'Go', keys: 'Mod+3' },
  { id: 'go.compare', title: 'Go to Compare', group: 'Go', keys: 'Mod+4' },
  { id: 'go.advice', title: 'Go to Advice', group: 'Go', keys: 'Mod+5' },
  { id: 'go.report', title: 'Go to Report', group: 'Go', keys: 'Mod+6' },
  { id: 'go.back', title: 'Go back', group: 'Go', keys: 'Alt+ArrowLeft' },
  { id: 'go.forward', title: 'Go forward', group: 'Go', keys: 'Alt+ArrowRight' },
  { id: 'measure.run', title: 'Run a workflow…', group: 'Measure', keys: 'Mod+R' },
  { id: 'measure.compare', title: 'New experiment…', group: 'Measure', keys: 'Mod+Shift+E' },
  { id: 'measure.cancel', title: 'Cancel what is being measured', group: 'Measure', keys: 'Mod+.' },
  { id: 'view.palette', title: 'Find a command, workflow, run or experiment…', group: 'View', keys: 'Mod+K' },
  { id: 'view.find', title: 'Search on this screen', group: 'View', keys: '/' },
  { id: 'view.theme', title: 'Switch between light and dark', group: 'View' },
  { id: 'view.log', title: 'Show or hide the log', group: 'View', keys: 'Mod+J' },
  { id: 'help.keys', title: 'Show all keys', group: 'Help', keys: '?' },
] as const satisfies readonly CommandEntry[]

export type CommandId = (typeof commandTable)[number]['id']
