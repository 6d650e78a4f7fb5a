package io.holdfast.cli.client;

import io.holdfast.cli.retry.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of Server-Sent Events that takes itself up again where it broke off. When the reader is
 * too slow the oldest events are dropped and a {@code resync} says so.
 */
public final class LiveEvents implements AutoCloseable {

  private static final int WAITING = 4096;

  /** Before a stream that was cut is taken up again; doubled each time that nothing came of it. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** The server sends a comment at least every 15 s; silence means that the connection is dead. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  /**
   * One event.
   *
   * @param type such as {@code stage} or {@code progress}
   * @param data JSON
   */
  public record Event(String type, String data) {}

  private final HttpClient client;
  private final HttpRequest.Builder subscription;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING);
  private final Thread reader;
  private final Thread watch;
  private volatile String lastId;
  private volatile long lastHeard = System.nanoTime();
  private volatile InputStream connection;
  private volatile boolean closed;

  private LiveEvents(HttpClient client, HttpRequest.Builder subscription) {
    this.client = client;
    this.subscription = subscription;
    this.reader = Thread.ofVirtual().name("live-events").unstarted(this::readOn);
    this.watch = Thread.ofVirtual().name("live-events-watch").unstarted(this::breakSilence);
  }

  static LiveEvents open(HttpClient client, HttpRequest.Builder subscription) {
    LiveEvents events = new LiveEvents(client, subscription);
    events.reader.start();
    events.watch.start();
    return events;
  }

  /** The next event, or null when none arrives in time. */
  public Event poll(Duration limit) throws InterruptedException {
    return events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    watch.interrupt();
    disconnect();
  }

  private void readOn() {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      while (!closed) {
        String before = lastId;
        try {
          read();
        } catch (IOException broken) {
          // Taken up again below, from the last event.
        }
        if (lastId != null && !lastId.equals(before)) {
          backoff.reset();
        }
        backoff.pause();
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        subscription.copy().timeout(Duration.ofSeconds(30)).header("accept", "text/event-stream");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) {
        return;
      }
      connection = body;
      lastHeard = System.nanoTime();
      if (lastId != null) {
        // Whatever the server no longer keeps, the reader looks at the whole once more.
        offer(new Event("resync", "{}"));
      }
      parse(lines);
    } finally {
      connection = null;
    }
  }

  /**
   * The format of https://html.spec.whatwg.org/multipage/server-sent-events.html. An id counts once
   * its event is complete: a connection that breaks in between must not skip the event.
   */
  private void parse(BufferedReader lines) throws IOException {
    String type = "message";
    String id = lastId;
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      lastHeard = System.nanoTime();
      if (line.isEmpty()) {
        lastId = id;
        if (!data.isEmpty()) {
          offer(new Event(type, data.substring(0, data.length() - 1)));
        }
        type = "message";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> type = value;
        case "data" -> data.append(value).append('\n');
        case "id" -> id = value;
        default -> {} // comments and retry hints
      }
    }
  }

  private void offer(Event event) {
    while (!events.offer(event)) {
      events.clear();
      events.offer(new Event("resync", "{}"));
    }
  }

  private void breakSilence() {
    try {
      while (!closed) {
        Thread.sleep(SILENCE.dividedBy(5));
        if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
          disconnect();
        }
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  private void disconnect() {
    InputStream open = connection;
    if (open != null) {
      try {
        open.close();
      } catch (IOException gone) {
        // That is what was wanted.
      }
    }
  }
}
