import type { Diagnostic } from '../base/index.ts'
import type { ParamsModel } from './model.ts'
import type { StandardResult, StandardSchema } from './standard-schema.ts'
import { suggestName } from './suggest.ts'

type Values = Readonly<Record<string, unknown>>

/** The params of a workflow as its model holds them. A schema's defaults are what it makes of `{}`. */
export function defaultParams(declared: object | undefined): ParamsModel {
  if (!declared || !isStandardSchema(declared)) return { defaults: (declared ?? {}) as Values }
  const result = validate(declared, {})
  const known = 'value' in result && typeof result.value === 'object' && result.value !== null
  return { defaults: known ? (result.value as Values) : {}, schema: declared }
}

/** The params of a run: the defaults, overridden by each of `given` in turn. Everything wrong with them is in the diagnostics. */
export function resolveParams(
  params: ParamsModel,
  given: readonly Values[],
): { values: Values; diagnostics: Diagnostic[] } {
  const merged: Values = Object.fromEntries(
    given.flatMap((values) => Object.entries(values)).filter(([, value]) => value !== undefined),
  )
  if (params.schema) return resolveBySchema(params.schema, merged)
  const diagnostics = Object.entries(merged).flatMap(([name, value]) => refuseParam(params.defaults, name, value))
  return { values: { ...params.defaults, ...merged }, diagnostics }
}

function resolveBySchema(schema: StandardSchema, given: Values): { values: Values; diagnostics: Diagnostic[] } {
  const result = validate(schema, given)
  if ('failure' in result) return { values: {}, diagnostics: [result.failure] }
  if (result.issues) return { values: {}, diagnostics: result.issues.map(paramIssue) }
  return { values: result.value as Values, diagnostics: [] }
}

function paramIssue(issue: NonNullable<StandardResult<unknown>['issues']>[number]): Diagnostic {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const message = `The params are refused by their schema${path ? ` at '${path}'` : ''}: ${issue.message}`
  return { severity: 'error', code: 'workflow.params-refused', message, mend: 'Give params that the schema takes.' }
}

function refuseParam(defaults: Values, name: string, value: unknown): Diagnostic[] {
  if (!Object.hasOwn(defaults, name)) {
    const message = `There is no param '${name}'.`
    const mend = suggestName(name, Object.keys(defaults), 'params')
    return [{ severity: 'error', code: 'workflow.unknown-param', message, mend }]
  }
  const initial = defaults[name]
  // A default of null or undefined says nothing about the type.
  if (initial === undefined || initial === null || typeOf(initial) === typeOf(value)) return []
  const message = `The param '${name}' is given ${article(typeOf(value))}; its default is ${article(typeOf(initial))}.`
  const mend = `Give it ${article(typeOf(initial))}.`
  return [{ severity: 'error', code: 'workflow.param-type', message, mend }]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function article(type: string): string {
  if (type === 'null' || type === 'undefined') return type
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

function isStandardSchema(params: object): params is StandardSchema {
  return '~standard' in params
}

/** Asks a schema, and makes of what cannot be used here (a promise, a throw) a diagnostic. */
function validate(schema: StandardSchema, value: unknown): StandardResult<unknown> | { readonly failure: Diagnostic } {
  const failed = (code: string, message: string, mend: string) =>
    ({ failure: { severity: 'error', code, message, mend } }) as const
  try {
    const result = schema['~standard'].validate(value)
    if (!(result instanceof Promise)) return result
    // Nobody waits for this promise; its failure must not become an unhandled rejection.
    result.catch(() => undefined)
    const message = 'The schema of the params answers with a promise, and params are checked without waiting.'
    return failed('workflow.params-async', message, 'Use a schema without asynchronous checks.')
  } catch (error) {
    const message = `The schema of the params threw: ${error instanceof Error ? error.message : String(error)}`
    return failed('workflow.params-refused', message, 'Mend the schema, or give params that it takes.')
  }
}
