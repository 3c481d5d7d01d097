/** The event by which a page asks for a folder; cancelled where the system's own dialog is shown instead of the page's. */
export const choosesFolder = 'strobe-choose-folder'

/** What a page wants to be told when something that took long has ended; `undefined` for messages that are about something else. */
export function notificationOf(data: unknown): { title: string; body: string } | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { strobe, title, body } = data as Record<string, unknown>
  if (strobe !== 'notify' || typeof title !== 'string' || typeof body !== 'string') return undefined
  return { title: title.slice(0, 100), body: body.slice(0, 300) }
}

/** The theme that a page shows, from the attribute by which it says so. */
export function themeOf(attribute: string | undefined): 'system' | 'light' | 'dark' {
  return attribute === 'light' || attribute === 'dark' ? attribute : 'system'
}
