#!/usr/bin/env bash
# Makes the image localhost/java25 of Debian and this machine's JDK, for machines that reach no image registry.
# Needs root, debootstrap and podman or buildah's storage.
set -euo pipefail
image="${1:-localhost/java25:base}"
: "${JAVA_HOME:?set JAVA_HOME to a JDK 25}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
debootstrap --variant=minbase --include=procps,libgomp1,libstdc++6,postgresql-client bookworm "$folder"
mkdir -p "$folder/opt/java/25"
# A JDK without what only developers need.
tar -C "$JAVA_HOME" --exclude=jmods --exclude=src.zip --exclude=man --exclude=include -c . | tar -C "$folder/opt/java/25" -x
ln -s /opt/java/25/bin/java "$folder/usr/local/bin/java"
rm -rf "$folder"/var/cache/apt/* "$folder"/var/lib/apt/lists/*
tar -C "$folder" -c . | podman import --change 'ENV LANG=C.UTF-8' - "$image"
