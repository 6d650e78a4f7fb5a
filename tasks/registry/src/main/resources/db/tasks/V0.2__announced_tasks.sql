-- What this service has heard of task services.
create table announced_task (
  -- name@version
  task text primary key,
  url text not null,
  description_sha256 text not null,
  announced_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn boolean not null,
  -- JSON of the description with that hash; null until the service was asked for it
  description text,
  -- the last announcement that was not believed, one sentence
  refused text
);
