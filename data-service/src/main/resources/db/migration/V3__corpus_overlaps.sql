-- How much of one corpus's test split lies in another's training split: found once, kept for good,
-- because both are known by their content.
create table corpus_overlap (
  id text primary key,
  result_json text not null
);
