// Runs before anything that needs the project's packages, as `require-node.mjs` does for Node.
import './require-node.mjs'
import { existsSync } from 'node:fs'

if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  console.error('The packages of Strobe are not installed: run "npm ci" in its folder, then try again.')
  process.exit(1)
}
