/**
 * For lists of tens of thousands of runs: what they are filtered and searched by stands in one index, so that a page is found
 * without a look at any document but its own.
 */
export const listsOfRuns = `
  ALTER TABLE runs ADD COLUMN file TEXT GENERATED ALWAYS AS (document ->> '$.file') VIRTUAL;
  ALTER TABLE runs ADD COLUMN variant TEXT GENERATED ALWAYS AS (document ->> '$.variant') VIRTUAL;
  DROP INDEX runsByStart;
  CREATE INDEX runsByStart ON runs (startedAt, id, workflow, reason, variant, experiment);
  CREATE INDEX runsByFile ON runs (file, startedAt, id);
  ALTER TABLE experiments ADD COLUMN file TEXT GENERATED ALWAYS AS (document ->> '$.settings.file') VIRTUAL;
  CREATE INDEX experimentsByFile ON experiments (file, startedAt, id);
`
