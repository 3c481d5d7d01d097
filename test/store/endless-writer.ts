// Stores runs without end and says the id of each once it is stored: the test kills this process.
import { openStore } from '../../src/store/index.ts'
import { sampleRecord, sampleTrace } from '../trace/sample-run.ts'

const [workspace = '', name = ''] = process.argv.slice(2)
const store = openStore(workspace)
for (let number = 0; ; number++) {
  const id = `r${name}-${number}`
  store.importRun(sampleRecord({ id }), sampleTrace(2000))
  process.stdout.write(`${id}\n`)
}
