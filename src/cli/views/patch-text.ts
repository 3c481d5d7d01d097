import type { KnobChange, Patch } from '../../engine/index.ts'

/** A patch as it would be typed after `--set`: `quotes.concurrency=16 db.lookupBatch=100`. Empty for the empty patch. */
export function patchText(patch: Patch): string {
  return Object.entries(patch)
    .flatMap(([address, knobs]) =>
      Object.entries(knobs).map(([knob, value]) => `${address}.${knob}=${valueText(value)}`),
    )
    .join(' ')
}

/** What a recommendation changes: `quotes.concurrency 1 → 16`. */
export function changesText(changes: readonly KnobChange[]): string {
  return changes
    .map(({ address, knob, from, to }) => `${address}.${knob} ${valueText(from)} → ${valueText(to)}`)
    .join(', ')
}

/** Params as they would be typed after `--param`. */
export function paramsText(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ')
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
}
