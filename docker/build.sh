#!/usr/bin/env bash
# Builds Holdfast's images with docker, podman or buildah, whichever there is.
#
#   docker/build.sh                                      all services, tagged holdfast/<service>:latest
#   docker/build.sh --base my/java25 --tag 1.0 --prefix registry.example.org/holdfast trainer-service
#   docker/build.sh --cuda my/java25-cuda trainer-service eval-service
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

usage() {
  cat <<'TEXT'
Usage: docker/build.sh [options] [service…]

Builds an image for each service (default: all four) from what ./holdfast build left in <service>/target/quarkus-app.

  --base IMAGE     image with a Java 25 runtime on the PATH (default: eclipse-temurin:25-jre)
  --cuda IMAGE     also build <service>:<tag>-cuda for the services that compute, on this image: see docker/cuda.Dockerfile
  --prefix NAME    of the images (default: holdfast)
  --tag TAG        (default: latest)
  --tool TOOL      docker, podman or buildah (default: the first of them that works)
TEXT
}

die() { printf '%s\n' "$*" >&2; exit 2; }

base=eclipse-temurin:25-jre cuda="" prefix=holdfast tag=latest tool="" services=()
while (($#)); do
  case "$1" in
    --base | --cuda | --prefix | --tag | --tool)
      [[ $# -ge 2 ]] || die "$1 needs a value."
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    -h | --help) usage; exit ;;
    -*) usage >&2; die "There is no option $1." ;;
    *) services+=("$1"); shift ;;
  esac
done
((${#services[@]})) || services=(data-service trainer-service eval-service frontier-service)

works() {
  case "$1" in
    docker) docker info >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

if [[ -z "$tool" ]]; then
  for candidate in docker podman buildah; do
    if works "$candidate"; then tool="$candidate"; break; fi
  done
  [[ -n "$tool" ]] || die "There is no docker daemon, podman or buildah here. Install one of them, or say which with --tool."
fi

build() { # image, dockerfile, arguments…
  local image="$1" file="$2"
  shift 2
  printf '· %s with %s\n' "$image" "$tool"
  case "$tool" in
    # OCI's own format knows no health checks.
    buildah) buildah bud ${BUILDAH_ISOLATION:+--isolation "$BUILDAH_ISOLATION"} --format docker --layers -q -f "$file" "$@" -t "$image" . ;;
    podman) podman build --format docker -q -f "$file" "$@" -t "$image" . ;;
    *) "$tool" build -q -f "$file" "$@" -t "$image" . ;;
  esac
}

for service in "${services[@]}"; do
  [[ -f "docker/$service.Dockerfile" ]] || die "There is no service $service: give data-service, trainer-service, eval-service or frontier-service."
  [[ -f "$service/target/quarkus-app/quarkus-run.jar" ]] || die "$service is not built yet: run ./holdfast build first."
done
for service in "${services[@]}"; do
  build "$prefix/$service:$tag" "docker/$service.Dockerfile" --build-arg "BASE_IMAGE=$base"
  if [[ -n "$cuda" && "$service" =~ ^(trainer|eval)-service$ ]]; then
    build "$prefix/$service:$tag-cuda" docker/cuda.Dockerfile \
      --build-arg "SERVICE_IMAGE=$prefix/$service:$tag" --build-arg "CUDA_IMAGE=$cuda"
  fi
done
