package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of this machine's own, as a company has one: what it signs is trusted by
 * those who are given {@link #certificate()}, for a few days.
 */
public final class PrivateAuthority {

  private static final String OWN = "authority";
  private static final String PASSWORD = "only-for-this-machine";

  private final Path folder;

  private PrivateAuthority(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** Makes a new one with the JDK's keytool; one that was there is forgotten. */
  public static PrivateAuthority in(Path folder) {
    PrivateAuthority authority = new PrivateAuthority(folder);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(authority.keys());
      authority.generate(OWN, "-ext", "bc:c");
      Files.writeString(
          authority.certificate(),
          Pem.certificates((X509Certificate) authority.read().getCertificate(OWN)));
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PEM, for those who trust it. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /** A new key and certificate: for a server on this machine, and for a client of that name. */
  public Identity issue(String name) {
    generate(name, "-signer", OWN, "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    try {
      return Identity.write(folder.resolve(name), read(), name, PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path keys() {
    return folder.resolve("authority.p12");
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(keys().toFile(), PASSWORD.toCharArray());
  }

  private void generate(String name, String... further) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-validity", "3"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keys().toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(further));
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
