-- Two results on one set differ by how much of its split was read; where completions alone are
-- scored, that is more than was scored. Of old results no more is known than what was scored.
alter table evaluation add column read_tokens bigint;
update evaluation set read_tokens = tokens;
alter table evaluation alter column read_tokens set not null;
alter table evaluation drop constraint evaluation_pkey;
alter table evaluation add primary key (stage_id, sha256, point, corpus, read_tokens);

-- A service of the version before this, which still runs while pods are replaced, knows no more.
create function read_what_was_scored() returns trigger language plpgsql as $$
begin
  new.read_tokens := new.tokens;
  return new;
end
$$;
create trigger evaluation_of_old before insert on evaluation for each row
  when (new.read_tokens is null)
  execute function read_what_was_scored();
