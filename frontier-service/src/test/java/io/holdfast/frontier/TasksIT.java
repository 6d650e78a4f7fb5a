package io.holdfast.frontier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.event.WaitingWork;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.local.Identity;
import io.holdfast.local.PrivateAuthority;
import io.holdfast.local.TlsFront;
import io.holdfast.task.registry.FactsService;
import io.holdfast.task.registry.LocalTasks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks are registered, kept announced while they answer, and taken away; studies show waiting. */
@QuarkusTest
@QuarkusTestResource(LocalTasks.class)
@QuarkusTestResource(TaskAuthority.class)
class TasksIT extends StudyFixture {

  @Inject AgroalDataSource database;

  @ConfigProperty(name = TaskAuthority.KEY_STORE)
  Path keyStore;

  @ConfigProperty(name = TaskAuthority.PASSWORD)
  String password;

  @Test
  void aRegisteredTaskIsAnnouncedForAsLongAsItAnswers() throws SQLException {
    TaskName name = new TaskName("renewed", "1");
    try (FactsService service = new FactsService(name, 10, 1)) {
      register(service.url())
          .statusCode(201)
          .body("task", equalTo("renewed@1"))
          .body("state", equalTo("AVAILABLE"))
          .body("licence", equalTo("CC0-1.0"))
          .body("training.name", contains("train"))
          .body("metrics.name", contains("acc"));
      await().until(() -> announced(name).size() >= 3);
      assertThat(announced(name))
          .allMatch(event -> event.url().equals(service.url().toString()))
          .allMatch(event -> event.descriptionSha256().equals(service.description().sha256()))
          .allMatch(event -> event.expiresAt().equals(event.announcedAt().plusSeconds(3)));

      service.stop();
      await().untilAsserted(() -> task(name).body("state", equalTo("AWAY")));
      int before = announced(name).size();
      service.start();
      await().untilAsserted(() -> task(name).body("state", equalTo("AVAILABLE")));
      await().until(() -> announced(name).size() > before);
    }
    // A heartbeat leaves nothing behind but what is known of the task.
    assertThat(remembered("task-announced")).isZero();
  }

  private int remembered(String channel) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select count(*) from kit_inbox where channel = ?")) {
      query.setString(1, channel);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Test
  void aRemovedTaskIsWithdrawnForEverybody() {
    TaskName name = new TaskName("removed", "1");
    try (FactsService service = new FactsService(name, 10, 2)) {
      register(service.url()).statusCode(201);
      given().get("/api/tasks").then().body("task", hasItem("removed@1"));

      given().delete("/api/tasks/{task}", "removed@1").then().statusCode(204);

      await().until(() -> announced(name).stream().anyMatch(TaskAnnounced::withdraws));
      given().get("/api/tasks/{task}", "removed@1").then().statusCode(404);
      given().delete("/api/tasks/{task}", "removed@1").then().statusCode(404);
      register(service.url()).statusCode(201);
      task(name).body("state", equalTo("AVAILABLE"));
    }
  }

  @Test
  void aTaskBehindTlsIsTrustedByItsAuthority(@TempDir Path elsewhere) {
    Identity stranger = PrivateAuthority.in(elsewhere).issue("stranger");
    try (FactsService service = new FactsService(new TaskName("secure", "1"), 10, 4);
        TlsFront trusted = front(service, keyStore, password);
        TlsFront untrusted = front(service, stranger.keyStore(), stranger.password())) {
      register(URI.create("https://127.0.0.1:" + untrusted.port()))
          .statusCode(422)
          .body("problems.code", contains("task-unreachable"))
          .body("problems[0].message", containsString("certificate is not trusted"));
      register(URI.create("https://127.0.0.1:" + trusted.port())).statusCode(201);
    }
  }

  private static TlsFront front(FactsService service, Path keyStore, String password) {
    return TlsFront.before(service.url().getPort(), "127.0.0.1", keyStore, password);
  }

  @Test
  void aVersionKeepsItsDescription() {
    TaskName name = new TaskName("immutable", "1");
    try (FactsService service = new FactsService(name, 10, 3);
        FactsService other = new FactsService(name, 11, 3)) {
      register(service.url()).statusCode(201);

      register(other.url())
          .statusCode(422)
          .body("problems.code", contains("task-version-changed"))
          .body("problems.value", contains("immutable@1"));

      others.say(other.announcement(Duration.ofHours(1)));
      await()
          .untilAsserted(
              () ->
                  task(name)
                      .body("url", equalTo(service.url().toString()))
                      .body("state", equalTo("AVAILABLE")));
    }
  }

  @Test
  void aTaskThatAnnouncesItselfIsThereUntilItExpires() {
    TaskName name = new TaskName("itself", "1");
    try (FactsService service = new FactsService(name, 10, 4)) {
      others.say(service.announcement(Duration.ofSeconds(10)));
      await()
          .untilAsserted(
              () ->
                  given()
                      .get("/api/tasks")
                      .then()
                      .body("find { it.task == 'itself@1' }.state", equalTo("AVAILABLE"))
                      .body("find { it.task == 'itself@1' }.licence", equalTo("CC0-1.0")));
      await().untilAsserted(() -> task(name).body("state", equalTo("AWAY")));
    }
  }

  @Test
  void addressesThatCannotBeATaskAreRefused() {
    FactsService gone = new FactsService(new TaskName("gone", "1"), 10, 5);
    gone.close();
    Map.of(
            gone.url().toString(),
            "task-unreachable",
            "http://192.0.2.1:80",
            "task-host-not-allowed",
            "file:///etc/passwd",
            "task-bad-url")
        .forEach(
            (url, code) ->
                register(URI.create(url)).statusCode(422).body("problems.code", contains(code)));
  }

  @Test
  void aStudyShowsWhatItsStagesWaitFor() {
    String id = submit(study("waiting-for-a-task", "14"));
    Set<String> stages = stages(id);
    await().until(() -> !others.open(stages).isEmpty());
    StageRequested request = others.open(stages).getFirst();
    StageWaiting waiting =
        new StageWaiting(
            request.stageId(),
            request.attempt(),
            WaitingWork.PREPARATION,
            new TaskName("capitals", "1"),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            "Nobody answers.",
            null);

    others.say(waiting);
    await()
        .untilAsserted(
            () ->
                assertThat(stage(id, request.stageId()).getList("waiting.task"))
                    .containsExactly("capitals@1"));
    assertThat(stage(id, request.stageId()).getString("waiting[0].reason"))
        .isEqualTo("Nobody answers.");
    assertThat(study(id).getString("state")).isEqualTo("RUNNING");

    others.say(waiting.resumed(Instant.now()));
    await()
        .untilAsserted(() -> assertThat(stage(id, request.stageId()).getList("waiting")).isEmpty());
    others.say(waiting);
    fulfilAll(id, stages);
    assertThat(stage(id, request.stageId()).getList("waiting"))
        .as("what came late is of no account")
        .isEmpty();
  }

  private List<TaskAnnounced> announced(TaskName name) {
    return others.seen(TaskAnnounced.class, List.of(name.toString()));
  }

  private static ValidatableResponse register(URI url) {
    return given()
        .contentType("application/json")
        .body(Map.of("url", url.toString()))
        .post("/api/tasks")
        .then();
  }

  private static ValidatableResponse task(TaskName name) {
    return given().get("/api/tasks/{task}", name.toString()).then().statusCode(200);
  }
}
