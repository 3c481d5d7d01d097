import { checksum } from './checksum.ts'
import { copyOf } from './columns.ts'
import { frameHeaderLength, frameMagic, type LogFrameKind, logFrameKinds } from './log-format.ts'
import { frameSeed } from './log-frames.ts'

/** One whole frame of a log; `payload` is a view onto the log. */
export interface LogFrame {
  readonly kind: LogFrameKind
  readonly payload: Uint8Array
  /** Byte at which it begins. */
  readonly offset: number
}

/** How the bytes of a log ended: after a whole frame, inside of one, or in something that is none. */
export type LogTail = 'whole' | 'torn' | 'foreign'

/**
 * Visits the whole frames of a log in order, tells `skip` of those whose checksum is wrong, and of a kind that
 * this version does not know. Ends at the first byte that begins no frame.
 */
export function walkFrames(
  bytes: Uint8Array,
  visit: (frame: LogFrame) => void,
  skip: (offset: number, why: 'checksum' | 'unknown-kind') => void,
): { readonly tail: LogTail; readonly offset: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let offset = 0
  while (offset < bytes.length) {
    if (view.getUint8(offset) !== frameMagic) return { tail: 'foreign', offset }
    if (offset + frameHeaderLength > bytes.length) return { tail: 'torn', offset }
    const length = view.getUint32(offset + 4, true)
    const start = offset + frameHeaderLength
    const end = start + Math.ceil(length / 4) * 4
    if (end > bytes.length) return { tail: 'torn', offset }
    // With the two bytes that are zero, so that the checksum finds a change there too.
    const number = view.getUint32(offset, true) >>> 8
    const kind = logFrameKinds[number - 1]
    if (checksum(wordsOf(bytes, start, end), frameSeed(number, length)) !== view.getUint32(offset + 8, true)) {
      skip(offset, 'checksum')
    } else if (!kind) skip(offset, 'unknown-kind')
    else visit({ kind, payload: bytes.subarray(start, start + length), offset })
    offset = end
  }
  return { tail: 'whole', offset }
}

function wordsOf(bytes: Uint8Array, start: number, end: number): Uint32Array {
  const at = bytes.byteOffset + start
  return at % 4 === 0
    ? new Uint32Array(bytes.buffer, at, (end - start) / 4)
    : new Uint32Array(copyOf(bytes.subarray(start, end)).buffer)
}
