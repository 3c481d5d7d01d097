import type { CommandDeclaration } from '../command.ts'
import { advise } from './advise.ts'
import { apply } from './apply.ts'
import { budget } from './budget.ts'
import { check } from './check.ts'
import { compare } from './compare.ts'
import { demo } from './demo.ts'
import { history } from './history.ts'
import { init } from './init.ts'
import { list } from './list.ts'
import { report } from './report.ts'
import { run } from './run.ts'
import { show } from './show.ts'
import { studio } from './studio.ts'

/** All commands, in the order of the help: along the loop. Adding one is a file beside these, and a line here. */
export const commands: readonly CommandDeclaration[] = [
  demo,
  studio,
  init,
  check,
  run,
  compare,
  advise,
  apply,
  list,
  show,
  history,
  budget,
  report,
]
