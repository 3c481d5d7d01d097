import { describe, expect, it } from 'vitest'
import { jobRequest } from '../../src/protocol/index.ts'
import {
  draftExperiment,
  type ExperimentDraft,
  newDraft,
} from '../../src/renderer/screens/workspace/experiment-draft.ts'
import {
  estimateExperiment,
  findsText,
  timeText,
  trialFacts,
} from '../../src/renderer/screens/workspace/experiment-estimate.ts'
import { listKnobs, patchOfSettings, readKnobValue } from '../../src/renderer/screens/workspace/knob-list.ts'
import { paramKind, paramText, readParams } from '../../src/renderer/screens/workspace/param-values.ts'
import { knob, type WorkflowDescription } from '../../src/workflow/index.ts'

const second = 1e9
const phases = { threadStart: 0.1 * second, moduleLoad: 0.1 * second, resourcesOpen: null, resourcesClose: 0 }

describe('the estimate of an experiment', () => {
  const runs = [
    { variant: 'baseline', value: 1 * second },
    { variant: 'baseline', value: 3 * second },
    { variant: 'baseline', value: null },
    { variant: 'batched', value: 0.8 * second },
  ]

  it('is blocks × the sum over the arms of value and overhead, the warm-up block with it', () => {
    const facts = trialFacts(runs, phases, [])
    const estimate = estimateExperiment({ preset: 'quick', variants: ['baseline', 'batched'] }, facts)!
    // A block is 2 + 0.8 s of workflow and 2 × 0.2 s around it; Quick looks after 8 blocks and stops after 16.
    expect(estimate.time!.least).toBeCloseTo(9 * 3.2 * second)
    expect(estimate.time!.most).toBeCloseTo(17 * 3.2 * second)
    expect(timeText(estimate)).toBe('About 29 s to 54 s')
  })

  it('counts the control arm, repetitions, and a cap of one’s own', () => {
    const facts = trialFacts(runs, phases, [])
    const request = {
      preset: 'quick',
      variants: ['baseline', 'batched'],
      controlArm: true,
      repeats: 10,
      maxBlocks: 8,
    } as const
    const { time } = estimateExperiment(request, facts)!
    expect(time!.least).toBeCloseTo(9 * (20 + 8 + 20 + 0.6) * second)
    expect(time!.most).toBe(time!.least)
  })

  it('takes a variant that never ran to be as slow as the slowest that did', () => {
    const facts = trialFacts(runs, undefined, [])
    const { time } = estimateExperiment({ preset: 'quick', variants: ['baseline', 'new'] }, facts)!
    expect(time!.least).toBeCloseTo(9 * 4 * second)
  })

  it('says that nothing is known where nothing is', () => {
    const estimate = estimateExperiment({ preset: 'standard', variants: ['a', 'b'] }, trialFacts([], undefined, []))!
    expect(estimate.time).toBeNull()
    expect(estimate.finds).toBeNull()
    expect(timeText(estimate)).toMatch(/^Nothing ran yet/)
  })

  it('finds less with fewer blocks, and says from what on', () => {
    const ranking = [{ state: null }, { state: { sigma: 0.05 } }] as never
    const facts = trialFacts(runs, phases, [{ ranking: [] }, { ranking }])
    const finds = (preset: 'quick' | 'standard' | 'rigorous') =>
      estimateExperiment({ preset, variants: ['baseline', 'batched'] }, facts)!.finds!
    expect(finds('quick')).toBeGreaterThan(finds('standard'))
    expect(finds('standard')).toBeGreaterThan(finds('rigorous'))
    const estimate = estimateExperiment({ preset: 'quick', variants: ['baseline', 'batched'] }, facts)!
    expect(findsText(estimate)).toMatch(/^Finds changes from about \d/)
  })

  it('is none for a single variant', () => {
    expect(estimateExperiment({ preset: 'quick', variants: ['baseline'] }, trialFacts(runs, phases, []))).toBeNull()
  })
})

describe('an estimated time', () => {
  it('is no more precise than it can be', () => {
    const text = (least: number, most: number) =>
      timeText({ time: { least: least * second, most: most * second } } as never)
    expect(text(0.2, 59)).toBe('About 1 s to 1 min')
    expect(text(64, 66)).toBe('About 1 min to 1 min 10 s')
    expect(text(599, 3700)).toBe('About 10 min to 1 h 02 min')
    expect(text(20, 20)).toBe('About 20 s')
  })
})

