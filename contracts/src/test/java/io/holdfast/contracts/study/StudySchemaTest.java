package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.contracts.event.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors complete with and the parser know the same language. */
class StudySchemaTest {

  private static final String SCHEMA = "study.v1.schema.json";
  private static final JsonNode SECTIONS = Schemas.schema(SCHEMA).get("$defs");
  private static final ObjectMapper YAML = new YAMLMapper();

  static List<Path> shipped() {
    return Studies.shipped();
  }

  @ParameterizedTest
  @EnumSource(Vocabulary.class)
  void sectionHasTheSameKeys(Vocabulary section) {
    JsonNode described = SECTIONS.get(section.section());

    assertThat(fields(described.get("properties")))
        .containsExactlyInAnyOrderElementsOf(section.keys());
    assertThat(described.get("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void schemaHasNoOtherSections() {
    assertThat(fields(SECTIONS))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Vocabulary.values()).map(Vocabulary::section).toList());
  }

  @Test
  void wordsAreTheSame() {
    assertThat(words("pretrain", "schedule")).isEqualTo(OptimizationReader.SCHEDULES.keySet());
    assertThat(words("pretrain", "precision")).isEqualTo(OptimizationReader.PRECISIONS.keySet());
    assertThat(words("exposure", "mode")).isEqualTo(MixedDataReader.MODES.keySet());
    assertThat(words("post_train", "optimizer_state"))
        .isEqualTo(MethodReader.OPTIMIZER_STATES.keySet());
    assertThat(words("lora", "targets")).isEqualTo(MethodReader.TARGETS.keySet());
    assertThat(words("weight_noise", "scale")).isEqualTo(ProbesReader.SCALES.keySet());
    assertThat(words("dominates", "projection")).isEqualTo(ClaimsReader.PLANES.keySet());
    assertThat(words("trend", "metric")).isEqualTo(ClaimsReader.LOSSES.keySet());
    assertThat(words("trend", "along")).isEqualTo(ClaimsReader.KNOBS.keySet());
    assertThat(words("trend", "direction")).isEqualTo(ClaimsReader.DIRECTIONS.keySet());
    assertThat(words("largest_gain", "at")).isEqualTo(ClaimsReader.ENDS.keySet());
    assertThat(words("complementary", "factors")).isEqualTo(ClaimsReader.KNOBS.keySet());
    assertThat(words("law_parameter", "of")).isEqualTo(LawClaimsReader.DATA.keySet());
    assertThat(words("law_predicts", "of")).isEqualTo(LawClaimsReader.DATA.keySet());
    assertThat(words("law_parameter", "parameter")).isEqualTo(LawClaimsReader.PARAMETERS.keySet());
    assertThat(words("corpus", "loss")).isEqualTo(CorporaReader.LOSSES.keySet());
    assertThat(words("model", "preset")).isEqualTo(ModelPresets.ALL.keySet());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedStudiesAreValidForBoth(Path study) throws IOException {
    String text = Files.readString(study);

    assertThat(Schemas.violations(SCHEMA, YAML.readTree(text))).isEmpty();
    assertThat(StudySource.of(study, text, List.of()).parsed())
        .isInstanceOf(ParsedStudy.Valid.class);
  }

  /** A parameter may stand for any value, as a whole and in a list. */
  @ParameterizedTest
  @EnumSource(Vocabulary.class)
  void everyValueMayBeAParameter(Vocabulary section) {
    described(section)
        .forEach(
            (key, schema) -> {
              if (!key.equals("parameters")) {
                assertThat(Schemas.violations(schema, TextNode.valueOf("${x}")))
                    .as("%s.%s", section.section(), key)
                    .isEmpty();
              }
            });
  }

  /** A list in a stage sweeps, and where a value is a list itself, a parameter may be in it. */
  @ParameterizedTest
  @EnumSource(
      value = Vocabulary.class,
      names = {"PRETRAIN", "POST_TRAIN", "FINE_TUNE", "EXPOSURE", "REPLAY", "LORA", "EWC"})
  void everyValueOfAStageMayBeAList(Vocabulary section) {
    described(section)
        .forEach(
            (key, schema) ->
                assertThat(
                        Schemas.violations(schema, YAML.createArrayNode().add("${x}").add("${y}")))
                    .as("%s.%s", section.section(), key)
                    .isEmpty());
  }

  private static Map<String, JsonNode> described(Vocabulary section) {
    Map<String, JsonNode> described = new TreeMap<>();
    JsonNode properties = SECTIONS.get(section.section()).get("properties");
    fields(properties)
        .forEach(
            key ->
                described.put(
                    key, ((ObjectNode) properties.get(key).deepCopy()).set("$defs", SECTIONS)));
    return described;
  }

  /** A section of no known key is wrong everywhere but where names of corpora are the keys. */
  @ParameterizedTest
  @EnumSource(
      value = Vocabulary.class,
      names = {"PRETRAIN", "POST_TRAIN", "FINE_TUNE"})
  void bothRefuseNonsenseForEveryKeyOfAStage(Vocabulary stage) throws IOException {
    for (String key : stage.keys()) {
      ObjectNode study = (ObjectNode) YAML.readTree(Studies.BASE);
      ObjectNode changed = (ObjectNode) study.at("/stages/" + stage.section());
      changed.putObject(key).put("nonsense", "!");

      assertThat(Schemas.violations(SCHEMA, study)).as(key).isNotEmpty();
      assertThat(Studies.problems(study.toString())).as(key).isNotEmpty();
    }
  }

  /** Each example of the guide, put into a whole study. */
  @Test
  void examplesOfTheGuideAreValid() throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/study-file.md"));
    Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);
    int found = 0;
    while (examples.find()) {
      if (YAML.readTree(examples.group(1)) instanceof ObjectNode example) {
        ObjectNode study = (ObjectNode) YAML.readTree(Studies.BASE);
        List<String> keys = fields(example);
        boolean ofStages = Vocabulary.STAGES.keys().containsAll(keys);
        (ofStages ? (ObjectNode) study.get("stages") : study).setAll(example);
        assertThat(Schemas.violations(SCHEMA, study)).as(examples.group(1)).isEmpty();
        found++;
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(5);
  }

  @Test
  void guideMentionsEveryKey() throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/study-file.md"));

    for (Vocabulary section : Vocabulary.values()) {
      assertThat(section.keys())
          .as(section.section())
          .allSatisfy(key -> assertThat(guide).containsPattern("\\b" + key + "\\b"));
    }
  }

