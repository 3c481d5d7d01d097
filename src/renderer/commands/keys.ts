/** What of a key event says which keys were pressed. */
export interface Stroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether this machine has a Command key. */
export function isMac(platform = globalThis.navigator?.platform ?? ''): boolean {
  return /^(?:Mac|iP)/.test(platform)
}

/**
 * Whether a stroke is the one that `keys` names (`Mod+Shift+N`, `?`). Shift counts with letters and with keys that
 * have a name only: whether `?` needs it is the keyboard's affair.
 */
export function matchesStroke(keys: string, stroke: Stroke, mac: boolean): boolean {
  const { modifiers, key } = partsOf(keys)
  const wanted = {
    ctrl: modifiers.has('Ctrl') || (!mac && modifiers.has('Mod')),
    meta: mac && modifiers.has('Mod'),
    alt: modifiers.has('Alt'),
  }
  if (stroke.ctrlKey !== wanted.ctrl || stroke.metaKey !== wanted.meta || stroke.altKey !== wanted.alt) return false
  if (isLetterOrNamed(key) && stroke.shiftKey !== modifiers.has('Shift')) return false
  return stroke.key.toLowerCase() === key.toLowerCase()
}

/** Whether keys name no modifier but Shift, so that typing into a field would also press them. */
export function isPlainKey(keys: string): boolean {
  const { modifiers } = partsOf(keys.split(' ')[0] ?? '')
  return !modifiers.has('Mod') && !modifiers.has('Ctrl') && !modifiers.has('Alt')
}

/** The keys as they are printed on the keyboard: one text for each, strokes of a sequence after each other. */
export function spellKeys(keys: string, mac = isMac()): string[] {
  return keys.split(' ').flatMap((stroke) => {
    const { modifiers, key } = partsOf(stroke)
    return [
      ...[...modifiers].map((modifier) => spellModifier(modifier, mac)),
      names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
    ]
  })
}

/** Follows strokes and finds what they name, also where several are typed in turn. */
export class StrokeFollower<Id extends string> {
  readonly #table: ReadonlyArray<{ readonly id: Id; readonly strokes: readonly string[] }>
  readonly #mac: boolean
  #typed: Stroke[] = []
  #at = 0

  constructor(table: Iterable<{ readonly id: Id; readonly keys: string }>, mac: boolean) {
    this.#table = Array.from(table, ({ id, keys }) => ({ id, strokes: keys.split(' ') }))
    this.#mac = mac
  }

  /** The command that a stroke completes; `now` in milliseconds. */
  follow(stroke: Stroke, now: number): Id | undefined {
    if (modifierKeys.has(stroke.key)) return undefined
    if (now - this.#at > patience) this.#typed = []
    this.#at = now
    this.#typed.push(stroke)
    // What was begun may be nothing, and its last stroke the beginning of something else.
    for (; this.#typed.length > 0; this.#typed.shift()) {
      const begun = this.#table.filter(({ strokes }) => this.#begins(strokes))
      const complete = begun.find(({ strokes }) => strokes.length === this.#typed.length)
      if (complete) {
        this.#typed = []
        return complete.id
      }
      if (begun.length > 0) return undefined
    }
    return undefined
  }

  #begins(strokes: readonly string[]): boolean {
    return (
      this.#typed.length <= strokes.length &&
      this.#typed.every((stroke, place) => matchesStroke(strokes[place]!, stroke, this.#mac))
    )
  }
}

/** Milliseconds that may lie between two strokes of a sequence. */
const patience = 1200

const modifierKeys: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta'])

const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
}

function spellModifier(modifier: string, mac: boolean): string {
  if (!mac) return modifier === 'Mod' ? 'Ctrl' : modifier
  return { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' }[modifier] ?? modifier
}

function partsOf(stroke: string): { readonly modifiers: ReadonlySet<string>; readonly key: string } {
  const parts = stroke.split(/\+(?=.)/)
  return { modifiers: new Set(parts.slice(0, -1)), key: parts.at(-1) ?? '' }
}

function isLetterOrNamed(key: string): boolean {
  return key.length > 1 || /[a-z]/i.test(key)
}
