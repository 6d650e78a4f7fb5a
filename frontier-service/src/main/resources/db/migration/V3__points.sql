-- Which of a stage's weights were scored: io.holdfast.contracts.evaluation.EvaluationPoint as JSON.
alter table evaluation add column point text not null default '{"kind":"final"}';
alter table evaluation alter column point drop default;
alter table evaluation drop constraint evaluation_pkey;
alter table evaluation add primary key (stage_id, sha256, point, corpus, tokens);

-- A failure for each point that could not be scored when that was last asked.
alter table stage rename column evaluation_failure_json to evaluation_failures_json;
update stage set evaluation_failures_json = '[' || evaluation_failures_json || ']'
  where evaluation_failures_json is not null;
