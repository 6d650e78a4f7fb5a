package io.holdfast.task.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/** Sends one request to a checked address, and checks everything of the answer but its body. */
final class Exchange implements AutoCloseable {

  /**
   * Says that a request may name its own host. The JDK reads it once, when its HTTP client is first
   * used; {@code -Djdk.httpclient.allowRestrictedHeaders=host} says it in time.
   */
  private static final String HOST_HEADER = "jdk.httpclient.allowRestrictedHeaders";

  static {
    if (System.getProperty(HOST_HEADER) == null) {
      System.setProperty(HOST_HEADER, "host");
    }
  }

  private final Destinations destinations;
  private final TaskLimits limits;
  private final HttpClient http;

  Exchange(Destinations destinations, TaskLimits limits, SSLContext trust) {
    requireHostHeader();
    this.destinations = destinations;
    this.limits = limits;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limits.connect())
            .build();
  }

  /** The answer, whatever it is. */
  Outcome<HttpResponse<InputStream>> send(URI base, String resource, String json, String type)
      throws InterruptedException {
    return switch (destinations.of(base)) {
      case Outcome.Success<Destination>(Destination to) -> send(to, resource, json, type);
      case Outcome.Unreachable<Destination>(String reason) -> Outcome.unreachable(reason);
      case Outcome.Violation<Destination>(var problems) -> new Outcome.Violation<>(problems);
    };
  }

  /**
   * The body of an answer that is 200 and of the type.
   *
   * @param resource path below the service's address, with its query
   * @param json what to post, or null to get
   * @param type media type that the answer must have; null: any
   */
  Outcome<InputStream> open(URI base, String resource, String json, String type)
      throws InterruptedException {
    String place = resource.split("\\?", 2)[0];
    return send(base, resource, json, type).then(response -> Answer.checked(response, place, type));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Outcome<HttpResponse<InputStream>> send(
      Destination to, String resource, String json, String type) throws InterruptedException {
    IOException last = null;
    for (InetAddress address : to.addresses()) {
      try {
        HttpRequest request = request(to, address, resource, json, type);
        return Outcome.success(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
      } catch (HttpTimeoutException e) {
        return Outcome.unreachable(
            "%s of %s: no answer within %s.".formatted(resource, to.base(), limits.call()));
      } catch (ConnectException e) {
        last = e;
      } catch (IOException e) {
        return unreachable(to, resource, e);
      }
    }
    return unreachable(to, resource, last);
  }

  private HttpRequest request(
      Destination to, InetAddress address, String resource, String json, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri(resource, address)).timeout(limits.call());
    if (!to.secure()) {
      request.header("Host", to.host());
    }
    if (type != null) {
      request.header("Accept", type);
    }
    if (json != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(json));
    }
    return request.build();
  }

  private static <T> Outcome<T> unreachable(Destination to, String resource, IOException e) {
    return Outcome.unreachable("%s of %s: %s.".formatted(resource, to.base(), cause(e)));
  }

  private static String cause(IOException e) {
    return switch (e) {
      case ConnectException _ -> "no connection";
      case SSLHandshakeException untrusted ->
          "its certificate is not trusted (%s); if its authority is not a public one, name it: the"
                  .formatted(untrusted.getMessage())
              + " setting holdfast.tasks.tls-configuration-name of a service, --ca of a command";
      case IOException _ when e.getMessage() == null -> e.getClass().getSimpleName();
      case IOException _ -> e.getMessage();
    };
  }

  /** Without it, a plain connection could not be made to the address that was checked. */
  private static void requireHostHeader() {
    try {
      HttpRequest.newBuilder(URI.create("http://localhost")).header("Host", "localhost");
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "start the JVM with -D%s=%s: its HTTP client was used before task services were"
              .formatted(HOST_HEADER, "host"),
          e);
    }
  }
}
