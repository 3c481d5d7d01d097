import { htmlRendering } from './html.ts'
import { jsonRendering } from './json.ts'
import type { Rendering } from './rendering.ts'

export { renderHtml } from './html.ts'
export { renderJson } from './json.ts'
export type { Rendering } from './rendering.ts'

/** All renderings. Adding one is a file beside these, and a line here. */
export const renderings: readonly Rendering[] = [htmlRendering, jsonRendering]
