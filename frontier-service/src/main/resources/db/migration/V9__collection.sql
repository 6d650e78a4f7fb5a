-- Where the weights of a trained stage are: STORED, or COLLECTED because nobody needed them, NEEDED or ASKED again, LOST;
-- of a failed or cancelled one, whether what it left was COLLECTED. Scores stay.
alter table stage add column weights text not null default 'STORED';

-- That is a change of the ledger, too.
drop trigger stage_changes on stage;
create trigger stage_changes before update on stage for each row
  when ((old.state, old.attempt, old.sha256, old.weights, old.completion_json, old.failure_code,
      old.failure_message, old.failure_remedy, old.evaluation_failures_json)
    is distinct from (new.state, new.attempt, new.sha256, new.weights, new.completion_json,
      new.failure_code, new.failure_message, new.failure_remedy, new.evaluation_failures_json))
  execute function number_change();

-- Studies and stages whose checkpoints are kept, whoever else needs them.
create table pin (
  id text primary key,
  pinned_at timestamptz not null
);
