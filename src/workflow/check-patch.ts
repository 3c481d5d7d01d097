import type { Diagnostic, Place } from '../base/index.ts'
import { knobAddresses } from './addresses.ts'
import { refuseKnobValue } from './knob.ts'
import type { Patch, WorkflowModel } from './model.ts'
import { problemAt } from './problem.ts'
import { suggestName } from './suggest.ts'

/**
 * What is wrong with the knobs of a patch: addresses and knobs that there are not, values out of range. Its `params` are
 * looked at where params are resolved. `title` is what messages call the patch: `variant 'batched'`.
 */
export function checkPatchKnobs(model: WorkflowModel, patch: Patch, title: string, place?: Place): Diagnostic[] {
  const addresses = knobAddresses(model)
  return Object.entries(patch)
    .filter(([address, values]) => address !== 'params' && values !== undefined)
    .flatMap(([address, values]) => checkAddress(addresses, address, values, title, place))
}

function checkAddress(
  addresses: ReturnType<typeof knobAddresses>,
  address: string,
  values: unknown,
  title: string,
  place: Place | undefined,
): Diagnostic[] {
  const knobs = addresses.get(address)
  if (!knobs) {
    const settable = [...addresses].filter(([, declared]) => Object.keys(declared).length > 0).map(([name]) => name)
    const message = `The ${title} sets knobs of '${address}', which is no node or resource.`
    return [problemAt(place, 'workflow.unknown-node', message, suggestAddress(address, addresses.keys(), settable))]
  }
  if (typeof values !== 'object' || values === null) {
    const mend = `Write { '${address}': { knob: value } }.`
    return [problemAt(place, 'workflow.invalid-patch', `The ${title} sets '${address}' to no list of knobs.`, mend)]
  }
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      const knob = Object.hasOwn(knobs, name) ? knobs[name] : undefined
      if (!knob) {
        const message = `The ${title} sets '${address}.${name}', and '${address}' has no knob '${name}'.`
        return [problemAt(place, 'workflow.unknown-knob', message, suggestName(name, Object.keys(knobs), 'knobs'))]
      }
      const refusal = refuseKnobValue(knob, value)
      if (refusal === undefined) return []
      const message = `The ${title} sets '${address}.${name}' to ${typeof value === 'string' ? `'${value}'` : String(value)}; it ${refusal}.`
      return [problemAt(place, 'workflow.knob-range', message, 'Choose a value that the knob takes.')]
    })
}

/** Nested nodes are often written without the cycle's name in front. */
function suggestAddress(address: string, all: Iterable<string>, settable: readonly string[]): string {
  const nested = [...all].find((path) => path.endsWith(`/${address}`))
  return nested === undefined ? suggestName(address, settable, 'addresses with knobs') : `Did you mean '${nested}'?`
}
