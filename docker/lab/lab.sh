# shellcheck shell=bash
# What compose.sh and play.sh share. Each defines `stop`, which takes away all that it started.
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit
export CONTAINERS_CONF="$PWD/docker/lab/containers.conf"
url=http://127.0.0.1:18080
target=docker/lab/target
mkdir -p "$target"
# 32 characters: kustomize folds longer values, which the reading of secrets in play.sh does not expect.
token="$(od -An -vtx1 -N16 /dev/urandom | tr -d ' \n')"
mode="${1:-}" running=""
[[ "$mode" =~ ^(|--keep|--down)$ ]] || {
  printf 'Usage: %s [--keep | --down]\n' "$0" >&2
  exit 2
}

say() { printf '· %s\n' "$*"; }

# Takes away what an earlier run left; what this one starts goes too, however it ends, unless it is to be kept.
begin() {
  stop
  [[ "$mode" != --down ]] || exit 0
  [[ "$mode" == --keep ]] || trap '[[ -z "$running" ]] || kill "$running" || true; stop' EXIT
  SECONDS=0
}

show_containers() {
  podman ps -a --format '{{.Names}} {{.Status}}' | grep -v infra
  podman ps -a --format '{{.Names}}' | grep -v infra | while read -r name; do
    printf '== %s\n' "$name"
    podman logs --tail 15 "$name" 2>&1
  done
}

container() { podman ps --filter "name=$1-service" --format '{{.Names}}'; }

# What the images and their descriptions promise, asked from inside.
check_containers() {
  local service name wrong=0 findings
  for service in data trainer eval frontier; do
    name="$(container "$service")"
    findings="$(podman exec "$name" bash -c '
      [[ "$(id -u)" == 10001 ]] || echo "runs as user $(id -u)"
      ! touch /app/probe 2>/dev/null || echo "can write to its root file system"
      grep -qE "^CapBnd:\s0+$" /proc/1/status || echo "could get capabilities"
      grep -qE "^NoNewPrivs:\s1$" /proc/1/status || echo "could get more privileges"' 2>&1)" || findings="cannot be asked: $findings"
    if [[ -n "$findings" ]]; then
      printf '%s: %s\n' "${name:-$service-service}" "$findings"
      wrong=1
    fi
  done
  ((wrong == 0)) || exit 1
  say "all four run without privileges, as an ordinary user, on a file system that they cannot change"
}

# As a user would, with the commands of this clone and the system as one that somebody else runs.
run_smoke_study() {
  local end=$((SECONDS + ${LAB_SECONDS:-600}))
  until curl -fs "$url/q/health/ready" >/dev/null; do
    if ((SECONDS > end)); then
      say "frontier-service is not ready in time"
      show_containers
      exit 1
    fi
    sleep 1
  done
  say "frontier-service is ready after $SECONDS s"
  printf '%s' "$token" >"$target/token"
  # Not in the foreground, where it would outlive this script when that is told to end.
  ./holdfast run studies/smoke.yaml --server "$url" --token-file "$target/token" --home "$target/home" &
  running=$!
  wait "$running" || {
    show_containers
    exit 1
  }
  running=""
  say "the smoke study is completed after $SECONDS s"
}
