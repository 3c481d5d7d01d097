// Starts the command line from the source tree: `npm run -s strobe -- …`, `node scripts/strobe.mjs …`.
import './require-packages.mjs'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt, projectRoot } from './build.mjs'

await start()

async function start() {
  try {
    await ensureBuilt()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
    return
  }
  // `npm run` starts scripts in the project's folder; paths that the user typed are relative to where they were typed.
  const { INIT_CWD: typedIn, npm_package_json: manifest } = process.env
  const byOwnScript = manifest !== undefined && isProject(dirname(manifest)) && isProject(process.cwd())
  if (typedIn !== undefined && byOwnScript) process.chdir(typedIn)
  const cli = join(projectRoot, 'out/main/cli.js')
  process.argv[1] = cli
  await import(pathToFileURL(cli).href)
}

/** @param {string} folder */
function isProject(folder) {
  return existsSync(folder) && realpathSync(folder) === realpathSync(projectRoot)
}
