import { type Diagnostic, parseBytes, parseDuration } from '../base/index.ts'
import { type Budget, type BudgetTarget, budgetTargets } from './budgets.ts'

/** Budgets by name of the workflow. */
export type Budgets = Readonly<Record<string, Budget>>

/**
 * Reads the text of a workspace's budgets: `{ "orders": { "wall": "200ms", "peakHeap": "64MiB" } }`. Never throws; what is
 * wrong is in the diagnostics (`budgets.*`), and the rest is read all the same.
 */
export function parseBudgets(text: string): { readonly budgets: Budgets; readonly diagnostics: readonly Diagnostic[] } {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    const message = `The budgets are no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`
    return { budgets: {}, diagnostics: [problem('budgets.no-json', message, 'Mend the file, or delete it.')] }
  }
  if (!isObject(document)) {
    const mend = 'Write { "workflow": { "wall": "200ms" } }.'
    return { budgets: {}, diagnostics: [problem('budgets.no-object', 'The budgets are no object.', mend)] }
  }
  const diagnostics: Diagnostic[] = []
  const budgets = Object.entries(document).map(([workflow, written]) => {
    if (isObject(written)) return [workflow, parseBudget(workflow, written, diagnostics)] as const
    const mend = 'Write { "wall": "200ms" }.'
    diagnostics.push(problem('budgets.no-object', `The budget of '${workflow}' is no object.`, mend))
    return [workflow, {}] as const
  })
  return { budgets: Object.fromEntries(budgets), diagnostics }
}

/** The text that {@link parseBudgets} reads the same budgets from: workflows in alphabetical order, empty budgets left out. */
export function printBudgets(budgets: Budgets): string {
  const names = Object.keys(budgets).sort()
  const written = names.flatMap((name) => {
    const targets = budgetTargets.flatMap(({ target }) => {
      const value = budgets[name]![target]
      return value === undefined ? [] : [[target, printBudgetValue(target, value)] as const]
    })
    return targets.length === 0 ? [] : [[name, Object.fromEntries(targets)] as const]
  })
  return `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`
}

/** `'200ms'` in nanoseconds or `'64MiB'` in bytes, as the target asks; `undefined` where the text is no such value. */
export function parseBudgetValue(target: BudgetTarget, text: string): number | undefined {
  if (unitOf(target) === 'bytes') return parseBytes(text)
  const milliseconds = parseDuration(text)
  return milliseconds === undefined ? undefined : Number((milliseconds * 1e6).toPrecision(15))
}

/** The shortest text, 200ms rather than 0.2s, that {@link parseBudgetValue} reads the same value from, in whole nanoseconds or bytes. */
export function printBudgetValue(target: BudgetTarget, value: number): string {
  const whole = Math.max(1, Math.round(value))
  const texts = units[unitOf(target)].map(([symbol, size]) => `${decimal(whole / size)}${symbol}`)
  const exact = texts.filter((text) => parseBudgetValue(target, text) === whole)
  const length = (text: string) => text.length + (text.startsWith('0.') ? 10 : 0)
  return exact.sort((left, right) => length(left) - length(right))[0] ?? texts[0]!
}

const units: Readonly<Record<'ns' | 'bytes', ReadonlyArray<readonly [symbol: string, size: number]>>> = {
  ns: [
    ['ms', 1e6],
    ['s', 1e9],
    ['min', 60e9],
    ['h', 3600e9],
  ],
  bytes: [
    ['B', 1],
    ['KiB', 1024],
    ['MiB', 1024 ** 2],
    ['GiB', 1024 ** 3],
    ['KB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
  ],
}

function parseBudget(workflow: string, written: Readonly<Record<string, unknown>>, diagnostics: Diagnostic[]): Budget {
  const budget: { -readonly [Target in BudgetTarget]?: number } = {}
  for (const [name, text] of Object.entries(written)) {
    const known = budgetTargets.find(({ target }) => target === name)
    if (!known) {
      const there = budgetTargets.map(({ target }) => target).join(', ')
      const message = `The budget of '${workflow}' has a target '${name}', which there is not.`
      diagnostics.push(problem('budgets.unknown-target', message, `Targets are ${there}.`))
      continue
    }
    const value = typeof text === 'string' ? parseBudgetValue(known.target, text) : undefined
    if (value === undefined) {
      const example = known.unit === 'ns' ? '"200ms"' : '"64MiB"'
      const message = `The budget of '${workflow}' has no value for '${name}' that can be read.`
      diagnostics.push(problem('budgets.no-value', message, `Write a value with its unit, such as ${example}.`))
    } else budget[known.target] = value
  }
  return budget
}

/** Without an exponent, which nobody writes in a budget. */
function decimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '')
}

function unitOf(target: BudgetTarget): 'ns' | 'bytes' {
  return budgetTargets.find((known) => known.target === target)!.unit
}

function problem(code: string, message: string, mend: string): Diagnostic {
  return { severity: 'error', code, message, mend }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
