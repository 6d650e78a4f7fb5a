package io.holdfast.local;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468). */
final class Pem {

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String key(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  static String certificates(X509Certificate... chain) throws CertificateEncodingException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(block("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(label, LINES.encodeToString(der));
  }
}
