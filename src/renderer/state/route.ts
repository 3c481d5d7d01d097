import { createStore } from 'zustand/vanilla'

/** The screens, in the order of the rail. */
export const screenNames = ['workspace', 'run', 'cycle', 'compare', 'advice', 'report'] as const
export type ScreenName = (typeof screenNames)[number]

/** Where the user is: a screen, what it shows, and what is selected in it. */
export interface Route {
  readonly screen: ScreenName
  /** Of the run (run, cycle), experiment (compare) or recommendation (advice) that it shows. */
  readonly id?: string
  /** Selection: `span`, `from`, `to`, `path`, ... as the screen knows them. */
  readonly query: Readonly<Record<string, string>>
}

/** The address of a route, from `#`: `#/run/r12?from=10&to=20`. */
export function hashOf({ screen, id, query }: Route): string {
  const search = new URLSearchParams(query).toString()
  return `#/${screen}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${search === '' ? '' : `?${search}`}`
}

/** The route of an address; whatever is no address of a screen is the workspace. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [name = '', id] = path.split('/')
  const screen = screenNames.find((known) => known === name)
  const query = Object.fromEntries(new URLSearchParams(search))
  if (!screen) return { screen: 'workspace', query: {} }
  return { screen, ...(id ? { id: decode(id) } : {}), query }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

interface RouteState {
  readonly route: Route
  /** The last thing that each screen showed, so that the rail goes back to it. */
  readonly last: Readonly<Partial<Record<ScreenName, Route>>>
}

export const routeStore = createStore<RouteState>()(() => ({ route: { screen: 'workspace', query: {} }, last: {} }))

/** Goes to a route; `replace` changes the selection without a step in the history. */
export function goTo(
  route: Omit<Route, 'query'> & { query?: Route['query'] },
  options: { replace?: boolean } = {},
): void {
  const hash = hashOf({ query: {}, ...route })
  if (options.replace) history.replaceState(null, '', hash)
  else if (hash !== location.hash) history.pushState(null, '', hash)
  follow()
}

/** Changes the selection of the screen that is shown; `undefined` takes a part away. */
export function select(query: Readonly<Record<string, string | undefined>>): void {
  const { route } = routeStore.getState()
  const kept = Object.entries({ ...route.query, ...query }).filter(
    (part): part is [string, string] => part[1] !== undefined,
  )
  goTo({ ...route, query: Object.fromEntries(kept) }, { replace: true })
}

/** Goes to what a screen showed last. */
export function goToScreen(screen: ScreenName): void {
  goTo(routeStore.getState().last[screen] ?? { screen, query: {} })
}

/** Goes to the start, and forgets what each screen showed: what it showed is not there any more. */
export function forgetPlaces(): void {
  routeStore.setState({ last: {} })
  goTo({ screen: 'workspace' })
}

/** Begins to follow the address bar and the back button. */
export function followAddress(): void {
  addEventListener('popstate', follow)
  addEventListener('hashchange', follow)
  follow()
}

function follow(): void {
  const route = routeOf(location.hash)
  routeStore.setState(({ last }) => ({ route, last: { ...last, [route.screen]: route } }))
}
