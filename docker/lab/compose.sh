#!/usr/bin/env bash
# Starts docker/compose.yaml with podman-compose and runs studies/smoke.yaml on it. The images first: see README.md here.
#   docker/lab/compose.sh [--keep | --down]      --keep leaves it running, --down takes away what was kept
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lab.sh"
export HOLDFAST_DB_PASSWORD="$token" HOLDFAST_TOKEN="$token" HOLDFAST_PORT="${url##*:}" HOLDFAST_CORPORA="$PWD/$target/corpora"
mkdir -p "$HOLDFAST_CORPORA"
compose() { podman-compose -p holdfast -f docker/compose.yaml --podman-run-args=--log-driver=k8s-file "$@"; }
stop() {
  compose down -v >>"$target/compose.log" 2>&1 || true
  podman network rm -f holdfast_default >>"$target/compose.log" 2>&1 || true
}
: >"$target/compose.log"
begin
say "starting the containers"
compose up -d --no-build >>"$target/compose.log" 2>&1 || { tail -n 20 "$target/compose.log"; exit 1; }
run_smoke_study
check_containers
# podman runs health checks by systemd, which need not be here: so each once, by hand.
for service in data trainer eval frontier; do
  podman healthcheck run "$(container "$service")" || { say "$service-service is not healthy"; exit 1; }
done
podman exec holdfast_kafka_1 test -e /var/lib/kafka/data/log/meta.properties || { say "the broker's data is not on its volume"; exit 1; }
say "all four are healthy, and the broker's data is on its volume"
