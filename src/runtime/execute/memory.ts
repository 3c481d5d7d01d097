import { getHeapStatistics } from 'node:v8'

/** Bytes in use by this thread: its heap and the buffers that belong to it. */
export function memoryInUse(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}

/** Bytes of this thread's heap in use. */
export function heapInUse(): number {
  return getHeapStatistics().used_heap_size
}
