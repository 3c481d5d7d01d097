import './command-palette.css'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useDeferredValue, useMemo, useState } from 'react'
import {
  adviceEntries,
  commandEntries,
  experimentEntries,
  type PaletteEntry,
  paletteGroups,
  runEntries,
  workflowEntries,
} from '../../commands/palette-entries.ts'
import { type Found, rank } from '../../commands/palette-ranking.ts'
import { closeDialog } from '../../state/dialogs.ts'
import { Icon } from '../../widgets/icon.tsx'
import { KeyCaps } from '../../widgets/key-caps.tsx'
import { useCall } from '../studio-context.tsx'

/** Most rows of one group while nothing, or something, was typed. */
const most = { idle: 3, typed: 8 }

interface Group {
  readonly value: string
  readonly items: ReadonlyArray<Found<PaletteEntry>>
}

/** Does a command, or leads to a workflow, run, experiment or recommendation, by typing a part of its name. */
export default function CommandPalette() {
  const [typed, setTyped] = useState('')
  const groups = useGroups(typed)
  const choose = ({ entry }: Found<PaletteEntry>) => {
    closeDialog('palette')
    entry.choose()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog('palette')}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="palette" aria-label="Find a command, workflow, run or experiment">
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            value={typed}
            onValueChange={setTyped}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(found: Found<PaletteEntry>) => found.entry.title}
          >
            <div className="palette-input">
              <Icon name="search" />
              <Autocomplete.Input aria-label="Find" placeholder="Find a command, workflow, run or experiment" />
            </div>
            <Autocomplete.Empty className="palette-empty">
              {typed === '' ? null : `Nothing is called “${typed}”.`}
            </Autocomplete.Empty>
            <Autocomplete.List className="palette-list">
              {(group: Group) => (
                <Autocomplete.Group key={group.value} items={group.items} className="palette-group">
                  <Autocomplete.GroupLabel className="palette-group-title">{group.value}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(found: Found<PaletteEntry>) => (
                      <Autocomplete.Item
                        key={found.entry.id}
                        value={found}
                        className="palette-item"
                        onClick={() => choose(found)}
                      >
                        <Title {...found} />
                        <span className="palette-detail">{found.entry.detail}</span>
                        {found.entry.keys && <KeyCaps keys={found.entry.keys} />}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What was found, by group; where something was typed, the group with the best comes first. */
function useGroups(typed: string): Group[] {
  // Typing must not wait for answers; answers of what is typed no more are not shown.
  const search = useDeferredValue(longestWord(typed))
  const asked = search === '' ? {} : { search }
  const workflows = useCall('workflows.list', {}).data
  // Trials are found by their id only: by a workflow's name they would leave no room for anything else.
  const plain = /^r\d/.test(search) ? {} : { experiment: null }
  const runs = useCall('runs.list', { limit: 30, ...plain, ...asked }, { keepPrevious: true }).data
  const experiments = useCall('experiments.list', { limit: 30, ...asked }, { keepPrevious: true }).data
  const advice = useCall('advice.list', {}).data
  const entries = useMemo(() => {
    const now = Date.now()
    return [
      ...commandEntries(),
      ...workflowEntries(workflows ?? []),
      ...runEntries(runs?.rows ?? [], now),
      ...experimentEntries(experiments?.rows ?? [], now),
      ...adviceEntries(advice ?? [], now),
    ]
  }, [workflows, runs, experiments, advice])
  return useMemo(() => {
    const found = rank(typed, entries)
    const limit = typed.trim() === '' ? most.idle : most.typed
    const order = typed.trim() === '' ? paletteGroups : [...new Set(found.map(({ entry }) => entry.group))]
    return order
      .map((group) => {
        const items = found.filter(({ entry }) => entry.group === group)
        return { value: group, items: items.slice(0, group === 'Commands' && typed.trim() === '' ? undefined : limit) }
      })
      .filter(({ items }) => items.length > 0)
  }, [typed, entries])
}

/** The engine looks for one piece of text, the page for all that was typed in what it answers. */
function longestWord(typed: string): string {
  const words = typed.trim().split(/\s+/)
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest)).slice(0, 200)
}

/** A title with the typed letters set off. */
function Title({ entry, places }: Found<PaletteEntry>) {
  const marked = new Set(places)
  return (
    <span className="palette-title">
      {Array.from(entry.title, (letter, place) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: letters of one constant text
        marked.has(place) ? <mark key={place}>{letter}</mark> : letter,
      )}
    </span>
  )
}
