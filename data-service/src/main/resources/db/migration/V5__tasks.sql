-- A corpus can be the training documents of a task.
alter table corpus add column task text;
alter table corpus add column task_split text;
alter table corpus drop constraint corpus_check;
alter table corpus add check (num_nonnulls(embedded, path, task) = 1);
alter table corpus add check ((task is null) = (task_split is null));

-- Stages whose preparation waits for a task that is away.
create table preparation_wait (
  stage_id text primary key references preparation (stage_id),
  attempt int not null,
  -- name@version
  task text not null,
  since timestamptz not null,
  reason text not null
);
create index preparation_wait_task on preparation_wait (task);
