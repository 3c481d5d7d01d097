// Starts the command line from the source tree: `npm run -s strobe -- …`, `node scripts/strobe.mjs …`.
import './require-node.mjs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, projectRoot } from './build.mjs'

await start()

async function start() {
  if (!existsSync(join(projectRoot, 'node_modules'))) {
    console.error(`Strobe's packages are not installed: run "npm ci" in ${projectRoot}, then try again.`)
    process.exitCode = 1
    return
  }
  try {
    await ensureBuilt()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
    return
  }
  // `npm run` starts scripts in the project's folder; paths that the user typed are relative to where they were typed.
  const typedIn = process.env.INIT_CWD
  const byOwnScript = process.env.npm_package_json === join(projectRoot, 'package.json')
  if (typedIn !== undefined && byOwnScript && process.cwd() === projectRoot) process.chdir(typedIn)
  const cli = join(projectRoot, 'out/main/cli.js')
  process.argv[1] = cli
  await import(pathToFileURL(cli).href)
}
