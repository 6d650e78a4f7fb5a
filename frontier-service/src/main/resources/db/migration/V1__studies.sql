-- Studies and what they want. Text columns that end in _json hold the JSON of contracts' records.
create table study (
  id text primary key,
  name text not null,
  question text,
  state text not null check (state in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  source text not null,
  recipes_json text not null,
  corpora_json text not null,
  lineages_json text not null,
  plan_json text not null,
  revision bigint not null default 0,
  submitted_at timestamptz not null,
  finished_at timestamptz
);
create index study_submitted_at on study (submitted_at desc);

-- A stage belongs to nobody: every study that wants the same spec shares it.
create table stage (
  id text primary key,
  kind text not null,
  parent text references stage (id) deferrable initially deferred,
  spec_json text not null,
  state text not null check
    (state in ('WAITING', 'REQUESTED', 'PREPARED', 'TRAINING', 'TRAINED', 'FAILED', 'CANCELLED')),
  attempt int not null,
  -- of the final checkpoint
  sha256 text,
  completion_json text,
  failure_code text,
  failure_message text,
  failure_remedy text,
  requested_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  -- the last report of the current attempt
  step bigint,
  steps bigint,
  tokens bigint,
  total_tokens bigint,
  loss double precision,
  dev_loss double precision,
  learning_rate double precision,
  tokens_per_second double precision,
  worker text,
  check ((state = 'TRAINED') = (sha256 is not null)),
  check ((state = 'FAILED') = (failure_code is not null))
);

create table study_stage (
  study_id text not null references study (id),
  stage_id text not null references stage (id),
  ordinal int not null,
  priority int not null,
  evaluations_json text not null,
  primary key (study_id, stage_id)
);
create index study_stage_stage on study_stage (stage_id);

-- Facts: a checkpoint was scored. They outlive the studies that asked.
create table evaluation (
  stage_id text not null references stage (id),
  sha256 text not null,
  corpus text not null,
  tokens bigint not null,
  loss double precision not null,
  standard_error double precision not null,
  windows bigint not null,
  bytes bigint not null,
  perplexity double precision not null,
  bits_per_byte double precision not null,
  evaluated_at timestamptz not null,
  primary key (stage_id, sha256, corpus, tokens)
);

-- What subscribers of live events are told. Ids have no gaps and follow the order of commits,
-- because every transaction that writes here first locks the one row of live_counter.
create table live_event (
  id bigint primary key,
  study_id text not null,
  type text not null,
  data text not null
);
create table live_counter (
  one boolean primary key default true check (one),
  last_id bigint not null
);
insert into live_counter (last_id) values (0);
