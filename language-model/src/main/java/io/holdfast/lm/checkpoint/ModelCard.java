package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.model.Architecture;
import java.util.Locale;

/**
 * The {@code README.md} of a checkpoint: front matter that model hubs read, then for people what
 * {@code training_summary.json} says for programs. The licence is left to whoever publishes the
 * model: nobody here knows what the data allow.
 */
final class ModelCard {

  private static final String FRONT_MATTER =
      """
      ---
      library_name: transformers
      pipeline_tag: text-generation
      tags:
      - llama
      - holdfast
      ---

      """;

  private static final String USE =
      """

      ## Use

      ```python
      from transformers import AutoModelForCausalLM, AutoTokenizer

      tokenizer = AutoTokenizer.from_pretrained("path/to/this/directory")
      model = AutoModelForCausalLM.from_pretrained("path/to/this/directory")
      ```
      """;

  private final StringBuilder text = new StringBuilder(FRONT_MATTER);
  private String head = "";

  private ModelCard() {}

  /**
   * Writes a card.
   *
   * @param summary how the weights came about; any object, its known parts come first
   */
  static String of(Architecture model, JsonNode summary) {
    ModelCard card = new ModelCard();
    JsonNode spec = summary.path("spec");
    card.text.append("# A Llama of %s parameters\n".formatted(number(model.parameters())));
    card.text.append("\nTrained with Holdfast.\n");
    card.table("Lineage", "what", "id");
    card.row("stage", summary.path("stage_id"));
    card.row("kind", spec.path("kind"));
    card.row("starts from stage", spec.path("parent"));
    card.row("tokenizer", spec.path("tokenizer"));
    card.rows("", summary.path("origin"));
    card.table("Data", "corpus", "trained tokens");
    card.rows("", summary.path("tokens_by_corpus"));
    card.table("Result", "what", "value");
    card.row("optimizer steps", summary.path("steps"));
    card.row("trained tokens", summary.path("tokens"));
    card.row("stopped early", summary.path("stopped_early"));
    card.row("step of these weights", summary.path("best_step"));
    card.row("dev loss, nats per token", summary.path("dev_loss_nats_per_token"));
    card.row("floating-point operations", summary.path("flops"));
    card.table("Recipe", "setting", "value");
    card.row("sequence_length", spec.path("mixture").path("sequence_length"));
    card.row("seed", spec.path("seed"));
    card.rows("", spec.path("optimization"));
    card.rows("", spec.path("method"));
    card.rows("early_stopping.", spec.path("early_stopping"));
    return card.text.append(USE).toString();
  }

  /** Begins a table; its head is written with its first row, so that none stays empty. */
  private void table(String title, String left, String right) {
    head = "\n## %s\n\n| %s | %s |\n|---|---|\n".formatted(title, left, right);
  }

  /** Every value below a node, nested names joined by dots. */
  private void rows(String prefix, JsonNode values) {
    values
        .properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              if (entry.getValue().isObject()) {
                rows(name + ".", entry.getValue());
              } else {
                row(name, entry.getValue());
              }
            });
  }

  private void row(String name, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    String shown = value.isIntegralNumber() ? number(value.longValue()) : value.asText();
    if (value.isContainerNode()) {
      shown = value.toString();
    }
    text.append(head).append("| %s | %s |\n".formatted(cell(name), cell(shown)));
    head = "";
  }

  /** Names come from users' files: no value ends its cell or its line. */
  private static String cell(String value) {
    return value.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
