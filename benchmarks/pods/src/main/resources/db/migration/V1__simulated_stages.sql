create table simulated_stage (
  id text primary key,
  -- io.holdfast.contracts.event.StageRequested as JSON
  request text not null,
  done boolean not null default false
);