  @Test
  void quickstartComparesExposureOnSeveralSeedsAndLearningRates() throws IOException {
    StudyFile study = Studies.valid(Files.readString(Path.of("../studies/quickstart.yaml")));

    assertThat(study.recipes()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(study.seeds()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(study.recipes()).allSatisfy(r -> assertThat(r.fineTune().size()).isGreaterThan(1));
    assertThat(study.evaluation().tokens()).isGreaterThanOrEqualTo(256L * study.model().context());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning_rate: 0",
        "learning_rate: fast",
        "batch: -1",
        "dropout: 1",
        "schedule: cosin",
        "betas: 0.9",
        "exposure: 2",
        "learning_rate: []",
        "replay: 0.1",
        "lr: 1",
        "epochs: 0",
        "flops: 0",
        "early_stopping: true",
        "exposure: {mode: swap}",
        "corpora: {}",
        "lora: 0",
        "lora: {rank: 8, targets: [q]}",
        "lora: {rank: 8, targets: []}",
        "lora: {rank: 8, alpha: 0}",
        "ewc: {strengh: 1}",
        "ewc: -1",
        "l2_to_init: strong",
        "sam: -0.05",
        "document_mask: 1",
        "optimizer_state: keep",
        "marks: 50k",
        "marks: []",
        "marks: {every: 0}"
      })
  void bothRefuse(String entry) throws IOException {
    ObjectNode study = (ObjectNode) YAML.readTree(Studies.BASE);
    ObjectNode pretrain = (ObjectNode) study.at("/stages/pretrain");
    pretrain.setAll((ObjectNode) YAML.readTree(entry));

    assertThat(Schemas.violations(SCHEMA, study)).isNotEmpty();
    assertThat(Studies.problems(study.toString())).isNotEmpty();
  }

  private static Set<String> words(String section, String key) {
    Set<String> words = new HashSet<>();
    for (JsonNode list : SECTIONS.at("/" + section + "/properties/" + key).findValues("enum")) {
      list.forEach(
          word -> {
            if (!word.isNull()) {
              words.add(word.textValue());
            }
          });
    }
    return words;
  }

  private static List<String> fields(JsonNode object) {
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    return List.copyOf(new TreeSet<>(fields));
  }
}
