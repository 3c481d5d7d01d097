// Before anything is painted: the theme that was chosen, as state/preferences.ts remembers it. It is no module, so that
// the page waits for it and does not begin in the other theme.
try {
  const { theme } = JSON.parse(localStorage.getItem('strobe.preferences') ?? '{}').state ?? {}
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Nothing readable is remembered: the system's theme it is.
}
