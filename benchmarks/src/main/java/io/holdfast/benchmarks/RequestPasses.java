package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.evaluate.Continuation;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.MicroBatch;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times requests about texts, tokenization included, in turn with the bare forward pass of a model
 * on as many tokens in as long rows; prints one JSON line.
 */
@Command(
    name = "request-passes",
    mixinStandardHelpOptions = true,
    description = "Times requests of the engine.")
final class RequestPasses implements Runnable {

  private static final int CHOICES = 4;
  private static final int CHOICE_TOKENS = 8;

  @Option(names = "--model", required = true, description = "quickstart, 5.4M, 135M or 1B")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--windows", required = true, description = "rows of one pass")
  int windows;

  @Option(names = "--passes", required = true, description = "timed passes; one more warms up")
  int passes;

  @Option(names = "--clock", defaultValue = "wall", description = "wall or processor")
  Clock clock;

  /** One line of output: tokens per second. */
  record Timing(List<Double> bare, List<Double> texts, List<Double> choices) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    int context = size.context();
    Random random = new Random(3);
    try (SyntheticText text = SyntheticText.create(size.architecture().vocabSize());
        TensorSet weights = TensorSet.zeros(ParameterLayout.of(size.architecture()));
        LoadedProgram program = LlamaProgram.forEvaluation(size.architecture(), precision).load()) {
      SyntheticWeights synthetic = new SyntheticWeights(size.architecture(), text.file());
      weights.load(synthetic);
      List<String> texts = new ArrayList<>();
      List<Continuation> choices = new ArrayList<>();
      for (int w = 0; w < windows; w++) {
        texts.add(text.text(context, random));
        if (w % CHOICES == 0) {
          String question = text.text(context - CHOICE_TOKENS + 1, random);
          for (int c = 0; c < CHOICES; c++) {
            choices.add(new Continuation(question, text.text(CHOICE_TOKENS, random)));
          }
        }
      }
      Timing timing = new Timing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      try (RequestScorer scorer = RequestScorer.open(synthetic, context, precision)) {
        for (int pass = 0; pass <= passes; pass++) {
          double bare = rate(() -> bare(program, weights, context), windows);
          double whole = rate(() -> scorer.texts(texts), windows);
          double chosen = rate(() -> scorer.continuations(choices), choices.size());
          if (pass > 0) {
            timing.bare.add(bare * context);
            timing.texts.add(whole * context);
            timing.choices.add(chosen * context);
          }
        }
      }
      System.out.println(Json.write(timing));
    }
  }

  /** The forward pass with the loss of every token, of random tokens that are there already. */
  private void bare(LoadedProgram program, TensorSet weights, int context) {
    int rows = MicroBatch.sequences(context, windows);
    TokenBatch batch = new TokenBatch(rows, context);
    int vocabulary = program.program().architecture().vocabSize();
    for (int r = 0; r < rows; r++) {
      long[] tokens = new Random(r).longs(context, 0, vocabulary).toArray();
      batch.add(tokens, tokens);
    }
    for (int done = 0; done < windows; done += rows) {
      program.windowLosses(batch, weights);
    }
  }

  private double rate(Runnable work, int rows) {
    return rows / clock.seconds(work);
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new RequestPasses(), arguments));
  }
}
