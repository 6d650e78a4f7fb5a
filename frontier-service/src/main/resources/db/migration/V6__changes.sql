-- Numbers what changes, so that a pod that knows a study reads only what changed since it looked:
-- docs/decisions/0011-incremental-frontiers.md. Every transaction that writes these rows first locks
-- the one row of live_counter, so whoever holds that lock sees all rows up to the last number given,
-- unless their transaction was rolled back.
create sequence ledger_change;
select nextval('ledger_change');

alter table study add column changed bigint not null default 0;
alter table stage add column changed bigint not null default 0;
alter table evaluation add column changed bigint not null default 0;
alter table task_result add column changed bigint not null default 0;

-- Rows of before keep 0: a pod first reads a study in whole.
alter table study alter column changed set default nextval('ledger_change');
alter table stage alter column changed set default nextval('ledger_change');
alter table evaluation alter column changed set default nextval('ledger_change');
alter table task_result alter column changed set default nextval('ledger_change');

create index study_changed on study (changed);
create index stage_changed on stage (changed);
create index evaluation_changed on evaluation (changed);
create index task_result_changed on task_result (changed);

-- Triggers, so that no writer can forget: neither a service of the version before this, which still
-- runs while pods are replaced, nor a statement by hand. Scores are only inserted. What a trainer
-- reports on its way and a study's revision are no changes of the ledger.
create function number_change() returns trigger language plpgsql as $$
begin
  new.changed := nextval('ledger_change');
  return new;
end
$$;
create trigger study_changes before update on study for each row
  when (old.state is distinct from new.state)
  execute function number_change();
create trigger stage_changes before update on stage for each row
  when ((old.state, old.attempt, old.sha256, old.completion_json, old.failure_code,
      old.failure_message, old.failure_remedy, old.evaluation_failures_json)
    is distinct from (new.state, new.attempt, new.sha256, new.completion_json, new.failure_code,
      new.failure_message, new.failure_remedy, new.evaluation_failures_json))
  execute function number_change();
