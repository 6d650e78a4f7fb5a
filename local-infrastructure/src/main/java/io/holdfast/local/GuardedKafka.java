package io.holdfast.local;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A real broker as a guarded installation has it: users come over TLS with a password (SCRAM) or
 * with a certificate (mutual TLS), and may do what a rule (ACL) says and nothing else.
 */
public final class GuardedKafka implements AutoCloseable {

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  private final LocalKafka kafka;
  private final int passwordPort;
  private final int certificatePort;
  private final PrivateAuthority authority;

  private GuardedKafka(
      LocalKafka kafka, int passwordPort, int certificatePort, PrivateAuthority authority) {
    this.kafka = kafka;
    this.passwordPort = passwordPort;
    this.certificatePort = certificatePort;
    this.authority = authority;
  }

  /** Starts one over the log in a folder, and returns once it answers. */
  public static GuardedKafka start(Path folder) {
    PrivateAuthority authority = PrivateAuthority.in(folder.resolve("tls"));
    Identity own = authority.issue("broker");
    int passwordPort = FreePorts.any();
    int certificatePort = FreePorts.any();
    String addresses =
        ",SASL_SSL://127.0.0.1:%d,SSL://127.0.0.1:%d".formatted(passwordPort, certificatePort);
    LocalKafka kafka =
        LocalKafka.start(
            folder,
            0,
            Map.ofEntries(
                Map.entry("listeners", addresses),
                Map.entry("advertised.listeners", addresses),
                Map.entry("listener.security.protocol.map", ",SASL_SSL:SASL_SSL,SSL:SSL"),
                Map.entry("sasl.enabled.mechanisms", MECHANISM),
                Map.entry("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", LOGIN + ";"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", own.keyStore().toString()),
                Map.entry("ssl.keystore.password", own.password()),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", authority.certificate().toString()),
                Map.entry("listener.name.ssl.ssl.client.auth", "required"),
                // Whoever shows CN=data-service is User:data-service, as with a password.
                Map.entry("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/"),
                Map.entry(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                // The broker itself, and whoever runs it, come without TLS and without a name.
                Map.entry("super.users", "User:ANONYMOUS")));
    return new GuardedKafka(kafka, passwordPort, certificatePort, authority);
  }

  /** Creates topics, as whoever runs the broker does. */
  public void createTopics(Collection<String> names) {
    kafka.createTopics(names, 1);
  }

  /** Lets whoever comes by a name do what the rules say. */
  public void allow(Collection<AclBinding> rules) {
    change(admin -> admin.createAcls(rules).all());
  }

  /** Lets a user with a password in. */
  public void addUser(String name, String password) {
    ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    change(
        admin ->
            admin
                .alterUserScramCredentials(
                    List.of(new UserScramCredentialUpsertion(name, scram, password)))
                .all());
  }

  /** What a client with a password is configured with, as in the guide of security. */
  public Map<String, String> settingsOf(String user, String password) {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + passwordPort,
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        MECHANISM,
        "sasl.jaas.config",
        "%s username=\"%s\" password=\"%s\";".formatted(LOGIN, user, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        authority.certificate().toString());
  }

  /** Likewise with a certificate, which an authority signed: this broker trusts its own alone. */
  public Map<String, String> settingsOf(String user, PrivateAuthority signer) {
    return Map.of(
        "bootstrap.servers",
        "127.0.0.1:" + certificatePort,
        "security.protocol",
        "SSL",
        "ssl.keystore.type",
        "PEM",
        "ssl.keystore.location",
        signer.issue(user).pem().toString(),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        authority.certificate().toString());
  }

  /** Whose certificates the broker shows and trusts. */
  public PrivateAuthority authority() {
    return authority;
  }

  @Override
  public void close() {
    kafka.close();
  }

  private void change(Function<Admin, KafkaFuture<?>> change) {
    try (Admin admin = kafka.admin()) {
      change.apply(admin).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused a change of its users", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
