import { ensureBuilt } from '../scripts/build.mjs'

/** Before tests that start the built program: the same build that the command line makes, once for all of them. */
export default async function setup(): Promise<void> {
  await ensureBuilt()
}
