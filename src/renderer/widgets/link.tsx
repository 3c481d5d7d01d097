import type { AnchorHTMLAttributes } from 'react'
import { hashOf, type Route } from '../state/route.ts'

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** Where it leads within the studio. */
  readonly to: Omit<Route, 'query'> & { readonly query?: Route['query'] }
}

/** Leads to a screen and what it shows: a real address, which can be copied and opened beside. */
export function Link({ to, ...rest }: LinkProps) {
  return <a href={hashOf({ query: {}, ...to })} {...rest} />
}
