package io.holdfast.benchmarks;

import ai.djl.ndarray.NDArray;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.lm.generate.Decoding.Greedy;
import io.holdfast.lm.generate.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times generation, tokenization and reading the prompts included, in turn with reading memory;
 * prints one JSON line.
 */
@Command(
    name = "generation-passes",
    mixinStandardHelpOptions = true,
    description = "Times generation of the engine.")
final class GenerationPasses implements Runnable {

  /** Many times what caches hold: 512 MiB. */
  private static final long READ_NUMBERS = 1L << 27;

  private static final String READ =
      """
        def read(self, x: Tensor) -> Tensor:
          return torch.to(torch.sum(x), 7)
      """;

  @Option(names = "--model", required = true, description = "quickstart, 5.4M, 135M or 1B")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--rows", required = true, description = "prompts at once")
  int rows;

  @Option(names = "--prompt", required = true, description = "tokens of a prompt")
  int prompt;

  @Option(names = "--answer", required = true, description = "tokens of an answer")
  int answer;

  @Option(names = "--passes", required = true, description = "timed passes; one more warms up")
  int passes;

  @Option(names = "--clock", defaultValue = "wall", description = "wall or processor")
  Clock clock;

  /**
   * One line of output.
   *
   * @param tokensPerSecond of the answers
   * @param boundPerSecond as many as the memory that a token reads allows
   */
  record Timing(List<Double> tokensPerSecond, List<Double> boundPerSecond) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    Random random = new Random(3);
    Timing timing = new Timing(new ArrayList<>(), new ArrayList<>());
    try (SyntheticText text = SyntheticText.create(size.architecture().vocabSize());
        TorchScript memory = new TorchScript(READ);
        RequestScorer scorer =
            RequestScorer.open(
                new SyntheticWeights(size.architecture(), text.file()),
                size.context(),
                precision)) {
      NDArray numbers = memory.random(READ_NUMBERS);
      List<Prompt> prompts = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        prompts.add(new Prompt(text.text(prompt, random), List.of(), answer, new Greedy()));
      }
      for (int pass = 0; pass <= passes; pass++) {
        double seconds = clock.seconds(() -> scorer.generate(prompts));
        double reading = clock.seconds(() -> memory.seconds("read", numbers));
        double bytesPerSecond = READ_NUMBERS * Float.BYTES / reading;
        if (pass > 0) {
          timing.tokensPerSecond.add(rows * answer / seconds);
          timing.boundPerSecond.add(rows * bytesPerSecond / stepBytes(size.architecture()));
        }
      }
    }
    System.out.println(Json.write(timing));
  }

  /** The matrices once, and the keys and values of every row as they are halfway. */
  private double stepBytes(Architecture architecture) {
    long bytes = precision == Precision.BF16 ? 2 : Float.BYTES;
    long embedding = (long) architecture.vocabSize() * architecture.hiddenSize();
    // An output matrix of its own is one of the parameters beside the embedding.
    long matrices = architecture.parameters() - (architecture.tiedEmbeddings() ? 0 : embedding);
    double slots = prompt + answer / 2.0;
    double cache =
        2.0 * architecture.layers() * architecture.kvHeads() * architecture.headSize() * slots;
    return bytes * (matrices + rows * cache);
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new GenerationPasses(), arguments));
  }
}
