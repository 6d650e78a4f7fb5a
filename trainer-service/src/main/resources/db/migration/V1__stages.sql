-- Stages this service was asked to train. The JSON columns hold events of io.holdfast.contracts.
create table stage (
  id text primary key,
  state text not null check (state in ('UNKNOWN', 'QUEUED', 'TRAINED', 'FAILED', 'CANCELLED')),
  attempt int not null,
  prepared text,
  completed text,
  failed text,
  check (state <> 'QUEUED' or prepared is not null),
  check (state <> 'TRAINED' or (prepared is not null and completed is not null)),
  check (state <> 'FAILED' or failed is not null)
);
create index stage_queued on stage (state) where state = 'QUEUED';
