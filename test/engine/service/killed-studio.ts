import { openStudio } from '../../../src/engine/index.ts'
import { connectClient, directTransports, serveClient } from '../../../src/protocol/index.ts'

// A studio in a process of its own, to be killed: begins an experiment, and prints its id when something of it was measured.

const [dataDirectory = '', workspace = ''] = process.argv.slice(2)
const service = openStudio({ dataDirectory, workspace })
const client = connectClient(async () => {
  const [own, other] = directTransports()
  serveClient(other, service)
  return own
})
await client.call('workspace.trust', { trusted: true })
client.on('experiment', ({ id, trials }) => {
  if (trials.length >= 4) process.stdout.write(id)
})
const variants = [20, 21].map((pause) => ({ name: `v${pause}`, patch: { params: { pause } } }))
await client.call('jobs.start', { kind: 'compare', file: 'tiny.workflow.ts', variants, preset: 'rigorous' })
