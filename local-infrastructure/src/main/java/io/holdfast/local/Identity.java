package io.holdfast.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * A key and its certificate, in the forms that servers and clients take. Only their owner reads the
 * files with the key: PostgreSQL insists.
 *
 * @param key PEM (PKCS #8)
 * @param chain PEM, its own certificate first
 * @param pem both in one file
 * @param keyStore both, as PKCS #12
 * @param password of the key store
 */
public record Identity(Path key, Path chain, Path pem, Path keyStore, String password) {

  static Identity write(Path folder, KeyStore all, String name, String password)
      throws IOException, GeneralSecurityException {
    char[] secret = password.toCharArray();
    PrivateKey key = (PrivateKey) all.getKey(name, secret);
    Certificate[] chain = all.getCertificateChain(name);
    String keyText = Pem.key(key);
    String chainText =
        Pem.certificates(
            Arrays.stream(chain).map(X509Certificate.class::cast).toArray(X509Certificate[]::new));
    Files.createDirectories(folder);
    Identity identity =
        new Identity(
            secret(folder.resolve("tls.key"), keyText),
            Files.writeString(folder.resolve("tls.crt"), chainText),
            secret(folder.resolve("tls.pem"), keyText + chainText),
            secret(folder.resolve("tls.p12"), ""),
            password);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(name, key, secret, chain);
    try (OutputStream out = Files.newOutputStream(identity.keyStore())) {
      own.store(out, secret);
    }
    return identity;
  }

  private static Path secret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }
}
