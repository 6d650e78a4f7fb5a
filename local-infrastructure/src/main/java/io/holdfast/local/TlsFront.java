package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Ends TLS in front of a plain server on this machine, as an ingress does. */
public final class TlsFront implements AutoCloseable {

  private final ServerSocket listener;
  private final int behind;

  private TlsFront(ServerSocket listener, int behind) {
    this.listener = listener;
    this.behind = behind;
  }

  /**
   * Starts one.
   *
   * @param behind port of the plain server
   * @param address of this machine to listen at, such as {@code 127.0.0.1}
   * @param keyStore its key and certificate, as PKCS #12
   */
  public static TlsFront before(int behind, String address, Path keyStore, String password) {
    try {
      ServerSocket listener =
          context(keyStore, password.toCharArray())
              .getServerSocketFactory()
              .createServerSocket(0, 0, InetAddress.getByName(address));
      TlsFront front = new TlsFront(listener, behind);
      Thread.ofVirtual().name("tls-front").start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      Thread requests = Thread.ofVirtual().start(() -> copy(caller, server));
      copy(server, caller);
      requests.join();
    } catch (IOException e) {
      // The caller sees that the connection is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until one side ends; then both do. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Likewise.
    }
  }

  private static SSLContext context(Path keyStore, char[] password)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
