package io.holdfast.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The base and every overlay, as a cluster would read them. */
class ManifestsTest {

  /** Kubernetes' own limit for labels. */
  private static final int LONGEST_LABEL = 63;

  private static final String APPLICATION = "app.kubernetes.io/name";

  static Stream<Rendered> all() {
    return Rendered.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFieldExists(Rendered rendered) {
    for (JsonNode object : rendered.objects()) {
      assertThat(Fields.problems(object)).as(Rendered.name(object)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsReferredToIsThere(Rendered rendered) {
    Set<String> there =
        rendered.objects().stream()
            .map(object -> object.path("kind").asText() + "/" + Rendered.name(object))
            .collect(Collectors.toSet());
    for (JsonNode pod : pods(rendered)) {
      assertThat(there).containsAll(references(pod));
    }
    rendered
        .kind("ScaledObject")
        .forEach(
            scaled ->
                assertThat(there)
                    .contains("Deployment/" + scaled.at("/spec/scaleTargetRef/name").asText()));
  }

  /** The secrets that somebody else makes: the README names them. */
  @ParameterizedTest
  @MethodSource("all")
  void secretsAreThereOrDocumented(Rendered rendered) {
    Set<String> made = rendered.kind("Secret").map(Rendered::name).collect(Collectors.toSet());
    Set<String> needed = new TreeSet<>();
    for (JsonNode object : rendered.objects()) {
      object.findValues("secretKeyRef").forEach(s -> needed.add(s.path("name").asText()));
      object.findValues("secretName").forEach(s -> needed.add(s.asText()));
    }
    needed.removeAll(made);
    assertThat(needed)
        .allMatch(
            name ->
                name.matches("(data|trainer|eval|frontier)-service-database|holdfast-security")
                    || rendered.folder().matches(".*(s3|together)") && name.equals("artifact-store")
                    || rendered.folder().matches(".*(strimzi|together)")
                        && name.matches(
                            "(data|trainer|eval|frontier)-service|holdfast-cluster-ca-cert"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void podsHaveNoMoreRightsThanTheyNeed(Rendered rendered) {
    assertThat(Pods.in(rendered)).isNotEmpty();
    Pods.in(rendered)
        .forEach(
            pods -> {
              JsonNode pod = pods.spec();
              JsonNode security = pods.container().path("securityContext");
              assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                  .as("%s", pods)
                  .isTrue();
              assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
              assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
              assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              assertThat(pods.container().at("/resources/limits/memory").asText()).isNotEmpty();
              assertThat(pods.container().at("/resources/requests/cpu").asText()).isNotEmpty();
            });
  }

  /** Services know each other by a secret; the first admin's is frontier-service's alone. */
  @ParameterizedTest
  @MethodSource("all")
  void nobodyIsLetInWithoutAToken(Rendered rendered) {
    JsonNode settings =
        rendered
            .kind("ConfigMap")
            .filter(map -> Rendered.name(map).matches("holdfast-[a-z0-9]+"))
            .findFirst()
            .orElseThrow();
    assertThat(settings.at("/data/HOLDFAST_SECURITY_MODE").asText()).isIn("token", "oidc");
    Pods.in(rendered)
        .forEach(
            pods -> {
              assertThat(pods.secret("HOLDFAST_SECURITY_SERVICE_TOKEN"))
                  .as("%s", pods)
                  .isEqualTo("holdfast-security/service-token");
              assertThat(pods.secret("HOLDFAST_SECURITY_TOKEN"))
                  .as("%s", pods)
                  .isEqualTo(
                      pods.service().equals("frontier-service")
                          ? "holdfast-security/admin-token"
                          : null);
            });
  }

  /** A broker that asks for a password is given one by every pod, jobs included. */
  @ParameterizedTest
  @ValueSource(strings = {"overlays/strimzi", "src/test/resources/together"})
  void whoeverReachesAGuardedBrokerHasItsUser(String folder) {
    assertThat(Pods.in(Rendered.of(folder)))
        .isNotEmpty()
        .allSatisfy(
            pods -> {
              assertThat(pods.secret("KAFKA_SASL_JAAS_CONFIG"))
                  .as("%s", pods)
                  .isEqualTo(pods.service() + "/sasl.jaas.config");
              assertThat(pods.container().path("volumeMounts").findValuesAsText("mountPath"))
                  .as("%s", pods)
                  .contains("/etc/kafka-ca");
            });
  }

  /** A service's pods are counted by themselves, over nodes and over zones. */
  @ParameterizedTest
  @MethodSource("all")
  void podsAreSpread(Rendered rendered) {
    Pods.in(rendered)
        .filter(pods -> pods.name().matches(".*-(service|worker)"))
        .forEach(
            pods -> {
              JsonNode spread = pods.spec().path("topologySpreadConstraints");
              assertThat(spread.findValuesAsText("topologyKey"))
                  .as("%s", pods)
                  .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
              assertThat(spread)
                  .allMatch(s -> s.at("/matchLabelKeys/0").asText().equals(APPLICATION));
            });
  }

  /** Time to save a checkpoint, and then some for the rest of the process. */
  @ParameterizedTest
  @MethodSource("all")
  void podsHaveTheTimeToStop(Rendered rendered) {
    Pods.in(rendered)
        .filter(Pods::works)
        .forEach(
            pods -> {
              String limit =
                  ServiceChannels.properties(pods.service())
                      .getProperty("holdfast.work.stop-limit", "20s");
              Duration needed = Duration.parse("PT" + limit);
              assertThat(pods.spec().path("terminationGracePeriodSeconds").asLong())
                  .as("%s", pods)
                  .isGreaterThanOrEqualTo(needed.toSeconds() + 10);
            });
  }

  /** Somebody hears every topic; somebody does every kind of work. */
  @ParameterizedTest
  @MethodSource("all")
  void everythingIsHeardAndDone(Rendered rendered) {
    assertThat(Pods.in(rendered).filter(Pods::hears).map(Pods::service))
        .contains("data-service", "trainer-service", "eval-service", "frontier-service");
    assertThat(Pods.in(rendered).filter(Pods::works).map(Pods::service))
        .contains("data-service", "trainer-service", "eval-service");
    assertThat(Pods.in(rendered)).allMatch(pods -> pods.hears() || pods.works(), "hears or works");
    // What is scaled to many pods joins no consumer group.
    assertThat(Pods.in(rendered).filter(pods -> pods.name().endsWith("-worker")))
        .noneMatch(Pods::hears);
  }

  @Test
  void aBucketReplacesTheSharedVolume() {
    Rendered rendered = Rendered.of("overlays/s3");
    assertThat(rendered.kind("PersistentVolumeClaim").map(Rendered::name))
        .containsExactly("holdfast-corpora");
    assertThat(Pods.in(rendered))
        .hasSize(7)
        .allSatisfy(
            pods ->
                assertThat(pods.spec().path("volumes"))
                    .filteredOn(volume -> volume.path("name").asText().equals("artifacts"))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.has("emptyDir")).isTrue()));
    assertThat(Pods.in(rendered).filter(pods -> !pods.service().equals("frontier-service")))
        .allMatch(pods -> pods.container().toString().contains("HOLDFAST_ARTIFACTS_S3_SECRET_KEY"));
    assertThat(rendered.kind("ConfigMap").map(map -> map.path("data")))
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.path("HOLDFAST_ARTIFACTS_STORE").asText()).isEqualTo("s3");
              assertThat(data.path("KAFKA_BOOTSTRAP_SERVERS").asText()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void labelsAreStandardAndShort(Rendered rendered) {
    for (JsonNode object : rendered.objects()) {
      object
          .at("/metadata/labels")
          .forEach(label -> assertThat(label.asText()).hasSizeLessThanOrEqualTo(LONGEST_LABEL));
    }
    rendered
        .kind("Deployment")
        .forEach(
            deployment ->
                assertThat(deployment.at("/spec/template/metadata/labels").fieldNames())
                    .toIterable()
                    .contains(APPLICATION, "app.kubernetes.io/part-of"));
  }

  private static Iterable<JsonNode> pods(Rendered rendered) {
    return Stream.concat(
            rendered.kind("Deployment").map(o -> o.at("/spec/template/spec")),
            rendered.kind("ScaledJob").map(o -> o.at("/spec/jobTargetRef/template/spec")))
        .toList();
  }

  private static Set<String> references(JsonNode pod) {
    Set<String> references = new TreeSet<>();
    pod.findValues("configMapRef").forEach(r -> references.add("ConfigMap/" + name(r)));
    pod.findValues("configMap").forEach(r -> references.add("ConfigMap/" + name(r)));
    pod.findValues("persistentVolumeClaim")
        .forEach(r -> references.add("PersistentVolumeClaim/" + r.path("claimName").asText()));
    if (pod.has("serviceAccountName")) {
      references.add("ServiceAccount/" + pod.path("serviceAccountName").asText());
    }
    return references;
  }

  private static String name(JsonNode reference) {
    return reference.path("name").asText();
  }
}
