import { basename } from 'node:path'
import type { JobRequest } from '../../protocol/index.ts'
import type { Engine } from '../engine.ts'
import { findAdvice, findExperiment } from '../find.ts'

/** What a job does, in a few words. Throws `engine.unknown-id`. */
export function titleOfJob(engine: Engine, request: JobRequest): string {
  switch (request.kind) {
    case 'run': {
      const variant = request.variant === undefined || request.variant === 'baseline' ? '' : `, ${request.variant}`
      return `Running ${shortName(request.file)}${variant}`
    }
    case 'compare': {
      const { variants } = request
      return `Comparing ${variants ? `${variants.length} variants` : 'all variants'} of ${shortName(request.file)}`
    }
    case 'extend':
      return `Going on with the comparison of ${findExperiment(engine, request.id).settings.workflow}`
    case 'apply':
      return `Proving advice on ${findAdvice(engine, request.id).workflow}`
    case 'samples':
      return 'Measuring the samples'
  }
}

function shortName(file: string): string {
  return basename(file).replace(/\.workflow\.ts$/, '')
}
