import type {
  ConnectionState,
  EventName,
  JobState,
  MethodName,
  PayloadOf,
  ResultOf,
  StudioClient,
  StudioState,
} from '../../src/protocol/index.ts'

type Answers = { readonly [Name in MethodName]?: (params: never) => ResultOf<Name> | Promise<ResultOf<Name>> }

/** A client without an engine: answers what it is told to, tells what the test tells. */
export class FakeStudio implements StudioClient {
  state: ConnectionState
  readonly problem = undefined
  /** Every call, in order. */
  readonly calls: Array<{ readonly name: string; readonly params: unknown }> = []
  answers: Answers
  readonly #listeners = new Map<string, Set<(payload: never) => void>>()
  readonly #stateListeners = new Set<(state: ConnectionState) => void>()

  constructor(answers: Answers = {}, state: ConnectionState = 'open') {
    this.answers = { 'studio.state': () => studioState(), 'jobs.list': () => [], ...answers }
    this.state = state
  }

  async call(name: string, params: unknown): Promise<never> {
    this.calls.push({ name, params })
    const answer = this.answers[name as MethodName]
    if (!answer) throw new Error(`The test does not say what ${name} answers.`)
    return (await answer(params as never)) as never
  }

  on(name: string, listener: (payload: never) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  close(): void {}

  tell<Name extends EventName>(name: Name, payload: PayloadOf<Name>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never)
  }

  become(state: ConnectionState): void {
    this.state = state
    for (const listener of this.#stateListeners) listener(state)
  }

  /** How many listen to anything. */
  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, this.#stateListeners.size)
  }
}

export function studioState(path = '/home/ada/shop', trusted = true): StudioState {
  const workspace = { path, name: path.split('/').at(-1)!, trusted, samples: false }
  return { version: '0.1.0', workspace, recent: [] }
}

export function jobState(over: Partial<JobState> = {}): JobState {
  return {
    ...{ id: 'j1', request: { kind: 'compare', file: 'orders.workflow.ts' }, title: 'Comparing orders' },
    ...{ status: 'running', startedAt: 1000, endedAt: null, progress: {}, result: {} },
    ...over,
  }
}

/** Lets promises that are settled be heard. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
