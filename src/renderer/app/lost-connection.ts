/** What can be known of an engine that is out of reach, by asking for the page once more. */
export type Reach = 'there' | 'gone' | 'forgot-us'

/** Asks whoever served the page whether it still does. */
export async function probeEngine(): Promise<Reach> {
  try {
    const { ok } = await fetch(location.pathname, { cache: 'no-store' })
    return ok ? 'there' : 'forgot-us'
  } catch {
    return 'gone'
  }
}

/** What to do about it, in a sentence. */
export function adviceFor(reach: Exclude<Reach, 'there'>): string {
  return reach === 'gone'
    ? 'Strobe does not run any more: start it again, and open the address that it prints.'
    : 'Strobe was started anew and does not know this page: open the address that it printed.'
}
