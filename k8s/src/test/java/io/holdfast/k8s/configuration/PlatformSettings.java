package io.holdfast.k8s.configuration;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A property of the platform that operators of Holdfast set. Its default is read from where it
 * stands; its meaning is ours to say.
 */
record PlatformSettings(String name, String meaning) {

  static final List<PlatformSettings> ALL =
      List.of(
          new PlatformSettings("kafka.bootstrap.servers", "Addresses of Kafka's brokers."),
          new PlatformSettings(
              "kafka.security.protocol",
              "`PLAINTEXT`, `SSL`, `SASL_SSL`; with it the `kafka.ssl.*` and `kafka.sasl.*` properties."),
          new PlatformSettings(
              "quarkus.datasource.jdbc.url", "The service's own database in PostgreSQL."),
          new PlatformSettings("quarkus.datasource.username", "Its role."),
          new PlatformSettings("quarkus.datasource.password", "The role's password."),
          new PlatformSettings(
              "quarkus.datasource.jdbc.max-size",
              "Connections of one process at most. PostgreSQL has to allow their sum over all pods."),
          new PlatformSettings(
              "quarkus.flyway.migrate-at-start",
              "Whether the service brings its tables up to date when it starts."),
          new PlatformSettings("quarkus.http.host", "Where REST, metrics and health listen."),
          new PlatformSettings("quarkus.http.port", "Their port."),
          new PlatformSettings(
              "quarkus.http.limits.max-body-size",
              "Longest request, such as a study, that is read."),
          new PlatformSettings(
              "quarkus.rest-client.data-service.url",
              "frontier-service: where data-service answers."),
          new PlatformSettings(
              "quarkus.rest-client.data-service.tls-configuration-name",
              "frontier-service: which `quarkus.tls.<name>.*` it trusts there."),
          new PlatformSettings(
              "quarkus.http.tls-configuration-name",
              "Which `quarkus.tls.<name>.*` has the certificate for HTTPS."),
          new PlatformSettings(
              "quarkus.http.insecure-requests",
              "What becomes of requests without TLS then: `disabled`, `redirect` or `enabled`."),
          new PlatformSettings(
              "quarkus.oidc.auth-server-url", "The issuer whose tokens are good in mode `oidc`."),
          new PlatformSettings(
              "quarkus.oidc.token.audience",
              "What the issuer calls Holdfast; others' tokens are refused."),
          new PlatformSettings(
              "quarkus.oidc.roles.role-claim-path",
              "Where its tokens name groups or roles, such as `realm_access/roles`."),
          new PlatformSettings("quarkus.log.level", "How much is logged: `DEBUG`, `INFO`, `WARN`."),
          new PlatformSettings(
              "mp.messaging.incoming.<topic>.enabled",
              "`false`: this process does not hear the topic, like the workers of `k8s/components/workers`."));

  String row(Properties ofAll) {
    Map<String, String> known = new TreeMap<>();
    if (ofAll.containsKey(name)) {
      known.put("", "`" + ofAll.getProperty(name) + "`");
    }
    for (String service : Modules.SERVICES) {
      String own = Modules.properties(service, "application.properties").getProperty(name);
      if (own != null && !own.equals(ofAll.getProperty(name))) {
        known.put(service, service + ": `" + own + "`");
      }
    }
    String standard = known.isEmpty() ? "the platform's" : String.join("; ", known.values());
    return "| `%s` | %s | %s |".formatted(name, standard, meaning);
  }
}
