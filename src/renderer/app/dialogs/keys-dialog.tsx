import { type CommandEntry, commandTable } from '../../../protocol/index.ts'
import { closeDialog } from '../../state/dialogs.ts'
import { Dialog } from '../../widgets/dialog.tsx'
import { KeyCaps } from '../../widgets/key-caps.tsx'
import './keys-dialog.css'

/** Keys that belong to things on the page rather than to commands. */
const local = [
  {
    group: 'Tables and lists',
    rows: [
      { title: 'To the next or previous row', keys: 'ArrowDown ArrowUp' },
      { title: 'A page on or back', keys: 'PageDown PageUp' },
      { title: 'To the first or last row', keys: 'Home End' },
      { title: 'Open the row', keys: 'Enter' },
      { title: 'Make a column wider or narrower, on its title', keys: 'Shift+ArrowRight Shift+ArrowLeft' },
    ],
  },
  {
    group: 'Everywhere',
    rows: [
      { title: 'To the next or previous control', keys: 'Tab Shift+Tab' },
      { title: 'Resize panes, on the line between them', keys: 'ArrowLeft ArrowRight' },
      { title: 'Close what is in front, empty a search', keys: 'Escape' },
    ],
  },
] as const

/** All keys. */
export default function KeysDialog() {
  const table: readonly CommandEntry[] = commandTable
  const groups = [...new Set(table.map(({ group }) => group))].map((group) => ({
    group,
    rows: table.flatMap(({ group: own, title, keys }) => (own === group && keys ? [{ title, keys }] : [])),
  }))
  return (
    <Dialog title="Keys" size="large" onClose={() => closeDialog('keys')}>
      <div className="keys">
        {[...groups, ...local].map(({ group, rows }) => (
          <section key={group} className="keys-group">
            <h3>{group}</h3>
            <dl>
              {rows.map(({ title, keys }) => (
                <div key={title} className="keys-row">
                  <dt>{title.replace('…', '')}</dt>
                  <dd>
                    <KeyCaps keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
