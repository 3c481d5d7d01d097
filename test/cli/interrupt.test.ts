import { describe, expect, it } from 'vitest'
import { listenForInterrupt } from '../../src/cli/interrupt.ts'

describe('Ctrl-C', () => {
  it('aborts the first time and kills the second', () => {
    const said: string[] = []
    let request = () => {}
    let killed = 0
    let listening = true
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
    })
    expect(interrupt.signal.aborted).toBe(false)
    request()
    expect(interrupt.signal.aborted).toBe(true)
    expect(said).toHaveLength(1)
    expect(killed).toBe(0)
    request()
    expect(killed).toBe(1)
    interrupt.end()
    expect(listening).toBe(false)
  })
})
