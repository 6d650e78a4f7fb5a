# Stands in for apache/kafka on a machine that reaches no image registry: the same broker from the same jars, told what to do by the same
# KAFKA_… variables.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY docker/lab/target/kafka/ /opt/kafka/libs/
COPY docker/lab/kafka.sh /opt/kafka/start
EXPOSE 9092
ENTRYPOINT ["/opt/kafka/start"]
