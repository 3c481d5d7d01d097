import type { Clock, ProgressUpdate } from '../../base/index.ts'
import { composeLine, composePlainLine, type ProgressStyle } from './progress-line.ts'
import { advanceProgress, beginProgress, type ProgressState } from './progress-state.ts'

/** Shows how far a piece of work is. */
export interface ProgressDisplay {
  update(update: ProgressUpdate): void
  /** A line of user code or of the engine that stays, above the progress. */
  log(line: string): void
  /** Takes the progress away, for something else that is printed or because a piece of work ended; an update begins another. */
  clear(): void
}

/** What a display needs of the world; tests pass a clock and timers of their own. */
export interface DisplayPorts {
  readonly clock: Clock
  /** Writes to the terminal or file where progress goes. */
  readonly write: (text: string) => void
  /** Width of the terminal now. */
  readonly columns: () => number
  /** Calls back once after so many milliseconds, without keeping the process alive; returns what undoes it. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
  readonly style?: ProgressStyle
}

/** At most ten repaints a second: more is work that the measured program would feel. */
const repaintInterval = 100
/** So that the elapsed time moves while nothing else does. */
const heartbeat = 1000
/** Of lines that stay. */
const plainInterval = 5000
/** Back to the first column and erase to the end of the line. */
const eraseLine = '\r\u001b[K'

/** One line of a terminal that is repainted and taken away at the end. */
export function liveDisplay(ports: DisplayPorts): ProgressDisplay {
  let state: ProgressState | null = null
  let paintedAt = Number.NEGATIVE_INFINITY
  let visible = false
  let cancelTimer = () => {}

  const erase = () => {
    if (visible) ports.write(eraseLine)
    visible = false
  }
  const paint = () => {
    cancelTimer()
    if (state === null) return
    const now = ports.clock()
    ports.write(`${eraseLine}${composeLine(state, now, ports.columns() - 1, ports.style)}`)
    visible = true
    paintedAt = now
    cancelTimer = ports.after(heartbeat, paint)
  }
  return {
    update(update) {
      const now = ports.clock()
      state = advanceProgress(state ?? beginProgress(now), update, now)
      const due = paintedAt + repaintInterval - now
      if (due <= 0) return paint()
      cancelTimer()
      cancelTimer = ports.after(due, paint)
    },
    log(line) {
      erase()
      ports.write(`${line}\n`)
      // Painted again by the next update or beat: a flood of lines must not become a flood of repaints.
      if (state !== null && ports.clock() - paintedAt >= repaintInterval) paint()
    },
    clear() {
      cancelTimer()
      erase()
      state = null
      paintedAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** Lines that stay, at most one every few seconds, for pipes and files. */
export function plainDisplay(ports: DisplayPorts): ProgressDisplay {
  let state: ProgressState | null = null
  let writtenAt = Number.NEGATIVE_INFINITY
  let written = ''
  return {
    update(update) {
      const now = ports.clock()
      state = advanceProgress(state ?? beginProgress(now), update, now)
      if (now - writtenAt < plainInterval) return
      // What was said before without a change is not news, whatever the clock says.
      const said = JSON.stringify(state.update)
      if (said === written) return
      written = said
      writtenAt = now
      ports.write(`${composePlainLine(state, now)}\n`)
    },
    log(line) {
      ports.write(`${line}\n`)
    },
    clear() {
      state = null
      written = ''
      writtenAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** For `--quiet`: says nothing. */
export function silentDisplay(): ProgressDisplay {
  return { update() {}, log() {}, clear() {} }
}