describe('knobs of a variant of one’s own', () => {
  const description = {
    runKnobs: { maxConcurrency: knob.integer(8, { min: 1, max: 64 }) },
    resources: [{ name: 'db', use: [], knobs: { mode: knob.choice('one', ['one', 'many']) } }],
    nodes: [
      { path: 'fit', knobs: {}, nodes: [{ path: 'fit/step', knobs: { fast: knob.boolean(false) } }] },
      { path: 'quotes', knobs: { rate: knob.number(0.5, { min: 0, max: 1 }) } },
    ],
  } as unknown as WorkflowDescription
  const knobs = listKnobs(description)

  it('are those of all nodes, resources and the run', () => {
    expect(knobs.map(({ title }) => title)).toEqual(['fit/step.fast', 'quotes.rate', 'db.mode', 'run.maxConcurrency'])
  })

  it('make a patch by address, and its name', () => {
    const made = patchOfSettings(knobs, [
      { title: 'quotes.rate', text: '0.25' },
      { title: '', text: '' },
      { title: 'fit/step.fast', text: 'true' },
    ])
    expect(made.patch).toEqual({ quotes: { rate: 0.25 }, 'fit/step': { fast: true } })
    expect(made.name).toBe('quotes.rate=0.25 fit/step.fast=true')
    expect(made.errors.size).toBe(0)
  })

  it('are refused out of their range, and twice', () => {
    const { errors } = patchOfSettings(knobs, [
      { title: 'run.maxConcurrency', text: '65' },
      { title: 'quotes.rate', text: '' },
      { title: 'db.mode', text: 'few' },
      { title: 'db.mode', text: 'many' },
    ])
    expect([...errors]).toEqual([
      [0, 'It takes 1 to 64.'],
      [1, 'It takes a number from 0 to 1.'],
      [2, 'It takes one of one, many.'],
      [3, 'It is set twice.'],
    ])
    expect(readKnobValue(knob.integer(1, { min: 1, max: 4 }), '1.5')).toHaveProperty('error')
  })
})

describe('params as they are entered', () => {
  const defaults = { limit: 500, region: 'north', strict: false, weights: [1, 2], since: null }

  it('have a field by the type of their default', () => {
    expect(Object.values(defaults).map(paramKind)).toEqual(['number', 'text', 'boolean', 'json', 'json'])
    expect(Object.values(defaults).map(paramText)).toEqual(['500', 'north', 'false', '[1,2]', 'null'])
  })

  it('are sent only where they differ from their default', () => {
    const texts = { limit: '500', region: 'south', strict: 'true', weights: '[3]', since: '"2026"' }
    expect(readParams(defaults, texts)).toEqual({
      params: { region: 'south', strict: true, weights: [3], since: '2026' },
      errors: {},
    })
  })

  it('say what is wrong', () => {
    const { params, errors } = readParams(defaults, { limit: 'many', weights: '[1' })
    expect(params).toEqual({})
    expect(Object.keys(errors)).toEqual(['limit', 'weights'])
  })
})

describe('an experiment that is put together', () => {
  const description = {
    params: { limit: 500 },
    runKnobs: {},
    resources: [],
    nodes: [{ path: 'quotes', knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) } }],
    variants: [{ name: 'wide', patch: { quotes: { concurrency: 16 } } }],
  } as unknown as WorkflowDescription
  const first = newDraft('standard')

  it('is of all declared variants at first, and asks for nothing else', () => {
    const { request, variants, errors } = draftExperiment('orders.workflow.ts', description, first)
    expect(request).toEqual({
      kind: 'compare',
      file: 'orders.workflow.ts',
      variants: ['baseline', 'wide'],
      preset: 'standard',
    })
    expect(variants).toEqual(['baseline', 'wide'])
    expect(errors).toEqual({})
  })

  it('is one that the contract takes, whatever was set', () => {
    const draft: ExperimentDraft = {
      ...{
        ticked: new Set(['wide']),
        own: [{ id: 1, name: '', settings: [{ title: 'quotes.concurrency', text: '8' }] }],
      },
      ...{ preset: 'rigorous', metric: 'cpu', goal: 'direction', isolation: 'repeats', controlArm: 'no' },
      ...{ disturbed: 'flag', repeats: '20', rope: '5 %', maxBlocks: '40', timeBudget: '2min', seed: '7' },
      ...{ samples: true, params: { limit: '200' } },
    }
    const { request, errors } = draftExperiment('orders.workflow.ts', description, draft)
    expect(errors).toEqual({})
    expect(request).toEqual({
      ...{ kind: 'compare', file: 'orders.workflow.ts', preset: 'rigorous', metric: 'cpu', goal: 'direction' },
      variants: ['wide', { name: 'quotes.concurrency=8', patch: { quotes: { concurrency: 8 } } }],
      ...{ isolation: 'repeats', controlArm: false, disturbed: 'flag', repeats: 20, rope: 0.05, maxBlocks: 40 },
      ...{ timeBudget: 120_000, seed: 7, params: { limit: 200 } },
    })
    expect(jobRequest.parse(request)).toEqual(request)
  })

  it('says what is wrong, by its field', () => {
    const draft = {
      ...first,
      ticked: new Set(['wide']),
      rope: '0',
      seed: '-1',
      timeBudget: '5',
      params: { limit: 'x' },
    }
    const { errors } = draftExperiment('orders.workflow.ts', description, draft)
    expect(Object.keys(errors).sort()).toEqual(['params.limit', 'rope', 'seed', 'timeBudget', 'variants'])
  })

  it('does not compare two of one name', () => {
    const own = [{ id: 1, name: 'wide', settings: [{ title: 'quotes.concurrency', text: '8' }] }]
    expect(draftExperiment('orders.workflow.ts', description, { ...first, own }).errors.variants).toContain('wide')
  })
})
