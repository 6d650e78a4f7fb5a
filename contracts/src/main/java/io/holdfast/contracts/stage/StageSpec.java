package io.holdfast.contracts.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method.OptimizerState;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Everything that decides a stage's weights, and nothing else: no paths, no runtime settings. Two
 * equal specs are one stage, across studies too.
 *
 * @param numerics generation of the engine's arithmetic; raised when equal specs would train to
 *     other weights than before
 * @param kind which of the three stages
 * @param parent stage id of the checkpoint to start from, or null
 * @param base id of the user's model to start from, or null; with neither it and {@code parent} the
 *     weights begin random
 * @param architecture the model
 * @param tokenizer tokenizer id
 * @param mixture what it trains on
 * @param optimization how it trains
 * @param method what it does beyond that; null, as {@link Method#PLAIN} becomes, for nothing
 * @param earlyStopping null trains the whole budget
 * @param marks trained tokens, ascending, at which the stage also leaves its weights for
 *     evaluation: those of the first step at or past each mark. They do not change what the stage
 *     ends with
 * @param seed seeds weights, data order and dropout
 */
public record StageSpec(
    int numerics,
    StageKind kind,
    String parent,
    String base,
    Architecture architecture,
    String tokenizer,
    MixtureSpec mixture,
    Optimization optimization,
    Method method,
    EarlyStopping earlyStopping,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> marks,
    long seed) {

  /** The arithmetic of this version of the engine. */
  public static final int CURRENT_NUMERICS = 3;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  public StageSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(mixture, "mixture");
    Objects.requireNonNull(optimization, "optimization");
    checkOrigin(parent, base);
    // One way to say "nothing": equal stages must have equal ids.
    method = Method.PLAIN.equals(method) ? null : method;
    marks = marks == null ? List.of() : List.copyOf(marks);
    checkMarks(marks);
    checkOptimizerState(method, parent, earlyStopping);
    if (mixture.sequenceLength() > architecture.maxSequenceLength()) {
      throw new IllegalArgumentException(
          "sequence length %d exceeds the model's %d"
              .formatted(mixture.sequenceLength(), architecture.maxSequenceLength()));
    }
  }

  private static void checkOrigin(String parent, String base) {
    if (parent != null && base != null) {
      throw new IllegalArgumentException("a stage starts from a parent or from a base, not both");
    }
    // It becomes part of an artifact path.
    if (base != null && !ID.matcher(base).matches()) {
      throw new IllegalArgumentException("a base is named by its id, not by " + base);
    }
  }

  private static void checkMarks(List<Long> marks) {
    long last = 0;
    for (long mark : marks) {
      if (mark <= last) {
        throw new IllegalArgumentException(
            "marks are positive numbers of tokens, each larger than the one before: " + marks);
      }
      last = mark;
    }
  }

  /** Moments belong to the weights of the last step, so those must be the weights that are kept. */
  private static void checkOptimizerState(
      Method method, String parent, EarlyStopping earlyStopping) {
    if (method == null || method.optimizerState() == null) {
      return;
    }
    if (earlyStopping != null) {
      throw new IllegalArgumentException(
          "early stopping goes back to the best weights, which the last step's moments do not fit:"
              + " keep one of the two");
    }
    if (method.optimizerState() == OptimizerState.CARRY && parent == null) {
      throw new IllegalArgumentException("moments are carried from a parent, and there is none");
    }
  }

  /** Whether the weights begin random: there is neither a parent nor a base. */
  public boolean beginsRandom() {
    return parent == null && base == null;
  }

  /** The method, {@link Method#PLAIN} where the spec has none. */
  public Method methodOrPlain() {
    return method == null ? Method.PLAIN : method;
  }

  /** The model that the stage's final checkpoint holds, and that its children train. */
  public Architecture resultArchitecture() {
    Method.Lora lora = methodOrPlain().lora();
    return lora == null ? architecture : lora.merged(architecture);
  }

  /** The stage id: SHA-256 of the spec's canonical JSON, 64 hexadecimal digits. */
  public String id() {
    return Json.sha256(this);
  }
}
