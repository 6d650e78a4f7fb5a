#!/usr/bin/env bash
# KAFKA_LOG_DIRS=… becomes log.dirs=…, and so on, as in Apache's image.
set -euo pipefail
properties=/tmp/server.properties
# Where nothing is said Apache's image keeps its data in /tmp, on no volume.
export KAFKA_LOG_DIRS="${KAFKA_LOG_DIRS:-/tmp/kafka-logs}"
env | sed -n 's/^KAFKA_\([A-Z_]*\)=\(.*\)$/\1=\2/p' | while IFS='=' read -r name value; do
  printf '%s=%s\n' "$(tr 'A-Z_' 'a-z.' <<<"$name")" "$value"
done >"$properties"
kafka() { java -Xmx384m -XX:+UseSerialGC -cp '/opt/kafka/libs/*' "$@"; }
[[ -f "${KAFKA_LOG_DIRS%%,*}/meta.properties" ]] ||
  kafka kafka.tools.StorageTool format --cluster-id aG9sZGZhc3QtbGFiLWtmaw --config "$properties"
exec java -Xmx384m -XX:+UseSerialGC -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
