import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sampleTrace } from '../trace/sample-run.ts'
import { temporaryStore, temporaryWorkspace } from './workspace.ts'

it('every run that was stored is there after the writer was killed', async () => {
  const workspace = temporaryWorkspace()
  const writer = fileURLToPath(new URL('./endless-writer.ts', import.meta.url))
  for (const limit of [1, 4, 9]) {
    const child = spawn(process.execPath, [writer, workspace, String(limit)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    const acknowledged: string[] = []
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line)
        if (acknowledged.length === limit) child.kill('SIGKILL')
      }
    } finally {
      child.kill('SIGKILL')
      await exited
    }
    const store = temporaryStore(workspace)
    expect(acknowledged.length).toBeGreaterThanOrEqual(limit)
    expect(store.checkIntegrity()).toEqual([])
    for (const id of acknowledged) expect(store.traces.read(id), id).toEqual(sampleTrace(2000))
    // A run without its trace would be half of a transaction.
    for (const { id } of store.runs.list()) expect(store.traces.read(id), id).toBeDefined()
    store.close()
  }
})
