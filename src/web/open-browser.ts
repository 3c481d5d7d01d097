import { spawn } from 'node:child_process'

/** What there is to open a browser with, so that tests can say. */
export interface Desktop {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
}

/**
 * The command that opens an address in the user's own browser; `undefined` where there is nobody in front of this machine's screen,
 * or no screen. No shell is between, so that nothing in an address means anything to one.
 */
export function browserCommand(address: string, { platform, variables }: Desktop): readonly string[] | undefined {
  const isSet = (...names: readonly string[]) => names.some((name) => Boolean(variables[name]))
  if (isSet('CI')) return undefined
  if (isSet('WSL_DISTRO_NAME')) return ['wslview', address]
  if (platform === 'linux' || platform.endsWith('bsd')) {
    return isSet('DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER') ? ['xdg-open', address] : undefined
  }
  // Over SSH a browser would open in front of somebody else.
  if (isSet('SSH_CONNECTION', 'SSH_TTY')) return undefined
  if (platform === 'darwin') return ['open', address]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address]
  return undefined
}

/** Opens an address in the user's browser. Resolves with whether there was something to open it with; never throws. */
export function openBrowser(
  address: string,
  desktop: Desktop = { platform: process.platform, variables: process.env },
): Promise<boolean> {
  const [program, ...values] = browserCommand(address, desktop) ?? []
  if (program === undefined) return Promise.resolve(false)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(program, values, { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('spawn', () => resolve(true))
  child.once('error', () => resolve(false))
  child.unref()
  return promise
}
