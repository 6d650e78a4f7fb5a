#!/usr/bin/env bash
# Rehearses "Back up and restore" of docs/guides/operations.md: in the middle of a study the databases are dumped and the artifacts
# copied; a new system with empty topics gets both, and the same study goes on. Fails unless all that was trained is taken as it was and the
# rest is trained. Needs pg_dump, pg_restore, dropdb and createdb of the server's version (17) or newer.
#   docker/lab/restore.sh [FOLDER]               works in a new folder below FOLDER (default: docker/lab/target)
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
services=(data trainer eval frontier)

say() { printf '· %s\n' "$*"; }
die() { say "$*"; exit 1; }

for tool in pg_dump pg_restore dropdb createdb; do
  version="$("$tool" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1)" || die "there is no $tool here"
  ((version >= 17)) || die "$tool is of version $version: PostgreSQL 17 needs 17 or newer"
done

mkdir -p "${1:-docker/lab/target}"
folder="$(mktemp -d "${1:-docker/lab/target}/restore.XXXXXX")"
study="$folder/study.yaml" old="$folder/old" new="$folder/new" dumps="$folder/dumps"
first="" now="" serving="" done=""

# Not in the foreground, where it would outlive this script when that is told to end.
holdfast() {
  "${HOLDFAST:-./holdfast}" "$@" &
  now=$!
  wait "$now"
  now=""
}

# However it ends, nothing of it runs on; what a failed rehearsal left is kept to be looked at.
end() {
  for process in "$first" "$now"; do
    if [[ -n "$process" ]] && kill "$process" 2>/dev/null; then wait "$process" || true; fi
  done
  [[ -z "$serving" ]] || server "$new" stop || true
  for home in "$old" "$new"; do
    # A system that is just starting cannot be stopped yet.
    [[ ! -d "$home" ]] || for _ in {1..30}; do
      holdfast down --home "$home" >/dev/null 2>&1 && break
      sleep 1
    done
  done
  if [[ -n "$done" ]]; then rm -rf "$folder"; else say "not restored; all that there was is in $folder"; fi
}

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

# A line for each stage that is trained. Its file's inode is another one when it is trained once more, even to the same weights.
trained() {
  [[ ! -d "$1/artifacts/checkpoints" ]] ||
    (cd "$1/artifacts/checkpoints" && find . -path '*/final/model.safetensors' -printf '%i ' -exec sha256sum {} \;) | LC_ALL=C sort
}
count() { trained "$1" | wc -l; }

mkdir -p "$dumps"
trap end EXIT
sed 's/^study: .*/study: restored/; s/tokens: 8k/tokens: 64k/' studies/smoke.yaml >"$study"

say "running a study in the middle of which everything is lost"
holdfast up --home "$old" --trainers 1
"${HOLDFAST:-./holdfast}" run "$study" --home "$old" >"$folder/first.log" 2>&1 &
first=$!
limit=$((SECONDS + ${LAB_SECONDS:-600}))
until (("$(count "$old")" >= 3)); do
  kill -0 "$first" 2>/dev/null || die "the study ended before three stages were trained"
  ((SECONDS < limit)) || die "three stages were not trained in time"
  sleep 0.2
done
connect_to "$old"
for service in "${services[@]}"; do pg_dump -Fc "holdfast_$service" >"$dumps/$service.dump"; done
cp -r "$old/artifacts" "$dumps/artifacts"
kill -0 "$first" 2>/dev/null || die "the study ended before everything was dumped"
kill "$first"
wait "$first" || true
first=""
holdfast down --home "$old"
say "dumped and copied with $(count "$dumps") stages trained, while it ran"

say "restoring into a new system with empty topics"
holdfast up --home "$new" --trainers 1
holdfast down --home "$new"
rm -rf "$new/kafka" "$new/artifacts"
connect_to "$new"
serving=yes
server "$new" -o "-p $PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start
for service in "${services[@]}"; do
  dropdb "holdfast_$service"
  createdb "holdfast_$service"
  pg_restore -d "holdfast_$service" "$dumps/$service.dump"
done
server "$new" stop
serving=""
cp -r "$dumps/artifacts" "$new/artifacts"
before="$(trained "$new")"
holdfast up --home "$new" --trainers 1
# Stages whose requests were lost with the topics are asked for again only so.
holdfast cancel restored --home "$new"
holdfast run "$study" --home "$new"
holdfast down --home "$new"

say "comparing"
! LC_ALL=C comm -23 <(printf '%s\n' "$before") <(trained "$new") | grep . || die "these stages were trained once more, or changed"
taken="$(wc -l <<<"$before")" all="$(count "$new")"
((taken >= 3 && taken < all)) || die "of $all stages $taken were there before, so this shows nothing"
done=yes
say "$taken stages were taken as they were, $((all - taken)) trained"
