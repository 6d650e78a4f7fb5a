package io.holdfast.task.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are taken for good over TLS. */
public final class Trust {

  private Trust() {}

  /** The public authorities that this Java knows. */
  public static SSLContext system() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * These, and an organization's own.
   *
   * @param pem one or more certificates
   * @throws IOException when the file is not readable, or holds no certificate
   */
  public static SSLContext systemAnd(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<Certificate> trusted = new LinkedHashSet<>(systemAuthorities());
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw new IOException("%s holds no certificate (PEM)".formatted(pem));
      }
      trusted.addAll(own);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory(store(trusted)).getTrustManagers(), null);
      return context;
    } catch (CertificateException e) {
      throw new IOException("%s holds no certificate (PEM)".formatted(pem), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection<X509Certificate> systemAuthorities() throws GeneralSecurityException {
    return Arrays.stream(factory(null).getTrustManagers())
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .toList();
  }

  private static KeyStore store(Collection<Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : trusted) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return store;
  }

  /** Over a store; null: the JVM's own. */
  private static TrustManagerFactory factory(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
