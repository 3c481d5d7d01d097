/** What the preload tells the main process, over the one channel `page`. */
export type PageMessage =
  /** The page listens: it may be given a port and what was asked for before. Sent again after each reload. */
  | { readonly type: 'ready' }
  /** Ask for a folder in the system's own dialog. */
  | { readonly type: 'choose-folder' }
  /** A file or folder was dropped on the window. */
  | { readonly type: 'open-path'; readonly path: string }
  /** Something that took long has ended. */
  | { readonly type: 'notify'; readonly title: string; readonly body: string }
  /** The theme that the page shows. */
  | { readonly type: 'theme'; readonly theme: Theme }

export type Theme = 'system' | 'light' | 'dark'

const longestPath = 4096
const longestTitle = 100
const longestBody = 300

/** A message of the page's, copied field by field; `undefined` for whatever is none. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, path, title, body, theme } = value as Record<string, unknown>
  switch (type) {
    case 'ready':
    case 'choose-folder':
      return { type }
    case 'open-path':
      return isText(path, longestPath) && path !== '' && !path.includes('\0') ? { type, path } : undefined
    case 'notify':
      return isText(title, longestTitle) && isText(body, longestBody) && title !== ''
        ? { type, title, body }
        : undefined
    case 'theme':
      return isTheme(theme) ? { type, theme } : undefined
    default:
      return undefined
  }
}

/** Whether a value names a theme. */
export function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark'
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest
}
