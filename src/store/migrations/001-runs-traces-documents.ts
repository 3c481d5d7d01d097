/**
 * The first schema. What is searched for is generated from the documents, so that the two cannot disagree. Descriptions of
 * workflows are kept once, by digest: all trials of an experiment share theirs.
 */
export const runsTracesDocuments = `
  CREATE TABLE descriptions (
    digest TEXT PRIMARY KEY,
    document TEXT NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    description TEXT REFERENCES descriptions (digest),
    workflow TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.workflow') STORED,
    startedAt INTEGER NOT NULL GENERATED ALWAYS AS (document ->> '$.startedAt') STORED,
    reason TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.reason') STORED,
    experiment TEXT GENERATED ALWAYS AS (document ->> '$.trial.experiment') STORED
  ) STRICT;
  CREATE INDEX runsByStart ON runs (startedAt, id);
  CREATE INDEX runsByWorkflow ON runs (workflow, startedAt, id);
  CREATE INDEX runsByExperiment ON runs (experiment, startedAt, id) WHERE experiment IS NOT NULL;

  CREATE TABLE traces (
    run TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    version INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE traceChunks (
    run TEXT NOT NULL REFERENCES traces (run) ON DELETE CASCADE,
    part TEXT NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (run, part, number)
  ) STRICT;

  CREATE TABLE experiments (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    workflow TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.workflow') STORED,
    startedAt INTEGER NOT NULL GENERATED ALWAYS AS (document ->> '$.startedAt') STORED,
    status TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.status') STORED
  ) STRICT;
  CREATE INDEX experimentsByStart ON experiments (startedAt, id);
  CREATE INDEX experimentsByWorkflow ON experiments (workflow, startedAt, id);

  CREATE TABLE advice (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    workflow TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.workflow') STORED,
    createdAt INTEGER NOT NULL GENERATED ALWAYS AS (document ->> '$.createdAt') STORED,
    status TEXT NOT NULL GENERATED ALWAYS AS (document ->> '$.status') STORED,
    experiment TEXT GENERATED ALWAYS AS (document ->> '$.experiment') STORED
  ) STRICT;
  CREATE INDEX adviceByStart ON advice (createdAt, id);
  CREATE INDEX adviceByWorkflow ON advice (workflow, createdAt, id);
`
