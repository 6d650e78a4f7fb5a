-- Users' models by content; the files are copies in the artifact store.
create table model (
  id text primary key,
  -- JSON
  architecture text not null,
  -- where it was found last
  path text not null,
  registered_at timestamptz not null
);

-- What a directory was found to be, as long as its files keep their sizes and modification times.
create table model_source (
  state text primary key,
  model_id text not null references model (id),
  read_at timestamptz not null
);
