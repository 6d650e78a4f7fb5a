package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.frontier.EventStream.Event;
import io.holdfast.frontier.api.LiveData;
import io.holdfast.frontier.live.LiveFeed;
import io.holdfast.frontier.live.LiveLog;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live events: in order, without gaps over reconnects, and a slow subscriber hurts only itself. */
@QuarkusTest
@Timeout(90)
@QuarkusTestResource(
    value = LocalInfrastructureResource.class,
    initArgs = @ResourceArg(name = "database", value = "holdfast_frontier"))
@QuarkusTestResource(DataServiceStandIn.class)
class LiveEventsIT {

  @Inject LiveLog log;
  @Inject LiveFeed feed;
  @Inject AgroalDataSource database;

  @BeforeAll
  static void waitLongEnoughForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void tellsAStudysLifeInOrder() throws Exception {
    try (OtherServices others = new OtherServices(bootstrapServers)) {
      String id = submit("live", "201");
      Set<String> stages =
          Set.copyOf(given().get("/api/studies/{id}", id).jsonPath().getList("stages.id"));
      try (EventStream stream = EventStream.open(RestAssured.port, "?study=" + id, null)) {
        await().until(() -> !stream.comments().isEmpty());
        await().until(() -> others.seen(StageRequested.class, stages).size() == 2);
        StageRequested root = others.seen(StageRequested.class, stages).getFirst();
        OtherServices.fulfil(root).forEach(others::say);
        await()
            .until(
                () ->
                    types(stream).containsAll(List.of("stage", "evaluation", "frontier"))
                        && stream.events().stream()
                            .anyMatch(e -> e.data().contains("\"state\":\"REQUESTED\"")));
        assertThat(stream.events()).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        assertThat(stream.events()).allMatch(e -> e.data().contains(id));
        given().post("/api/studies/{id}/cancel", id).then().statusCode(200);
        await().until(() -> types(stream).contains("study"));
      }
    }
  }

  @Test
  void aStreamThatIsCutAnywhereGoesOnWithoutAGap() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int total = 600;
    long before = log.lastId();
    try (ExecutorService writers = Executors.newFixedThreadPool(3)) {
      // Three writers at once: numbers must still follow the order of commits.
      List<Future<?>> written = new ArrayList<>();
      for (int w = 0; w < 3; w++) {
        written.add(writers.submit(() -> append("cut", total / 3)));
      }
      List<Event> received = new ArrayList<>();
      Long last = before;
      while (received.size() < total) {
        try (EventStream stream = EventStream.open(RestAssured.port, "?study=cut", last)) {
          int until = Math.min(total - received.size(), 1 + random.nextInt(100));
          await().pollInterval(Duration.ofMillis(2)).until(() -> stream.events().size() >= until);
          received.addAll(stream.events());
        }
        last = received.getLast().id();
      }
      for (Future<?> future : written) {
        future.get();
      }
      assertThat(received).extracting(Event::type).containsOnly("frontier");
      assertThat(received).extracting(Event::id).isSorted().doesNotHaveDuplicates().hasSize(total);
    }
  }

  @Test
  void numbersHaveNoGapsAndRolledBackEventsLeaveNone() throws Exception {
    long before = log.lastId();
    try (EventStream stream = EventStream.open(RestAssured.port, "", before)) {
      append("a", 10);
      QuarkusTransaction.begin();
      log.append(new LiveData.FrontierMoved("rolled-back", 1));
      QuarkusTransaction.rollback();
      append("b", 10);
      await().until(() -> stream.events().stream().anyMatch(e -> e.data().contains("\"b\"")));
      await().until(() -> stream.events().size() >= 20);
      long last = stream.events().getLast().id();
      assertThat(stream.events())
          .extracting(Event::id)
          .containsExactlyElementsOf(LongStream.rangeClosed(before + 1, last).boxed().toList());
      assertThat(stream.events()).noneMatch(e -> e.data().contains("rolled-back"));
    }
  }

  @Test
  void saysOnceWhenEventsAreGone() throws Exception {
    append("old", 300);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "delete from live_event where id <= (select last_id - 10 from live_counter)");
    }
    long last = log.lastId();
    for (long asked : new long[] {1, last - 11, last + 1_000}) {
      try (EventStream stream = EventStream.open(RestAssured.port, "", asked)) {
        await().until(() -> !stream.events().isEmpty());
        assertThat(stream.events().getFirst().type()).isEqualTo("resync");
        append("after", 3);
        await().until(() -> stream.events().size() >= 4);
        assertThat(types(stream)).startsWith("resync", "frontier").doesNotHaveDuplicates();
      }
    }
    try (EventStream stream = EventStream.open(RestAssured.port, "", log.lastId() - 5)) {
      await().until(() -> stream.events().size() >= 5);
      assertThat(types(stream)).doesNotContain("resync");
    }
  }

  @Test
  void keepsABoundedNumberOfEvents() throws SQLException {
    append("many", 1_400);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var count = statement.executeQuery("select count(*) from live_event")) {
      count.next();
      assertThat(count.getLong(1)).isLessThanOrEqualTo(1_000 + 256);
    }
  }

  @Test
  void aSubscriberThatStopsReadingIsDroppedAndNobodyElseNotices() throws Exception {
    try (EventStream reader = EventStream.open(RestAssured.port, "?study=flood", null);
        Socket deaf = EventStream.openDeaf(RestAssured.port)) {
      await().until(() -> feed.subscribers() >= 2 && !reader.comments().isEmpty());
      int subscribers = feed.subscribers();
      // Larger than every buffer between the two sockets.
      String padding = "x".repeat(100_000);
      int sent = 0;
      while (feed.subscribers() >= subscribers && sent < 400) {
        appendPadded(padding);
        sent++;
      }
      int all = sent;
      await().atMost(Duration.ofSeconds(30)).until(() -> feed.subscribers() < subscribers);
      await().until(() -> reader.events().size() == all);
      assertThat(reader.ended()).isFalse();
      assertThat(deaf.isConnected()).isTrue();
    }
  }

  @Test
  void keepsAQuietStreamOpenWithComments() throws Exception {
    try (EventStream stream = EventStream.open(RestAssured.port, "?study=nobody", null)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> stream.comments().size() >= 3);
      assertThat(stream.events()).isEmpty();
      assertThat(stream.ended()).isFalse();
    }
  }

  @Test
  void refusesAnIdThatIsNone() {
    given()
        .header("Last-Event-ID", "yesterday")
        .get("/api/events")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:holdfast:problem:bad-event-id"));
  }

  private void append(String study, int count) {
    for (int i = 0; i < count; i++) {
      long revision = i;
      QuarkusTransaction.requiringNew()
          .run(() -> log.append(new LiveData.FrontierMoved(study, revision)));
    }
  }

  private void appendPadded(String padding) {
    QuarkusTransaction.requiringNew()
        .run(() -> log.append(new LiveData.StageMoved("flood", padding, "TRAINING", 1)));
  }

  private static List<String> types(EventStream stream) {
    return stream.events().stream().map(Event::type).distinct().toList();
  }

  private static String submit(String name, String seeds) throws IOException {
    return given()
        .contentType("application/yaml")
        .body(
            SampleStudy.TEXT
                .replace("study: sample", "study: " + name)
                .replace("seeds: [4, 5, 6]", "seeds: [" + seeds + "]")
                .getBytes(StandardCharsets.UTF_8))
        .post("/api/studies")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
