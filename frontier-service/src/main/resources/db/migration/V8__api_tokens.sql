-- Tokens for machines. The tokens themselves are nowhere: who shows one has it, and its hash is here.
create table api_token (
  id text primary key,
  name text not null,
  -- viewer, runner or admin
  role text not null,
  sha256 bytea not null unique,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- to the minute
  last_used_at timestamptz
);
