#!/usr/bin/env bash
# Plays k8s/overlays/local with podman and runs studies/smoke.yaml on it. The images first: see README.md here.
#   docker/lab/play.sh [--keep | --down]         --keep leaves it running, --down takes away what was kept
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lab.sh"
network=holdfast-lab manifest="$target/lab.yaml"
printf 'admin-token=%s\nservice-token=%s\n' "$token" "$token" >"$target/security.env"

# Podman 4 reads secrets as JSON but writes those of a manifest as YAML, so they are made one by one.
secrets() {
  kubectl kustomize docker/lab | awk -v RS='---\n' '/(^|\n)kind: Secret\n/' |
    awk '/^data:/ {inside = 1; next} /^[a-zA-Z]/ {inside = 0} inside {sub(/:$/, "", $1); pairs = pairs (pairs ? "," : "") "\"" $1 "\":\"" $2 "\""}
         /^  name:/ {name = $2} /^type:/ {print name, "{" pairs "}"; pairs = ""}'
}
stop() {
  podman play kube --down "$manifest" >/dev/null 2>&1 || true
  secrets | while read -r name _; do podman secret rm "$name" >/dev/null 2>&1 || true; done
  # Podman 4 makes a volume of each claim, each empty folder and each ConfigMap, all pods sharing those of one name.
  podman volume ls -q | grep -xE 'kafka|postgres|holdfast-(artifacts|corpora)|tmp|native-cache|databases-.*' |
    xargs -r podman volume rm -f >/dev/null 2>&1 || true
  podman network rm -f "$network" >/dev/null 2>&1 || true
}
kubectl kustomize docker/lab | awk -v RS='---\n' -v ORS='---\n' '!/(^|\n)kind: Secret\n/' >"$manifest"
begin
podman network create "$network" >/dev/null
say "starting the pods"
secrets | while read -r name json; do podman secret create "$name" - <<<"$json" >/dev/null; done
podman play kube --network "$network" --log-driver k8s-file "$manifest" >"$target/play.log" 2>&1 || { tail -n 20 "$target/play.log"; exit 1; }
run_smoke_study
check_containers
