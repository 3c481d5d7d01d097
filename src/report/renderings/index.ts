import { csvRendering } from './csv.ts'
import { htmlRendering } from './html.ts'
import { jsonRendering } from './json.ts'
import { markdownRendering } from './markdown.ts'
import type { Rendering } from './rendering.ts'

export { columns as csvColumns } from './csv/columns.ts'
export { renderCsv } from './csv.ts'
export { renderHtml } from './html.ts'
export { renderJson } from './json.ts'
export { renderMarkdown } from './markdown.ts'
export type { Rendering } from './rendering.ts'

/** All renderings. Adding one is a file beside these, and a line here. */
export const renderings: readonly Rendering[] = [htmlRendering, markdownRendering, jsonRendering, csvRendering]
