import { electronFolder, findElectron } from '../../../scripts/electron-binary.mjs'
import { findBrowser } from '../../../src/engine/find-browser.ts'

/** The Chromium to look with, as reports are printed with; `undefined` where there is none. */
export function findChromium(): string | undefined {
  const found = findBrowser()
  return 'path' in found ? found.path : undefined
}

/** Electron's binary where it was fetched; looking for it never fetches it. */
export function electronBinary(): string | undefined {
  return findElectron(electronFolder(), process.env)
}
