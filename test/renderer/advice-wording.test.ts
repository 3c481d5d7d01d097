import { describe, expect, it } from 'vitest'
import type { Prediction, Proof, Recommendation } from '../../src/advice/index.ts'
import type { AdviceEntry } from '../../src/protocol/index.ts'
import {
  againstPrediction,
  measuredEffect,
  predictionText,
  sortAdvice,
} from '../../src/renderer/screens/advice/advice-wording.ts'

const range = (low: number, high: number): Prediction => ({ kind: 'range', low, high, basis: 'a replay' })
const proof: Proof = { experimentId: 'x1', ratio: 0.5, low: 0.45, high: 0.55, verdict: 'faster' }

function entry(id: string, fields: Partial<Recommendation>, createdAt = 0): AdviceEntry {
  const recommendation = { status: 'open', prediction: range(0.5, 0.9), patch: {}, ...fields } as Recommendation
  return { id, workflow: 'orders', file: 'orders.workflow.ts', createdAt, recommendation }
}

describe('a measured gain beside its prediction', () => {
  it('is within, more or less than predicted', () => {
    expect(againstPrediction(range(0.4, 0.6), proof)).toBe('within the prediction')
    expect(againstPrediction(range(0.6, 0.9), proof)).toBe('more than predicted')
    expect(againstPrediction(range(0.2, 0.4), proof)).toBe('less than predicted')
  })

  it('says nothing where nothing was predicted, or something else was computed', () => {
    expect(againstPrediction({ kind: 'unknown', why: 'too few runs' }, proof)).toBeNull()
    expect(predictionText({ kind: 'unknown', why: 'too few runs' })).toBe('range unknown')
    const other: Proof = { ...proof, verdict: 'different-result' }
    expect(againstPrediction(range(0.4, 0.6), other)).toBeNull()
    expect(measuredEffect(other)).toBeNull()
    expect(measuredEffect(undefined)).toBeNull()
    expect(measuredEffect(proof)?.ratio).toBe(0.5)
  })
})

describe('the order of advice', () => {
  it('begins with what there is to do, the best case first, and what no knob can do after that', () => {
    const order = sortAdvice([
      entry('tried-long-ago', { status: 'proved', proof }, 1),
      entry('some', { prediction: range(0.7, 0.9) }),
      entry('by-hand', { patch: undefined as never, prediction: range(0.1, 0.2) }),
      entry('most', { prediction: range(0.3, 0.9) }),
      entry('tried', { status: 'refuted', proof }, 2),
    ])
    expect(order.map(({ id }) => id)).toEqual(['most', 'some', 'by-hand', 'tried', 'tried-long-ago'])
  })
})
