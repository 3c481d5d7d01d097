/** A file of a new workspace: its path relative to the workspace, and its text. */
export interface WorkspaceFile {
  readonly path: string
  readonly content: string
}

/**
 * The files that make a folder a workspace: settings for the editor, a first workflow, an ignore file, and a package.json
 * that makes its modules ES modules. The types are paths of declaration files, absolute or relative to the workspace.
 * Writes nothing; what to do with files that are there already is the caller's decision.
 */
export function workspaceFiles(types: {
  readonly strobeTypes: string
  readonly toolkitTypes: string
}): readonly WorkspaceFile[] {
  return [
    { path: 'tsconfig.json', content: tsconfig(types.strobeTypes, types.toolkitTypes) },
    { path: 'package.json', content: '{\n  "private": true,\n  "type": "module"\n}\n' },
    { path: '.gitignore', content: '.strobe/\nnode_modules/\n' },
    { path: 'first.workflow.ts', content: firstWorkflow },
  ]
}

/** What `paths` of a tsconfig.json needs for the types of workflows. */
export function typePathsOf(types: {
  readonly strobeTypes: string
  readonly toolkitTypes: string
}): Readonly<Record<string, readonly string[]>> {
  return { strobe: [toPath(types.strobeTypes)], 'strobe/toolkit': [toPath(types.toolkitTypes)] }
}

function tsconfig(strobeTypes: string, toolkitTypes: string): string {
  return `{
  // For the editor and for tsc; Strobe itself runs workflows without it.
  "compilerOptions": {
    "target": "ESNext",
    // WebWorker declares what a workflow has at hand: fetch, timers, AbortSignal. For Node's own modules,
    // install @types/node and add "types": ["node"].
    "lib": ["ESNext", "WebWorker"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": true,
    "isolatedModules": true,
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "skipLibCheck": true,
    "noEmit": true,
    "paths": {
      "strobe": [${JSON.stringify(toPath(strobeTypes))}],
      "strobe/toolkit": [${JSON.stringify(toPath(toolkitTypes))}]
    }
  }
}
`
}

/** As `paths` wants it: forward slashes, and a dot before what is relative. */
function toPath(path: string): string {
  const slashed = path.replaceAll('\\', '/')
  return /^(\/|[A-Za-z]:|\.\.?\/)/.test(slashed) ? slashed : `./${slashed}`
}

const firstWorkflow = `import { knob, workflow } from 'strobe'

// Fits a line through noisy points, of which a service says how far each can be trusted.
//
//   strobe run first.workflow.ts         where did the time go?
//   strobe compare first.workflow.ts     is the variant 'overlapped' faster, and how sure are we?
//   strobe advise first.workflow.ts      what to do next?

interface Point {
  readonly x: number
  readonly y: number
}

export default workflow('first', { params: { points: 100 } })
  .task('points', { effects: 'pure' }, ({ params, random }) =>
    Array.from({ length: params.points }, (): Point => {
      const x = 2 * random() - 1
      return { x, y: 3 * x + 1 + 0.1 * (random() - 0.5) }
    }),
  )
  .map(
    'trust',
    { over: 'points', effects: 'read-only', knobs: { concurrency: knob.integer(1, { min: 1, max: 32 }) } },
    async (point) => {
      // Stands for a request to a service. Put your own here.
      await new Promise((resolve) => setTimeout(resolve, 1))
      return 1 / (1 + point.x ** 2)
    },
  )
  .cycle('fit', { from: ['points', 'trust'] }, (cycle) =>
    cycle
      .start(() => ({ slope: 0, offset: 0 }))
      .task('step', { from: ['points', 'trust'], effects: 'pure' }, ({ points, trust, state }) => {
        let slope = 0
        let offset = 0
        let loss = 0
        for (const [index, { x, y }] of points.entries()) {
          const weight = (trust[index] ?? 0) / points.length
          const error = state.slope * x + state.offset - y
          slope -= weight * error * x
          offset -= weight * error
          loss += weight * error ** 2
        }
        return { line: { slope: state.slope + slope, offset: state.offset + offset }, loss }
      })
      .next(({ step }) => step.line)
      .metric('loss', ({ step }) => step.loss, { goal: 'minimise' })
      .until(({ metric }) => metric < 0.001)
      .limits({ maxIterations: 200, timeout: '10s' }),
  )
  .result(({ fit }) => fit.state, { tolerance: 1e-9 })
  .variant('overlapped', { trust: { concurrency: 16 } })
`
