#!/usr/bin/env bash
# For the entrypoint of PostgreSQL's image, once for a new data folder: each service has a database of its own, and a
# role that can connect to no other.
set -euo pipefail
for service in data trainer eval frontier; do
  psql --quiet -v ON_ERROR_STOP=1 -v name="holdfast_$service" -v password="$HOLDFAST_DATABASE_PASSWORD" \
    --username "${POSTGRES_USER:-postgres}" <<'SQL'
create role :name login password :'password';
create database :name owner :name;
revoke all on database :name from public;
SQL
done
psql --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" <<'SQL'
revoke all on database postgres, template1 from public;
SQL
