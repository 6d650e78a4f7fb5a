-- Facts, as in evaluation: weights of a stage were scored on a task.
create table task_result (
  stage_id text not null references stage (id),
  sha256 text not null,
  -- io.holdfast.contracts.evaluation.EvaluationPoint as JSON
  point text not null,
  -- io.holdfast.contracts.evaluation.TaskEvaluation as JSON
  evaluation text not null,
  -- io.holdfast.contracts.evaluation.TaskResult as JSON
  result text not null,
  evaluated_at timestamptz not null,
  primary key (stage_id, sha256, point, evaluation)
);
