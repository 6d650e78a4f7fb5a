# Tokenizes corpora and plans mixtures.
# Build from the repository's root after ./holdfast build:
#   docker build -f docker/data-service.Dockerfile -t holdfast/data-service .
# BASE_IMAGE is any image with a Java 25 runtime on the PATH.
ARG BASE_IMAGE=eclipse-temurin:25-jre
FROM ${BASE_IMAGE}

LABEL org.opencontainers.image.title="holdfast-data-service" \
      org.opencontainers.image.description="Tokenizes corpora and plans mixtures."

ENV DJL_CACHE_DIR=/var/cache/djl \
    DJL_OFFLINE=true \
    OPT_OUT_TRACKING=true
RUN mkdir -p /var/cache/djl && chgrp 0 /var/cache/djl && chmod 770 /var/cache/djl
WORKDIR /app
# Libraries change least, our own classes most: one layer each.
COPY data-service/target/quarkus-app/lib/ lib/
COPY data-service/target/quarkus-app/quarkus-run.jar ./
COPY data-service/target/quarkus-run-cyclonedx.json sbom.json
COPY data-service/target/quarkus-app/quarkus/ quarkus/
COPY data-service/target/quarkus-app/app/ app/

RUN mkdir -p /artifacts && chgrp 0 /artifacts && chmod 770 /artifacts
ENV HOLDFAST_ARTIFACTS_ROOT=/artifacts \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080
# Any user of group 0 will do, as OpenShift assigns one.
USER 10001:0
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Djdk.httpclient.allowRestrictedHeaders=host", "-jar", "/app/quarkus-run.jar"]
