import { describe, expect, it } from 'vitest'
import { listenForInterrupt } from '../../src/cli/interrupt.ts'

describe('Ctrl-C', () => {
  it('aborts the first time and kills the second', () => {
    const said: string[] = []
    let request = () => {}
    let killed = 0
    let listening = true
    let now = 1000
    const interrupt = listenForInterrupt({
      onRequest: (callback) => {
        request = callback
        return () => {
          listening = false
        }
      },
      say: (line) => said.push(line),
      kill: () => {
        killed++
      },
      now: () => now,
    })
    expect(interrupt.signal.aborted).toBe(false)
    request()
    expect(interrupt.signal.aborted).toBe(true)
    expect(said).toHaveLength(1)
    expect(killed).toBe(0)
    // npm passes on what the terminal has sent already: that is no second one.
    now += 150
    request()
    expect(killed).toBe(0)
    now += 100
    request()
    expect(killed).toBe(1)
    interrupt.end()
    expect(listening).toBe(false)
  })
})
