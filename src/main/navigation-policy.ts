import { appScheme } from './app-protocol.ts'

/** Whether the window may go to `url`: only to its own pages. Everything else is denied; nothing is opened elsewhere. */
export function mayNavigate(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${appScheme}:` && host === 'strobe' && username === '' && password === ''
}
