# Evaluates checkpoints.
# Build from the repository's root after ./holdfast build:
#   docker build -f docker/eval-service.Dockerfile -t holdfast/eval-service .
# BASE_IMAGE is any image with a Java 25 runtime on the PATH.
ARG BASE_IMAGE=eclipse-temurin:25-jre

# Others' libraries change seldom and are large, what is ours changes with every build: a layer for each, the same wherever and
# whenever it is built of the same files.
FROM ${BASE_IMAGE} AS built
WORKDIR /built
COPY eval-service/target/quarkus-app/lib/ libraries/app/lib/
COPY eval-service/target/quarkus-app/quarkus-run.jar docker/healthy own/app/
COPY eval-service/target/quarkus-run-cyclonedx.json own/app/sbom.json
COPY eval-service/target/quarkus-app/quarkus/ own/app/quarkus/
COPY eval-service/target/quarkus-app/app/ own/app/app/
# What is written to belongs to group 0, of which any user will do, as OpenShift assigns one.
RUN mkdir -p own/app/lib/main && mv libraries/app/lib/main/io.holdfast.* own/app/lib/main/ \
 && mkdir -p -m 770 libraries/artifacts libraries/var/cache/djl \
 && find . -exec touch --no-dereference --date=@0 {} +

FROM ${BASE_IMAGE}

LABEL org.opencontainers.image.title="holdfast-eval-service" \
      org.opencontainers.image.description="Evaluates checkpoints."

# Most memory is libtorch's, outside the heap. Large blocks stay with the allocator instead of going back to the
# kernel at every step (3-16 % of training speed on CPU).
ENV MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_THRESHOLD_=8589934592 \
    MALLOC_TRIM_THRESHOLD_=17179869184 \
    MALLOC_TOP_PAD_=67108864 \
    DJL_CACHE_DIR=/var/cache/djl \
    DJL_OFFLINE=true \
    OPT_OUT_TRACKING=true \
    HOLDFAST_ARTIFACTS_ROOT=/artifacts \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080
COPY --from=built /built/libraries/ /
COPY --from=built /built/own/ /
WORKDIR /app
USER 10001:0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m CMD ["/app/healthy"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Djdk.httpclient.allowRestrictedHeaders=host", "-jar", "/app/quarkus-run.jar"]
