-- Some weights on a task: one piece of work, whoever asks for it. Scored once, kept for good.
create table task_piece (
  -- hash of the weights, the tokenizer and what is asked
  id text primary key,
  -- name@version
  task text not null,
  -- SHA-256 of the weights, or of what they are made of
  weights text not null,
  -- artifact path of the checkpoint that they are, or are made of, as first asked for
  checkpoint text not null,
  -- io.holdfast.contracts.evaluation.TaskEvaluation as JSON
  evaluation text not null,
  -- ANSWERED: the model has answered, the task's service has not judged yet
  state text not null check (state in ('DUE', 'ANSWERED', 'SCORED')),
  -- why it waits for the task's service, and since when; null while it does not
  waiting_for text,
  waiting_since timestamptz,
  -- io.holdfast.contracts.evaluation.TaskResult as JSON
  result text,
  evaluated_at timestamptz,
  check ((state = 'SCORED') = (result is not null)),
  check ((waiting_for is null) = (waiting_since is null))
);
create index task_piece_open on task_piece (task) where state <> 'SCORED';
create index task_piece_weights on task_piece (weights);

-- Published checkpoints whose score on a task was asked for and is not there yet; as evaluation_request.
create table task_request (
  id bigint generated always as identity primary key,
  piece text not null references task_piece (id),
  published text not null,
  point text,
  stage_id text not null,
  attempt int,
  problem text
);
create unique index task_request_once on task_request (piece, md5(published));
create index task_request_stage on task_request (stage_id);
