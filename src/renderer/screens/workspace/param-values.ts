type Values = Readonly<Record<string, unknown>>

/** How a param is entered, by the type of its default. `json`: anything else, and where the default says nothing. */
export type ParamKind = 'number' | 'text' | 'boolean' | 'json'

/** How a param with this default is entered. */
export function paramKind(initial: unknown): ParamKind {
  switch (typeof initial) {
    case 'number':
      return 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    default:
      return 'json'
  }
}

/** A value as the text of its field. */
export function paramText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/**
 * The params that were changed, from the texts of their fields; what equals its default is left out, so that a default that
 * changes later is followed. What cannot be read is in `errors`, by name.
 */
export function readParams(
  defaults: Values,
  texts: Readonly<Record<string, string>>,
): { readonly params: Values; readonly errors: Readonly<Record<string, string>> } {
  const params: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const [name, text] of Object.entries(texts)) {
    const initial = defaults[name]
    if (text === paramText(initial)) continue
    const read = readParam(paramKind(initial), text)
    if ('error' in read) errors[name] = read.error
    else params[name] = read.value
  }
  return { params, errors }
}

function readParam(kind: ParamKind, text: string): { readonly value: unknown } | { readonly error: string } {
  switch (kind) {
    case 'text':
      return { value: text }
    case 'boolean':
      return { value: text === 'true' }
    case 'number': {
      const value = text.trim() === '' ? Number.NaN : Number(text)
      return Number.isFinite(value) ? { value } : { error: 'Write a number.' }
    }
    case 'json':
      try {
        return { value: JSON.parse(text) }
      } catch {
        return { error: 'Write JSON: texts in quotes, lists in brackets.' }
      }
  }
}
