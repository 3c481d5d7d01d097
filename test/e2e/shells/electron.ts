import { join } from 'node:path'
import { _electron as electron } from '@playwright/test'
import { electronBinary } from './binaries.ts'
import type { RunningStudio, ShellOptions } from './shell.ts'

const root = join(import.meta.dirname, '../../..')

/** The desktop app, from its build. */
export async function startElectron({ workspace, data, theme = 'light' }: ShellOptions): Promise<RunningStudio> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await electron.launch({
    executablePath: electronBinary()!,
    args: [root, ...asRoot, `--user-data-dir=${data}`, ...(workspace === undefined ? [] : [workspace])],
    colorScheme: theme,
  })
  const page = await app.firstWindow()
  return {
    page,
    killEngine: () => {
      // The utility process that has the engine in it: found by its name, ended by its id.
      void app.evaluate(({ app: main }) => {
        const engine = main.getAppMetrics().find(({ serviceName, name }) => `${serviceName} ${name}`.includes('engine'))
        if (engine) process.kill(engine.pid, 'SIGKILL')
      })
    },
    close: () => app.close(),
  }
}
