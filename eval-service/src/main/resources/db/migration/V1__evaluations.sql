-- Scores of weights, whoever's checkpoint they are in. Measured once, kept for good.
create table evaluation (
  sha256 text not null,
  sequence_length int not null,
  corpus text not null,
  max_tokens bigint not null,
  -- io.holdfast.contracts.evaluation.LossResult as JSON
  result text not null,
  evaluated_at timestamptz not null default clock_timestamp(),
  primary key (sha256, sequence_length, corpus, max_tokens)
);

-- Published checkpoints whose scores were asked for and are not all there yet.
create table evaluation_request (
  id bigint generated always as identity primary key,
  -- of the leased work that answers it
  work text not null,
  -- io.holdfast.contracts.event.CheckpointPublished as JSON
  published text not null,
  -- why it cannot be answered; null while it is being worked on
  problem text
);
-- By hash: the text is longer than an index entry may be.
create unique index evaluation_request_once on evaluation_request (work, md5(published));
