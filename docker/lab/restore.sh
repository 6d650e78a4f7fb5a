#!/usr/bin/env bash
# Rehearses "Back up and restore" of docs/guides/operations.md: a study is stopped in the middle, the databases are dumped and the
# artifacts copied; a new system with empty topics gets both, and the same study goes on. Needs pg_dump and pg_restore of the server's
# version (17) or newer, and a built clone.
#   docker/lab/restore.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
holdfast="${HOLDFAST:-./holdfast}"
folder="${1:-docker/lab/target/restore}"
study="$folder/study.yaml" old="$folder/old" new="$folder/new" dumps="$folder/dumps"
services=(data trainer eval frontier)

say() { printf '· %s\n' "$*"; }

# The last line that a server's file of that name holds, such as its port.
setting() { tail -n 1 "$1/postgres/$2"; }

connect_to() {
  export PGHOST=127.0.0.1 PGUSER=postgres PGPORT PGPASSWORD
  PGPORT="$(setting "$1" port)" PGPASSWORD="$(setting "$1" password)"
}

# The database server of a home whose system is down. It does not run as root.
server() {
  local home="$1" bin as=()
  shift
  bin="$(dirname "$(find "$home/postgres/binaries" -name pg_ctl | head -n 1)")"
  [[ "$(id -u)" != 0 ]] || as=(unshare -U)
  "${as[@]}" "$bin/pg_ctl" -D "$home/postgres/data" -w -l "$home/postgres/rehearsal.log" "$@" >/dev/null
}

trained() { find "$1/artifacts/checkpoints" -path '*/final/model.safetensors' 2>/dev/null | sort; }
hashes() { (cd "$1/artifacts/checkpoints" && find . -path '*/final/model.safetensors' -exec sha256sum {} +) | LC_ALL=C sort; }

rm -rf "$folder"
mkdir -p "$dumps"
sed 's/^study: .*/study: restored/; s/tokens: 8k/tokens: 64k/' studies/smoke.yaml >"$study"

say "running a study in the middle of which everything is lost"
"$holdfast" up --home "$old" --trainers 1
"$holdfast" run "$study" --home "$old" >"$folder/first.log" 2>&1 &
first=$!
until (("$(trained "$old" | wc -l)" >= 3)); do
  kill -0 "$first" || { say "the study ended too early"; exit 1; }
  sleep 0.2
done
connect_to "$old"
for service in "${services[@]}"; do pg_dump -Fc "holdfast_$service" >"$dumps/$service.dump"; done
mkdir -p "$new"
cp -r "$old/artifacts" "$dumps/artifacts"
kept="$(trained "$old" | wc -l)"
say "dumped and copied with about $kept stages trained, while it ran"
kill "$first" && wait "$first" || true
"$holdfast" down --home "$old"

say "restoring into a new system with empty topics"
"$holdfast" up --home "$new" --trainers 1
"$holdfast" down --home "$new"
rm -rf "$new/kafka" "$new/artifacts"
connect_to "$new"
server "$new" -o "-p $PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start
for service in "${services[@]}"; do
  dropdb "holdfast_$service"
  createdb "holdfast_$service"
  pg_restore -d "holdfast_$service" "$dumps/$service.dump"
done
server "$new" stop
cp -r "$dumps/artifacts" "$new/artifacts"
before="$(hashes "$new")"
"$holdfast" up --home "$new" --trainers 1
# Stages whose requests were lost with the topics are asked for again only so.
api="$(sed -n 's/.*"api":"\([^"]*\)".*/\1/p' "$new/runner.json")"
id="$(curl -fs -H "Authorization: Bearer $(<"$new/token")" "$api/api/studies" | sed -n 's/.*"id":"\(restored-[^"]*\)".*/\1/p')"
curl -fs -o /dev/null -X POST -H "Authorization: Bearer $(<"$new/token")" "$api/api/studies/$id/cancel"
"$holdfast" run "$study" --home "$new"
"$holdfast" down --home "$new"

say "comparing"
! LC_ALL=C comm -23 <(printf '%s\n' "$before") <(hashes "$new") | grep . || { say "weights of a stage changed"; exit 1; }
say "$(wc -l <<<"$before") stages were taken as they were, of $(trained "$new" | wc -l)"
