const handedOver = new WeakMap<object, readonly Transferable[]>()

/**
 * Says that an answer's buffers go to the page instead of being copied: give those that were made for this answer and that nobody keeps.
 * What is not named here is copied.
 */
export function handOver<Answer extends object>(answer: Answer, columns: readonly ArrayBufferView[]): Answer {
  handedOver.set(answer, [...new Set(columns.map((column) => column.buffer as ArrayBuffer))])
  return answer
}

/** Buffers that were handed over with an answer. */
export function buffersOf(answer: unknown): readonly Transferable[] {
  return (typeof answer === 'object' && answer !== null && handedOver.get(answer)) || []
}
