/** Where the trace of a run is, as `encodeTrace` writes it: under `/blob/`. It never changes once the run has ended. */
export function traceBlob(runId: string): string {
  return `trace-${runId}`
}
