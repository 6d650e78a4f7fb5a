package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.contracts.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StudyParserPropertyTest {

  private static final String RICH =
      Studies.BASE.replace(
          "plain: {}",
          "plain: {}\n  exposed: {pretrain: {exposure: [0.5, 1]}, post_train: {replay: 0.1,"
              + " early_stopping: {patience: 2}}}");

  @Property(tries = 300)
  void anyTextIsAStudyOrHasProblems(@ForAll String text) {
    assertRefusedOrValid(text);
  }

  /** Texts near a study reach further into the reader than random ones. */
  @Property(tries = 500)
  void anyDamagedStudyIsAStudyOrHasProblems(@ForAll("damaged") String text) {
    assertRefusedOrValid(text);
  }

  @Property(tries = 50)
  void orderOfKeysDoesNotMatter(@ForAll long seed) throws JsonProcessingException {
    JsonNode study = new YAMLMapper().readTree(RICH);
    String shuffled = shuffle(study, new Random(seed)).toString();

    assertThat(byName(Studies.valid(shuffled))).isEqualTo(byName(Studies.valid(RICH)));
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<Integer> at = Arbitraries.integers().between(0, RICH.length());
    Arbitrary<Integer> length = Arbitraries.integers().between(0, 12);
    Arbitrary<String> inserted =
        Arbitraries.of(
            "", ":", "{", "}", "[", "]", "\n", "  ", "-1", "null", "skip", "1e400", "\"", "&a ",
            "*a", "corpus", "\t", ", ", "0.5", "#");
    return Combinators.combine(at, length, inserted)
        .as(
            (from, cut, text) ->
                RICH.substring(0, from)
                    + text
                    + RICH.substring(Math.min(RICH.length(), from + cut)));
  }

  private static void assertRefusedOrValid(String text) {
    switch (StudyParser.parse(text)) {
      case ParsedStudy.Valid valid -> assertThat(valid.study().recipes()).isNotEmpty();
      case ParsedStudy.Refused refused ->
          assertThat(refused.problems()).isNotEmpty().allMatch(problem -> problem.line() >= 1);
    }
  }

  /** What the study means, without the order and the lines of its text. */
  private static Map<String, Object> byName(StudyFile study) {
    Map<String, Object> named = new TreeMap<>();
    named.put("model", study.model());
    named.put("corpora", Map.copyOf(study.corpora()));
    named.put("seeds", study.seeds());
    named.put("evaluation", study.evaluation());
    for (Recipe recipe : study.recipes()) {
      named.put("recipe " + recipe.name(), recipe);
    }
    return named;
  }

  private static JsonNode shuffle(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      Collections.shuffle(names, random);
      ObjectNode shuffled = Json.mapper().createObjectNode();
      names.forEach(name -> shuffled.set(name, shuffle(object.get(name), random)));
      return shuffled;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.mapper().createArrayNode();
      array.forEach(item -> copy.add(shuffle(item, random)));
      return copy;
    }
    return node;
  }
}
