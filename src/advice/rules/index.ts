import type { AdviceContext } from '../context.ts'
import type { RuleFinding } from '../rule-finding.ts'
import { findRepeatedLookups } from './repeated-lookup.ts'
import { findSerialCalls } from './serial-calls.ts'

/** A rule looks at one run and finds what it knows of; pure, and it cites the spans that it found it in. */
type Rule = (context: AdviceContext) => RuleFinding[]

/** All rules. To add one, write its file and add its line. */
export const rules: readonly Rule[] = [findSerialCalls, findRepeatedLookups]
