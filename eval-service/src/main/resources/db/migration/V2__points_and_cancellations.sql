-- In evaluation, sha256 is of the scored weights; of weights that were made of others (a probe), it is
-- the hash of what they were made of.

alter table evaluation_request
  -- which weights of the checkpoint: io.holdfast.contracts.evaluation.EvaluationPoint as JSON;
  -- null for the checkpoint's own
  add column point text,
  add column stage_id text,
  -- that asked for it; null of a trainer that did not say
  add column attempt int;
update evaluation_request set stage_id = published::jsonb ->> 'stage_id';
alter table evaluation_request alter column stage_id set not null;
create index evaluation_request_stage on evaluation_request (stage_id);

-- A cancellation may overtake what it is for, because they come on different topics.
create table cancelled_stage (
  stage_id text primary key,
  -- and all before it
  attempt int not null
);
