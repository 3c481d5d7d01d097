import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { choose, preferencesStore, rememberWidth } from '../../src/renderer/state/preferences.ts'

describe('what the studio remembers', () => {
  beforeEach(() => preferencesStore.setState(preferencesStore.getInitialState(), true))

  it('is each choice under its name', () => {
    choose('run.tab', 'flame')
    choose('compare.sort', '-ratio')
    choose('run.tab', 'table')
    expect(preferencesStore.getState().choices).toEqual({ 'run.tab': 'table', 'compare.sort': '-ratio' })
  })

  it('is how wide a column was made, until it is taken back', () => {
    rememberWidth('runs', 'name', 200)
    rememberWidth('runs', 'value', 90)
    rememberWidth('experiments', 'name', 300)
    rememberWidth('runs', 'name', undefined)
    expect(preferencesStore.getState().widths).toEqual({ runs: { value: 90 }, experiments: { name: 300 } })
  })
})

describe('the theme before anything is painted', () => {
  const script = readFileSync('src/renderer/public/theme.js', 'utf8')
  const themeWith = (localStorage: Pick<Storage, 'getItem'>) => {
    const document = { documentElement: { dataset: {} as { theme?: string } } }
    runInNewContext(script, { document, localStorage })
    return document.documentElement.dataset.theme
  }

  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('is the one that was chosen, as the preferences are really kept', async () => {
    const kept = new Map<string, string>()
    const localStorage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
    }
    vi.stubGlobal('window', { localStorage })
    vi.stubGlobal('localStorage', localStorage)
    vi.resetModules()
    const { preferencesStore: store } = await import('../../src/renderer/state/preferences.ts')
    expect(themeWith(localStorage)).toBeUndefined()
    for (const [theme, shown] of [
      ['dark', 'dark'],
      ['light', 'light'],
      ['system', undefined],
    ] as const) {
      store.setState({ theme })
      expect(kept.size).toBe(1)
      expect(themeWith(localStorage)).toBe(shown)
    }
  })

  it.each(['{', '[]', 'null', '{"state":null}', '{"state":{"theme":"<script>"}}'])('survives %s', (text) => {
    expect(themeWith({ getItem: () => text })).toBeUndefined()
  })
})
