-- Events that were decided but not yet sent. Rows are deleted once Kafka acknowledged them.
create table kit_outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  value text not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Events that were already applied, so that a repeated delivery changes nothing.
create table kit_inbox (
  channel text not null,
  source text not null,
  event_id text not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (channel, source, event_id)
);
create index kit_inbox_received_at on kit_inbox (received_at);

-- Work under lease: db-scheduler's table, plus what it does not count.
create table kit_work (
  task_name text not null,
  task_instance text not null,
  -- identifies this submission, so that a later one with the same id never shares its fence
  task_data bytea not null,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  -- the fence: grows with each pick and each release, never with a heartbeat
  version bigint not null,
  priority int not null default 0,
  -- how often it was submitted; a submission that meets running work makes it run once more
  submissions int not null default 1,
  -- how often its worker died since it last made progress
  crashes int not null default 0,
  primary key (task_name, task_instance)
);
create index kit_work_due on kit_work (task_name, priority desc, execution_time) where not picked;
create index kit_work_heartbeat on kit_work (last_heartbeat) where picked;
