import { beforeEach, describe, expect, it } from 'vitest'
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
