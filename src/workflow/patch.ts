import type { Patch } from './model.ts'

/** `patch` with `over` applied on top of it: values of `over` win, knob by knob; settings to `undefined` set nothing. */
export function mergePatches(patch: Patch, over: Patch): Patch {
  const merged: Record<string, Readonly<Record<string, unknown>>> = {}
  for (const [address, values] of [...Object.entries(patch), ...Object.entries(over)]) {
    const set = Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
    merged[address] = { ...merged[address], ...Object.fromEntries(set) }
  }
  return merged
}

/** The params that a patch sets. */
export function patchParams(patch: Patch): Readonly<Record<string, unknown>> {
  return Object.hasOwn(patch, 'params') ? { ...patch.params } : {}
}

/** Whether two patches set the same values at the same addresses, in whatever order they are written. */
export function patchesEqual(a: Patch, b: Patch): boolean {
  const [left, right] = [flattenPatch(a), flattenPatch(b)]
  return left.length === right.length && left.every((entry, index) => entry === right[index])
}

/** A patch in one line: `quotes.concurrency = 16, db.lookupBatch = 100`; `no change` where it is empty. */
export function formatPatch(patch: Patch): string {
  const settings = Object.entries(patch).flatMap(([address, values]) =>
    Object.entries(values ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${address}.${name} = ${formatValue(value)}`),
  )
  return settings.length === 0 ? 'no change' : settings.join(', ')
}

function formatValue(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** One text per setting, sorted. Settings to `undefined` set nothing. */
function flattenPatch(patch: Patch): string[] {
  return Object.entries(patch)
    .flatMap(([address, values]) =>
      Object.entries(values ?? {})
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => JSON.stringify([address, name, sortKeys(value)])),
    )
    .sort()
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sortKeys(part)]),
  )
}
