-- Corpora by content. The definition is one place where the content was found, read again when the
-- corpus has to be tokenized.
create table corpus (
  id text primary key,
  embedded text,
  path text,
  dev double precision not null,
  test double precision not null,
  train_documents bigint not null,
  train_bytes bigint not null,
  dev_documents bigint not null,
  dev_bytes bigint not null,
  test_documents bigint not null,
  test_bytes bigint not null,
  registered_at timestamptz not null,
  check ((embedded is null) <> (path is null))
);

-- What a definition was found to be, as long as its files keep their sizes and modification times.
create table corpus_source (
  state text primary key,
  corpus_id text not null references corpus (id),
  read_at timestamptz not null
);

create table tokenizer (
  id text primary key,
  vocab_size int not null,
  end_of_text int not null,
  -- where a user's file was found; null when it was trained here
  path text,
  -- JSON array of the corpus ids it was trained on, empty for a user's file
  trained_on text not null,
  registered_at timestamptz not null
);

-- What became of the requests to prepare a stage.
create table preparation (
  stage_id text primary key,
  state text not null check (state in ('REQUESTED', 'PREPARED', 'FAILED', 'CANCELLED')),
  attempt int not null,
  -- highest attempt that was cancelled; a cancellation may overtake its request
  cancelled_attempt int not null,
  -- grows with each request, so that work on an older one cannot answer a newer one
  revision bigint not null,
  -- JSON of the StageRequested to answer; null when only a cancellation was seen
  request text,
  -- JSON of the StageFailed that was published; null unless FAILED
  failure text,
  updated_at timestamptz not null
);
