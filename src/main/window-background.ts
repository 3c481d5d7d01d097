/**
 * What a window shows before its page does: the token `--paper` of the page's styles in both themes, so that nothing
 * flashes. A test holds it against `tokens.css`.
 */
const paper = { light: '#fcfcfd', dark: '#111315' }

/** The colour of an empty window. */
export function windowBackground(isDark: boolean): string {
  return isDark ? paper.dark : paper.light
}
