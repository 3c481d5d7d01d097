import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'

/** What the studio remembers of how its owner likes it, on this machine. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  /** Sizes of panes in per cent, by the name of their group. */
  readonly panes: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Widths of columns in pixels that were set by hand, by the name of their table and their own. */
  readonly widths: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What was chosen last, by the name of the choice: a tab, a preset, a sort order. */
  readonly choices: Readonly<Record<string, string>>
}

export const preferencesStore = createStore<Preferences>()(
  persist((): Preferences => ({ theme: 'system', panes: {}, widths: {}, choices: {} }), {
    name: 'strobe.preferences',
    version: 1,
  }),
)

/** Remembers a choice under its name. */
export function choose(name: string, value: string): void {
  preferencesStore.setState(({ choices }) => ({ choices: { ...choices, [name]: value } }))
}

/** Remembers how wide a column of a table was made; `undefined` takes it back to its own width. */
export function rememberWidth(table: string, column: string, width: number | undefined): void {
  preferencesStore.setState(({ widths }) => {
    const { [column]: _old, ...others } = widths[table] ?? {}
    return { widths: { ...widths, [table]: width === undefined ? others : { ...others, [column]: width } } }
  })
}

/** Whether the window is dark now: by choice, or as the system is. */
export function isDark(): boolean {
  const { theme } = preferencesStore.getState()
  return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
}

/** Shows the theme that was chosen, now and whenever it changes. */
export function followTheme(): void {
  const show = () => {
    const { theme } = preferencesStore.getState()
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }
  preferencesStore.subscribe(show)
  show()
}
