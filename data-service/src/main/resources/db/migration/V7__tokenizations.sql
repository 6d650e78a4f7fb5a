-- Tokenizations of large corpora, under way: pods share their pieces. A row is gone with its work.
create table tokenization (
  -- the name of the shards' directory
  id text primary key,
  corpus_id text not null references corpus (id),
  tokenizer_id text not null references tokenizer (id),
  parts int not null,
  buckets int not null,
  state text not null check (state in ('ENCODING', 'SORTING', 'UNITING', 'ALONE', 'CLEARING')),
  -- the highest of those that wait
  priority int not null,
  begun_at timestamptz not null
);

-- Pieces that are published.
create table tokenization_piece (
  tokenization_id text not null references tokenization (id) on delete cascade,
  -- such as part-3 or bucket-7
  piece text not null,
  -- a part's share of the corpus's identity
  sums text,
  primary key (tokenization_id, piece)
);

-- Work that waits for a tokenization, and is woken.
create table tokenization_wait (
  tokenization_id text not null references tokenization (id) on delete cascade,
  work_kind text not null,
  work_id text not null,
  primary key (tokenization_id, work_kind, work_id)
);
create index tokenization_wait_work on tokenization_wait (work_kind, work_id);
