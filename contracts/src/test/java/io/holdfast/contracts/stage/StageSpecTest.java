package io.holdfast.contracts.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Method.Target;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a spec refuses, and what its id depends on. */
class StageSpecTest {

  private static ObjectNode json() {
    try (var sample = StageSpec.class.getResourceAsStream("/samples/stage-requested.v1.json")) {
      ObjectNode spec = (ObjectNode) Json.mapper().readTree(sample).at("/data/spec");
      spec.remove(List.of("method", "early_stopping", "marks"));
      return spec;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StageSpec read(ObjectNode json) {
    return Json.read(json.toString(), StageSpec.class);
  }

  private static ObjectNode marks(long... marks) {
    ObjectNode json = json();
    for (long mark : marks) {
      json.withArray("marks").add(mark);
    }
    return json;
  }

  @Test
  void marksAreAPartOfTheStageAndNoMarksAreNone() {
    ObjectNode none = json();
    none.putArray("marks");
    StageSpec marked = read(marks(1_000, 2_000));

    assertThat(marked.marks()).containsExactly(1_000L, 2_000L);
    assertThat(marked.id()).isNotEqualTo(read(json()).id());
    assertThat(read(none)).isEqualTo(read(json()));
    assertThat(Json.write(read(none))).doesNotContain("marks");
    assertThat(read((ObjectNode) Json.mapper().valueToTree(marked))).isEqualTo(marked);
  }

  @Test
  void marksThatAreNotAscendingAreRefused() {
    for (ObjectNode wrong : List.of(marks(0), marks(5, 5), marks(5, 4), marks(-1, 3))) {
      assertThatThrownBy(() -> read(wrong)).hasMessageContaining("marks are positive");
    }
  }

  @Test
  void momentsAreCarriedFromAParentOnlyAndNeverKeptBesideTheBestWeights() {
    ObjectNode orphan = json();
    orphan.remove("parent");
    orphan.putObject("method").put("within_documents", false).put("optimizer_state", "CARRY");
    assertThatThrownBy(() -> read(orphan)).hasMessageContaining("there is none");

    ObjectNode child = orphan.deepCopy().put("parent", "0".repeat(64));
    assertThat(read(child).methodOrPlain().optimizerState()).isEqualTo(OptimizerState.CARRY);

    child
        .putObject("early_stopping")
        .put("corpus", "dev")
        .put("every_tokens", 10)
        .put("patience", 1)
        .put("max_tokens", 10);
    assertThatThrownBy(() -> read(child)).hasMessageContaining("best weights");
  }

  @Test
  void adaptersHaveNoAnchorAndNoMomentsToKeep() {
    Lora lora = new Lora(4, 8, 0, List.of(Target.Q_PROJ));

    assertThatThrownBy(() -> new Method(lora, new Anchor(1, null), null, false, null))
        .hasMessageContaining("anchor");
    assertThatThrownBy(() -> new Method(lora, null, null, false, OptimizerState.KEEP))
        .hasMessageContaining("moments");
  }
}
