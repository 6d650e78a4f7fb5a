-- Why the stage's checkpoint could not be scored when that was last asked:
-- io.holdfast.contracts.event.EvaluationFailed as JSON.
alter table stage add column evaluation_failure_json text;
