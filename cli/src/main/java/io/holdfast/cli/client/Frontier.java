package io.holdfast.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.task.TaskName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** frontier-service over HTTP. Each call may throw {@link RefusedException}. */
public final class Frontier implements AutoCloseable {

  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /** A large study's statistics and figures, or what all studies need. */
  private static final Duration REPORT_LIMIT = Duration.ofMinutes(10);

  /** The first inspection of a study trains a tokenizer and tokenizes its corpora. */
  private static final Duration INSPECTION_LIMIT = Duration.ofHours(2);

  private final URI api;
  private final String token;
  private final HttpClient client;

  /**
   * A client.
   *
   * @param token the one that the service asks for
   * @param trust whose certificates are taken for good over https
   */
  public Frontier(URI api, String token, SSLContext trust) {
    this.api = api;
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  public URI api() {
    return api;
  }

  /** Submits a study's text; the same study again is the same study. */
  public StudyView submit(String yaml) throws IOException, InterruptedException {
    return Json.read(post("/api/studies", YAML, yaml), StudyView.class);
  }

  /** What a study would cost on so many trainers. */
  public StudyPlan plan(String yaml, int trainers) throws IOException, InterruptedException {
    return Json.read(post("/api/plans?trainers=" + trainers, YAML, yaml), StudyPlan.class);
  }

  public StudyView study(String id) throws IOException, InterruptedException {
    return Json.read(text("/api/studies/" + id), StudyView.class);
  }

  /** Ends a study, and gives it as it is then; one that has ended stays as it is. */
  public StudyView cancel(String id) throws IOException, InterruptedException {
    return Json.read(post("/api/studies/" + id + "/cancel", JSON, ""), StudyView.class);
  }

  /** Newest first. */
  public List<StudySummary> studies() throws IOException, InterruptedException {
    return Json.mapper()
        .readValue(text("/api/studies"), new TypeReference<List<StudySummary>>() {});
  }

  /** Any document below the address. */
  public String text(String path) throws IOException, InterruptedException {
    return text(request(path).timeout(ANSWER_LIMIT).build());
  }

  /**
   * A study's report.
   *
   * @param form {@code html} or {@code zip}
   * @param beside ids of studies that are drawn beside it
   */
  public byte[] report(String studyId, String form, List<String> beside)
      throws IOException, InterruptedException {
    String query =
        beside.stream()
            .map(id -> "with=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
    String path = "/api/studies/%s/report.%s%s".formatted(studyId, form, query);
    return send(request(path).timeout(REPORT_LIMIT).build());
  }

  /** Events of a study from now on. */
  public LiveEvents follow(String studyId) {
    return LiveEvents.open(client, request("/api/events?study=" + studyId));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** Registers the task service at an address. */
  public TaskView register(String url) throws IOException, InterruptedException {
    String body = Json.write(Map.of("url", url));
    return Json.read(post("/api/tasks", JSON, body), TaskView.class);
  }

  /** Takes a task away. */
  public void remove(TaskName task) throws IOException, InterruptedException {
    text(request("/api/tasks/" + task).timeout(ANSWER_LIMIT).DELETE().build());
  }

  /** All tasks, by name and version. */
  public List<TaskView> tasks() throws IOException, InterruptedException {
    return Json.mapper().readValue(text("/api/tasks"), new TypeReference<List<TaskView>>() {});
  }

  /**
   * What nobody needs of the checkpoints.
   *
   * @param keepDays everything that ended in so many days stays
   * @param apply whether it is removed
   */
  public CollectionView collection(int keepDays, boolean apply)
      throws IOException, InterruptedException {
    String path = "/api/collection?keep_days=" + keepDays;
    String answer =
        apply ? post(path, JSON, "") : text(request(path).timeout(REPORT_LIMIT).build());
    return Json.read(answer, CollectionView.class);
  }

  /** Ids of pinned studies and stages. */
  public List<String> pins() throws IOException, InterruptedException {
    return Json.mapper().readValue(text("/api/pins"), new TypeReference<List<String>>() {});
  }

  /** Keeps the checkpoints of a study or a stage, or no longer. */
  public void pin(String id, boolean pinned) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/api/pins/" + id).timeout(ANSWER_LIMIT);
    text(
        pinned
            ? request.PUT(HttpRequest.BodyPublishers.noBody()).build()
            : request.DELETE().build());
  }

  private String post(String path, String type, String body)
      throws IOException, InterruptedException {
    return text(
        request(path)
            .timeout(INSPECTION_LIMIT)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path)).header("authorization", "Bearer " + token);
  }

  private String text(HttpRequest request) throws IOException, InterruptedException {
    return new String(send(request), StandardCharsets.UTF_8);
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw new RefusedException(refusal(request.uri(), response));
  }

  private static Refusal refusal(URI uri, HttpResponse<byte[]> response) {
    boolean document =
        response
            .headers()
            .firstValue("content-type")
            .filter(type -> type.startsWith("application/problem+json"))
            .isPresent();
    return document
        ? Json.read(new String(response.body(), StandardCharsets.UTF_8), Refusal.class)
        : new Refusal(
            response.statusCode(),
            "%s answered %d.".formatted(uri, response.statusCode()),
            List.of());
  }
}
