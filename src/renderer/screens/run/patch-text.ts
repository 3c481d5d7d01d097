import type { RunRecord } from '../../../trace/index.ts'

/** A patch as it would be typed after `--set`: `quotes.concurrency=16 db.lookupBatch=100`. Empty for the empty patch. */
export function patchText(patch: RunRecord['patch']): string {
  return Object.entries(patch)
    .flatMap(([address, knobs]) =>
      Object.entries(knobs).map(([knob, value]) => `${address}.${knob}=${valueText(value)}`),
    )
    .join(' ')
}

/** Params as they would be typed after `--param`. */
export function paramsText(params: RunRecord['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ')
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
}
