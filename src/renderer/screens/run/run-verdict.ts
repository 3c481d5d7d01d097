import { formatDuration, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import type { PathPart } from '../../workers/topics/summary.ts'

/** What a run's header says before anything is clicked. */
export interface RunVerdict {
  /** `orders took 230 ms`. */
  readonly sentence: string
  /** Where that time went: `52.1 % of it waited for api.json in quotes`; empty where nothing tells. */
  readonly where: string
  readonly tone: 'plain' | 'failed'
  /** What to do about a run that did not finish; empty where its error says it. */
  readonly advice: string
}

/** Parts that hold up less than this are not worth a word. */
const leastShare = 0.1

/** The answer to "where did the time go", in words. */
export function runVerdict(record: RunRecord, parts: readonly PathPart[] | null, duration: number | null): RunVerdict {
  const name = record.variant === 'baseline' ? record.workflow : `${record.workflow}, variant ${record.variant},`
  const where = tellsWhere(parts) ? whereSentence(parts) : ''
  if (record.reason === 'finished') {
    const sentence = record.value === null ? `${name} finished` : `${name} took ${formatDuration(record.value)}`
    return { sentence, where, tone: 'plain', advice: '' }
  }
  const ending = endings[record.reason]
  const after = duration === null ? '' : ` after ${formatDuration(duration)}`
  // The engine's own errors say what to do.
  const isTold = record.error !== undefined && record.error.code !== 'user.error'
  const tone = record.reason === 'running' || record.reason === 'cancelled' ? 'plain' : 'failed'
  return { sentence: `${name} ${ending.words}${after}`, where, tone, advice: isTold ? '' : ending.advice }
}

/** Whether parts of a critical path say where the time went: of a run that ended before its first node began they do not. */
export function tellsWhere(parts: readonly PathPart[] | null): parts is readonly PathPart[] {
  return parts?.some(({ node }) => node !== '') ?? false
}

/** `52.1 % of it waited for api.json in quotes, 41.0 % for db.lookup in quotes`. */
function whereSentence(parts: readonly PathPart[]): string {
  const told = parts.filter(({ share }) => share >= leastShare).slice(0, 2)
  const chosen = told.length > 0 ? told : parts.slice(0, 1)
  return chosen
    .map(({ node, call, share, time, queueing }, place) => {
      const ofIt = place === 0 ? ' of it' : ''
      const inNode = node === '' ? 'between its nodes' : `in ${node}`
      if (call === '') return `${formatShare(share)}${ofIt} passed ${inNode}${node === '' ? '' : ' itself'}`
      const how = queueing > time / 2 ? 'queued for' : 'waited for'
      return `${formatShare(share)}${ofIt} ${how} ${call} ${inNode}`
    })
    .join(', ')
}

const endings: Readonly<Record<Exclude<RunRecord['reason'], 'finished'>, { words: string; advice: string }>> = {
  running: { words: 'is still running', advice: '' },
  failed: { words: 'failed', advice: '' },
  cancelled: { words: 'was cancelled', advice: 'What it recorded until then is shown.' },
  timeout: {
    words: 'ran into its time limit and was ended',
    advice: 'Look at what was still open at the end, or run it again with a longer limit.',
  },
  'memory-limit': {
    words: 'used more memory than its limit and was ended',
    advice: 'Look at where memory grows below, or run it again with a larger limit.',
  },
  exited: { words: 'ended its process by itself', advice: 'Take the call of process.exit out of the workflow.' },
  crashed: {
    words: 'crashed its process',
    advice: 'A native module or one very large allocation does that: look at what was open at the end.',
  },
  'never-settled': {
    words: 'waited for something that can no longer happen',
    advice: 'A promise that nobody settles: look at what was still open at the end.',
  },
  interrupted: {
    words: 'was interrupted: the process that measured it went away',
    advice: 'What it recorded until then is shown. Run it again.',
  },
}
