import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { findChromium } from './binaries.ts'
import type { RunningStudio, ShellOptions } from './shell.ts'

const entry = join(import.meta.dirname, '../../../out/main/web.js')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** The browser shell, looked at with the Chromium of this machine. */
export async function startWeb({
  workspace,
  data,
  theme = 'light',
  trust = false,
}: ShellOptions): Promise<RunningStudio> {
  const folder = workspace === undefined ? ['--samples'] : [workspace]
  const args = [entry, '--json', '--no-open', '--with-parent', '--data', data, ...(trust ? ['--trust'] : []), ...folder]
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
  const { address, pid } = JSON.parse(line) as { address: string; pid: number }
  const browser = await chromium.launch({ executablePath: findChromium()!, args: flags })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme })
  const page = await context.newPage()
  await page.goto(address)
  return {
    page,
    killEngine: () => process.kill(pid, 'SIGKILL'),
    close: async () => {
      await browser.close()
      if (server.exitCode !== null || server.signalCode !== null) return
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}
