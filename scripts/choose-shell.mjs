/**
 * @typedef {object} ShellFacts what the choice between the two shells depends on
 * @property {'electron' | 'browser' | undefined} [asked] the one that was asked for
 * @property {boolean} hasPort whether a port was named, which only the browser shell has
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} variables of the environment
 * @property {boolean} isRoot
 * @property {string | undefined} [binary] Electron's program, where it is there
 * @property {string | undefined} [missing] why it could not be fetched, where that was tried
 */

/**
 * @typedef {{ shell: 'electron', binary: string } | { shell: 'browser', why: string } | { shell: 'fetch-electron' }
 *   | { shell: 'none', why: string }} ShellChoice `none`: what was asked for cannot be had
 */

/** How to get Electron's program. */
const advice = '"npx install-electron --no" fetches it.'

/**
 * The desktop app where it can be had, else the browser shell, and why. Looks at nothing itself: where it depends on whether
 * Electron's program can be fetched, it says so, and is asked again with what came of it.
 * @param {ShellFacts} facts
 * @returns {ShellChoice}
 */
export function chooseShell({ asked, hasPort, platform, variables, isRoot, binary, missing }) {
  if (asked === 'browser') return browser('as was asked for')
  if (asked === undefined && hasPort) return browser('as a port was named')
  const obstacle = obstacleOf(platform, variables, isRoot)
  if (obstacle === undefined && binary !== undefined) return { shell: 'electron', binary }
  if (obstacle === undefined && missing === undefined) return { shell: 'fetch-electron' }
  const why = obstacle ?? `as Electron's program is not here and could not be fetched (${missing}). ${advice}`
  return asked === 'electron' ? { shell: 'none', why } : browser(why)
}

/** @param {string} why @returns {ShellChoice} */
function browser(why) {
  return { shell: 'browser', why }
}

/**
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} variables
 * @param {boolean} isRoot
 */
function obstacleOf(platform, variables, isRoot) {
  if (platform !== 'linux') return undefined
  if (!variables.DISPLAY && !variables.WAYLAND_DISPLAY)
    return 'as there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY)'
  if (isRoot) return 'as Electron does not run as root'
  return undefined
}
