import './key-caps.css'
import { spellKeys } from '../commands/keys.ts'

/** Keys as they are printed on this machine's keyboard: `Ctrl K`, `⌘ K`. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className="key-caps">
      {spellKeys(keys).map((stroke, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one constant text
        <kbd key={place}>{stroke}</kbd>
      ))}
    </span>
  )
}
