import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Budget, type Budgets, parseBudgets, printBudgets } from '../analysis/index.ts'
import { StrobeError } from '../base/index.ts'

/** Beside the source, not in `.strobe/`: budgets are agreed on by those who share it. */
const budgetsFile = 'strobe.budgets.json'

/** The budgets of a workspace, by name of the workflow; none where there is no file. Throws `engine.bad-budgets`. */
export function readBudgets(workspace: string): Budgets {
  const path = join(workspace, budgetsFile)
  const text = readText(path)
  if (text === undefined) return {}
  const { budgets, diagnostics } = parseBudgets(text)
  const [first] = diagnostics
  if (!first) return budgets
  throw new StrobeError('engine.bad-budgets', `${path}: ${first.message} ${first.mend ?? ''}`.trimEnd(), {
    data: { path, diagnostics },
  })
}

/**
 * Sets the budget of one workflow, an empty one takes it away, and gives all. The file is replaced as a whole or not at all.
 * Throws `engine.bad-budgets` where what is there cannot be read: it is somebody's work.
 */
export function writeBudget(workspace: string, workflow: string, budget: Budget): Budgets {
  const others = Object.entries(readBudgets(workspace)).filter(([name]) => name !== workflow)
  const budgets = Object.fromEntries([...others, ...(Object.keys(budget).length > 0 ? [[workflow, budget]] : [])])
  const path = join(workspace, budgetsFile)
  const next = `${path}.${process.pid}`
  writeFileSync(next, printBudgets(budgets))
  renameSync(next, path)
  return budgets
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
