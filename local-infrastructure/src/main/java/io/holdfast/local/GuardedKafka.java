package io.holdfast.local;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A real broker as a guarded installation has it: users come over TLS with a password (SCRAM), and
 * may do what a rule (ACL) says and nothing else.
 */
public final class GuardedKafka implements AutoCloseable {

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  private final LocalKafka kafka;
  private final int port;
  private final OwnCertificate certificate;

  private GuardedKafka(LocalKafka kafka, int port, OwnCertificate certificate) {
    this.kafka = kafka;
    this.port = port;
    this.certificate = certificate;
  }

  /** Starts one over the log in a folder, and returns once it answers. */
  public static GuardedKafka start(Path folder) {
    OwnCertificate certificate = OwnCertificate.in(folder.resolve("tls"));
    int port = FreePorts.any();
    String address = ",SASL_SSL://127.0.0.1:" + port;
    LocalKafka kafka =
        LocalKafka.start(
            folder,
            0,
            Map.ofEntries(
                Map.entry("listeners", address),
                Map.entry("advertised.listeners", address),
                Map.entry("listener.security.protocol.map", ",SASL_SSL:SASL_SSL"),
                Map.entry("sasl.enabled.mechanisms", MECHANISM),
                Map.entry("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", LOGIN + ";"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", certificate.keyStore().toString()),
                Map.entry("ssl.keystore.password", certificate.password()),
                Map.entry(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                // The broker itself, and whoever runs it, come without TLS and without a name.
                Map.entry("super.users", "User:ANONYMOUS")));
    return new GuardedKafka(kafka, port, certificate);
  }

  /** Creates topics, as whoever runs the broker does. */
  public void createTopics(Collection<String> names) {
    kafka.createTopics(names, 1);
  }

  /** Lets a user in, to do what the rules say. */
  public void addUser(String name, String password, Collection<AclBinding> rules) {
    try (Admin admin = kafka.admin()) {
      ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(name, scram, password)))
          .all()
          .get();
      admin.createAcls(rules).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused the user " + name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a client of that user is configured with, as in the guide of security. */
  public Map<String, String> settingsOf(String user, String password) {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + port,
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        MECHANISM,
        "sasl.jaas.config",
        "%s username=\"%s\" password=\"%s\";".formatted(LOGIN, user, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        certificate.certificate().toString());
  }

  @Override
  public void close() {
    kafka.close();
  }
}
