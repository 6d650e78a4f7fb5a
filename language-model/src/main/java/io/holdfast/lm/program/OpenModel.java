package io.holdfast.lm.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.weights.ModelWeights;
import java.util.Arrays;
import java.util.List;

/**
 * A model in memory that scores given tokens and generates others. Each method is one native call,
 * runs on the calling thread, and throws {@link EngineFailure} when libtorch fails.
 *
 * <p>What a row gets does not depend on the other rows, bit by bit in fp32, as long as scored rows'
 * length is a multiple of {@link #LENGTHS} and as many rows as a multiple of {@link #ROWS} are
 * generated: then MKL adds up the same numbers in the same order, and libtorch's vectors hold whole
 * rows.
 */
public final class OpenModel implements AutoCloseable {

  /** What the length of scored rows is a multiple of. */
  public static final int LENGTHS = 16;

  /** What the number of generated rows is a multiple of. */
  public static final int ROWS = 4;

  /** Codes of number formats in TorchScript. */
  private static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  private final LlamaProgram program;
  private final CompiledScript script;

  private OpenModel(LlamaProgram program, CompiledScript script) {
    this.program = program;
    this.script = script;
  }

  /**
   * Reads a model, one tensor at a time.
   *
   * @param context tokens of the longest text that is generated, with its prompt
   * @param precision of the matrix products
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the weights cannot be read
   * @throws EngineFailure when libtorch fails, or there is not enough memory
   */
  public static OpenModel open(ModelWeights model, int context, Precision precision) {
    LlamaProgram program = LlamaProgram.forEvaluation(model.architecture(), precision);
    String source = InferenceSource.of(program, context, model.tokenizer().endOfText());
    byte[] archive = ScriptArchive.of(InferenceSource.CLASS_NAME, source, InferenceSource.LISTS);
    OpenModel open = new OpenModel(program, CompiledScript.load(archive));
    try {
      open.keep(model);
      return open;
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private void keep(ModelWeights model) {
    ParameterLayout layout = ParameterLayout.of(model.architecture());
    int product = program.precision() == Precision.FP32 ? FLOAT32 : BFLOAT16;
    for (int i = 0; i < layout.size(); i++) {
      boolean embedding = layout.names().get(i).equals(LlamaTensors.EMBEDDING);
      keep(model, layout, i, layout.isMatrix(i) && !embedding ? product : FLOAT32);
    }
    if (InferenceSource.head(program) == layout.size()) {
      keep(model, layout, layout.names().indexOf(LlamaTensors.EMBEDDING), product);
    }
  }

  private void keep(ModelWeights model, ParameterLayout layout, int tensor, int format) {
    ParameterLayout one =
        new ParameterLayout(
            List.of(layout.names().get(tensor)), List.of(layout.shapes().get(tensor)), 1);
    try (TensorSet whole = TensorSet.zeros(one)) {
      whole.load(model);
      script.call("keep", new double[] {format}, whole.as("w[]"));
    }
  }

  /**
   * What tokens at places of a batch are found to be.
   *
   * @param logProbabilities of the wanted tokens, nats
   * @param best whether a wanted token is the most likely one, of equal ones that with the lowest
   *     id
   */
  public record Found(double[] logProbabilities, boolean[] best) {}

  /**
   * Scores tokens.
   *
   * @param rows token ids, all rows equally long
   * @param places counted through the rows, in any order and repeated at will
   * @param wanted the token behind each place
   */
  public Found score(long[][] rows, long[] places, long[] wanted) {
    int padded = HeadParts.ROWS_OF_A_BATCH * Math.ceilDiv(places.length, HeadParts.ROWS_OF_A_BATCH);
    try (NDManager call = script.newCall()) {
      NDList arguments =
          new NDList(
              matrix(call, rows),
              call.create(Arrays.copyOf(places, padded)),
              call.create(Arrays.copyOf(wanted, padded)));
      double[] found = script.run("score", arguments, call);
      boolean[] best = new boolean[places.length];
      for (int i = 0; i < best.length; i++) {
        best[i] = found[padded + i] != 0;
      }
      return new Found(Arrays.copyOf(found, places.length), best);
    }
  }

  /** Bytes of the cache of one row, that is, of a prompt with its answer. */
  public long cacheBytes(int prompt, int answer) {
    Architecture model = program.architecture();
    long numbers = 2L * model.layers() * model.kvHeads() * model.headSize();
    return numbers * program.elementBytes() * slots(prompt, answer);
  }

  /** As many as are seen with the last token. */
  private static long slots(int prompt, int answer) {
    return (long) InferenceSource.SLOTS * Math.ceilDiv(prompt + answer, InferenceSource.SLOTS);
  }

  /**
   * Reads the prompts of a batch, of which there is one at a time, and chooses the first token of
   * each row.
   *
   * @param prompts token ids, equally long, whatever is in behind their lengths
   * @param lengths the prompts' own
   * @param answer most tokens of a row's answer
   * @param draws a number in [0, 1) for each row
   */
  public int[] read(long[][] prompts, long[] lengths, int answer, double[] draws, Choice choice) {
    try (NDManager call = script.newCall()) {
      NDList arguments =
          new NDList(
              matrix(call, prompts),
              call.create(lengths),
              call.create(draws, new Shape(draws.length, 1)),
              call.create(choice.values()),
              call.create(new double[] {slots(prompts[0].length, answer)}));
      return integers(script.run("read", arguments, call));
    }
  }

  /**
   * Generates more tokens of the batch whose prompts were read. A row whose last token ends a text
   * repeats it.
   *
   * @param last token of each row
   * @param lengths the prompts' own
   * @param slots of the prompts
   * @param number how many tokens of each row were generated before its last
   * @param draws numbers in [0, 1) for each row's next tokens, as many as are wanted
   * @return for each of the next tokens, those of all rows; fewer than wanted when all rows end
   */
  public int[][] generate(
      long[] last, long[] lengths, int slots, int number, double[][] draws, Choice choice) {
    int rows = last.length;
    double[] flat = Arrays.stream(draws).flatMapToDouble(Arrays::stream).toArray();
    try (NDManager call = script.newCall()) {
      NDList arguments =
          new NDList(
              call.create(last),
              call.create(lengths),
              call.create(flat, new Shape(rows, flat.length / rows)),
              call.create(choice.values()),
              call.create(new double[] {slots, number}));
      int[] tokens = integers(script.run("generate", arguments, call));
      int[][] steps = new int[tokens.length / rows][];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = Arrays.copyOfRange(tokens, i * rows, (i + 1) * rows);
      }
      return steps;
    }
  }

  /**
   * Goes on with some rows of the batch, in another order.
   *
   * @param rows one of them may come again
   */
  public void retain(long[] rows) {
    try (NDManager call = script.newCall()) {
      script.run("retain", new NDList(call.create(rows)), call);
    }
  }

  /** Frees the batch's cache. */
  public void forget() {
    script.call("forget", new double[1]);
  }

  private static NDArray matrix(NDManager call, long[][] rows) {
    long[] flat = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
    return call.create(flat, new Shape(rows.length, rows[0].length));
  }

  private static int[] integers(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  @Override
  public void close() {
    script.close();
  }
}
