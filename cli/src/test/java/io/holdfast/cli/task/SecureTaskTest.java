package io.holdfast.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Commands;
import io.holdfast.cli.Main;
import io.holdfast.local.Identity;
import io.holdfast.local.PrivateAuthority;
import io.holdfast.local.TlsFront;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task service behind TLS, with a certificate of an organization's own authority. */
class SecureTaskTest {

  @TempDir static Path folder;
  private static RunningTask task;
  private static PrivateAuthority authority;
  private static Identity server;

  private final Commands commands = new Commands();

  @BeforeAll
  static void start() throws Exception {
    Skeleton.JAVA.write("sums", folder.resolve("sums"));
    task = new RunningTask(folder.resolve("sums"), folder);
    authority = PrivateAuthority.in(folder.resolve("authority"));
    server = authority.issue("sums");
  }

  @AfterAll
  static void stop() {
    if (task != null) {
      task.close();
    }
  }

  @Test
  void isTrustedByItsAuthority() {
    try (TlsFront front = front("127.0.0.1")) {
      assertThat(check(front, "localhost")).as(commands.output()).isZero();
      assertThat(commands.output()).contains("sums@1");
    }
  }

  @Test
  void isNotTrustedOtherwise() {
    try (TlsFront front = front("127.0.0.1")) {
      String url = "https://localhost:" + front.port();
      assertThat(commands.execute("task", "check", url)).isEqualTo(Main.SYSTEM);
      assertThat(commands.output()).contains("certificate is not trusted", "--ca");
    }
  }

  @Test
  void anotherHostsCertificateIsRefused() {
    try (TlsFront front = front("127.0.0.2")) {
      assertThat(check(front, "127.0.0.2")).isEqualTo(Main.SYSTEM);
      assertThat(commands.output()).contains("127.0.0.2", "certificate is not trusted");
    }
  }

  @Test
  void aFileWithoutACertificateIsNamed() {
    String file = folder.resolve("sums/README.md").toString();
    assertThat(commands.execute("task", "check", "https://localhost:1", "--ca", file))
        .isEqualTo(Main.SYSTEM);
    assertThat(commands.output()).contains("--ca", file, "holds no certificate");
  }

  private int check(TlsFront front, String host) {
    String url = "https://%s:%d".formatted(host, front.port());
    return commands.execute("task", "check", url, "--ca", authority.certificate().toString());
  }

  private static TlsFront front(String address) {
    return TlsFront.before(task.url().getPort(), address, server.keyStore(), server.password());
  }
}
