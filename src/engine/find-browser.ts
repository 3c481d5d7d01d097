import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a search for a browser depends on, so that tests can say what there is. */
export interface BrowserSearch {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly isProgram: (path: string) => boolean
}

/** A browser, or why there is none. */
export type FoundBrowser = { readonly path: string } | { readonly missing: string }

const names = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  ...['msedge', 'microsoft-edge', 'microsoft-edge-stable'],
]

/** Below the folder of programs, where installers put them. */
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

const advice =
  'Install Chromium, Chrome or Edge, or name the program in STROBE_CHROMIUM; or take HTML and print it from any browser.'

/**
 * The Chromium that this machine has, by path: what `STROBE_CHROMIUM` names and nothing else where that is set; else
 * what `CHROME_PATH` names; else by the usual names in `PATH`; else where installers of the platform put it.
 */
export function findBrowser(search: BrowserSearch = thisMachine): FoundBrowser {
  const { variables, isProgram } = search
  const named = variables.STROBE_CHROMIUM
  if (named) {
    if (isProgram(named)) return { path: named }
    return { missing: `STROBE_CHROMIUM names ${named}, and that is no program. Name a Chromium, or take HTML.` }
  }
  const path = [variables.CHROME_PATH ?? '', ...inPath(search), ...installed(search)].find(
    (candidate) => candidate !== '' && isProgram(candidate),
  )
  return path === undefined ? { missing: `A PDF needs a Chromium, and there is none here. ${advice}` } : { path }
}

function inPath({ platform, variables }: BrowserSearch): string[] {
  const folders = (variables.PATH ?? variables.Path ?? '').split(delimiter).filter((folder) => folder !== '')
  const suffix = platform === 'win32' ? '.exe' : ''
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)))
}

function installed({ platform, variables }: BrowserSearch): string[] {
  if (platform === 'darwin') {
    const roots = ['/Applications', join(variables.HOME ?? '/', 'Applications')]
    return macPrograms.flatMap((name) => roots.map((root) => join(root, `${name}.app`, 'Contents', 'MacOS', name)))
  }
  if (platform === 'win32') {
    const roots = [variables.PROGRAMFILES, variables['PROGRAMFILES(X86)'], variables.LOCALAPPDATA]
    return windowsPrograms.flatMap((parts) => roots.flatMap((root) => (root ? [join(root, ...parts)] : [])))
  }
  return ['/usr/bin/chromium', '/usr/bin/google-chrome', '/snap/bin/chromium', '/opt/google/chrome/chrome']
}

const thisMachine: BrowserSearch = {
  platform: process.platform,
  variables: process.env,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  },
}
