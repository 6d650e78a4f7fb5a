#!/usr/bin/env bash
# Starts docker/compose.yaml with podman-compose and runs studies/smoke.yaml on it. The images first: see README.md here.
#   docker/lab/compose.sh [--keep]
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lab.sh"
keep="${1:-}"
export HOLDFAST_DB_PASSWORD="$token" HOLDFAST_TOKEN="$token" HOLDFAST_PORT="${url##*:}"
compose() { podman-compose -p holdfast -f docker/compose.yaml --podman-run-args=--log-driver=k8s-file "$@"; }
stop() {
  [[ "$keep" != --keep ]] || return 0
  compose down -v >>"$target/compose.log" 2>&1 || true
}
trap stop EXIT
say "starting the containers"
compose up -d --no-build >"$target/compose.log" 2>&1
run_smoke_study
