import type { BrowserWindowConstructorOptions } from 'electron'
import { windowBackground } from './window-background.ts'
import { smallestWindow, type WindowPlace, type WindowState } from './window-state.ts'

export interface WindowChoices {
  readonly preload: string
  readonly place: WindowPlace
  readonly state: WindowState
  readonly isDark: boolean
  /** File of the window's icon, where the platform does not take the app's. */
  readonly icon?: string
}

/** How a window is made: the page is sandboxed, isolated from the preload's world, and has no Node and no nested pages. */
export function windowOptions({ preload, place, state, isDark, icon }: WindowChoices): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Strobe',
    fullscreen: state.fullScreen,
    // Shown when the page has painted, on the page's own colour: nothing flashes.
    show: false,
    backgroundColor: windowBackground(isDark),
    ...(icon === undefined ? {} : { icon }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  }
}
