package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that this machine gave itself, for 127.0.0.1 and localhost and a few days.
 *
 * @param keyStore PKCS #12, for the server
 * @param password of the key store
 * @param certificate PEM, for those who trust it
 */
public record OwnCertificate(Path keyStore, String password, Path certificate) {

  /** Makes one with the JDK's keytool. */
  public static OwnCertificate in(Path folder) {
    OwnCertificate own =
        new OwnCertificate(
            folder.resolve("server.p12").toAbsolutePath(),
            "only-for-this-machine",
            folder.resolve("server.crt").toAbsolutePath());
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(own.keyStore());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    own.keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-validity",
        "3",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1");
    own.keytool("-exportcert", "-rfc", "-file", own.certificate().toString());
    return own;
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "server", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", keyStore.toString(), "-storepass", password));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
