# The trainer or the evaluator with a libtorch for CUDA in place of the CPU's. Not tried on a GPU yet.
#   docker/build.sh --cuda IMAGE trainer-service eval-service
# CUDA_IMAGE has a Java 25 runtime on the PATH, the CUDA 12.8 runtime, and libtorch 2.7.1 for CUDA 12.8 (cxx11 ABI) unpacked in
# /opt/libtorch. The binding between Java and libtorch comes with the service: 2.7.1 and no other.
ARG SERVICE_IMAGE=holdfast/trainer-service
ARG CUDA_IMAGE
FROM ${SERVICE_IMAGE} AS service
FROM ${CUDA_IMAGE}

ENV PYTORCH_LIBRARY_PATH=/opt/libtorch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    DJL_CACHE_DIR=/var/cache/djl \
    DJL_OFFLINE=true \
    OPT_OUT_TRACKING=true \
    HOLDFAST_ARTIFACTS_ROOT=/artifacts \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080
RUN mkdir -p /var/cache/djl /artifacts && chgrp 0 /var/cache/djl /artifacts && chmod 770 /var/cache/djl /artifacts
WORKDIR /app
COPY --from=service /app/ ./
USER 10001:0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m CMD ["/app/healthy"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Djdk.httpclient.allowRestrictedHeaders=host", "-jar", "/app/quarkus-run.jar"]
