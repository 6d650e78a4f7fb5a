-- Task services that were registered here and are announced for as long as they answer.
create table task_registration (
  -- name@version
  task text primary key,
  url text not null,
  registered_at timestamptz not null,
  -- since when it does not answer as it should, and why, one sentence; null while it does
  away_since timestamptz,
  away_reason text
);

-- Work on a stage that waits for a task.
create table stage_wait (
  stage_id text not null references stage (id),
  work text not null,
  -- name@version
  task text not null,
  attempt int not null,
  since timestamptz not null,
  reason text not null,
  primary key (stage_id, work, task)
);
