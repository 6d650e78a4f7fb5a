# What compose.sh and play.sh share.
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
export CONTAINERS_CONF="$PWD/docker/lab/containers.conf"
url=http://127.0.0.1:18080
target=docker/lab/target
mkdir -p "$target"
# 32 characters: kustomize folds longer values, which the reading of secrets in play.sh does not expect.
token="$(od -An -vtx1 -N16 /dev/urandom | tr -d ' \n')"

say() { printf '· %s\n' "$*"; }

show_containers() {
  podman ps -a --format '{{.Names}} {{.Status}}' | grep -v infra
  podman ps -a --format '{{.Names}}' | grep -v infra | while read -r name; do
    printf '== %s\n' "$name"
    podman logs --tail 15 "$name" 2>&1
  done
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
  ./holdfast run studies/smoke.yaml --server "$url" --token-file "$target/token" --home "$target/home" || {
    show_containers
    exit 1
  }
  say "the smoke study is completed after $SECONDS s"
}
