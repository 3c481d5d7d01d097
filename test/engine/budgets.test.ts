import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBudgets, writeBudget } from '../../src/engine/budgets.ts'

describe('the budgets of a workspace', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'strobe-budgets-'))

  it('are none where there is no file', () => {
    expect(readBudgets(folder())).toEqual({})
  })

  it('are kept beside the source, one workflow at a time, and nothing else is left there', () => {
    const workspace = folder()
    writeBudget(workspace, 'orders', { wall: 200e6 })
    expect(writeBudget(workspace, 'fit', { peakHeap: 1024 })).toEqual({
      orders: { wall: 200e6 },
      fit: { peakHeap: 1024 },
    })
    expect(readBudgets(workspace)).toEqual({ fit: { peakHeap: 1024 }, orders: { wall: 200e6 } })
    expect(readdirSync(workspace)).toEqual(['strobe.budgets.json'])
  })

  it('are taken away by an empty one', () => {
    const workspace = folder()
    writeBudget(workspace, 'orders', { wall: 200e6 })
    expect(writeBudget(workspace, 'orders', {})).toEqual({})
  })

  it('are not written over where they cannot be read', () => {
    const workspace = folder()
    const text = '{"orders": {"wall": "fast"}}'
    writeFileSync(join(workspace, 'strobe.budgets.json'), text)
    expect(() => writeBudget(workspace, 'fit', { wall: 1e6 })).toThrow(
      expect.objectContaining({ code: 'engine.bad-budgets', message: expect.stringContaining('"200ms"') }),
    )
    expect(readFileSync(join(workspace, 'strobe.budgets.json'), 'utf8')).toBe(text)
  })
})
