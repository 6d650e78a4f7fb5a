#!/usr/bin/env bash
# Plays k8s/overlays/local with podman and runs studies/smoke.yaml on it. The images first: see README.md here.
#   docker/lab/play.sh [--keep]
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lab.sh"
keep="${1:-}"
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
  podman volume rm -f kafka postgres holdfast-artifacts holdfast-corpora >/dev/null 2>&1 || true
}
kubectl kustomize docker/lab | awk -v RS='---\n' -v ORS='---\n' '!/(^|\n)kind: Secret\n/' >"$manifest"
podman network exists "$network" || podman network create "$network" >/dev/null
[[ "$keep" == --keep ]] || trap stop EXIT
stop
say "starting the pods"
secrets | while read -r name json; do podman secret create "$name" - <<<"$json" >/dev/null; done
podman play kube --network "$network" --log-driver k8s-file "$manifest" >"$target/play.log" 2>&1
run_smoke_study
