# Stands in for postgres:17 on a machine that reaches no image registry: the same server, and an entrypoint with the same variables and
# the same folder of scripts for a new database.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
ADD docker/lab/target/postgres.txz /opt/postgres/
COPY docker/lab/postgres.sh /opt/postgres/start
RUN useradd --system --uid 999 postgres && mkdir -p /var/lib/postgresql/data && chown -R postgres /var/lib/postgresql \
 && ln -s /opt/postgres/bin/* /usr/local/bin/
ENV PGDATA=/var/lib/postgresql/data
EXPOSE 5432
ENTRYPOINT ["/opt/postgres/start"]
