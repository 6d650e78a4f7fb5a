package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.Attention;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.OptimizerStep;
import io.holdfast.lm.program.ParameterLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes a model's generated program as {@code NAME.pt} and what a caller must know as {@code
 * NAME.json}, for a machine that has a GPU and Python with torch but no JVM: {@code
 * benchmarks/gpu/compare.py} reads both.
 */
@Command(
    name = "program",
    mixinStandardHelpOptions = true,
    description = "Writes generated programs for benchmarks/gpu/compare.py.")
final class ProgramFile implements Runnable {

  @Option(names = "--models", split = ",", defaultValue = "135M,1B")
  List<String> models;

  @Option(names = "--folder", defaultValue = "benchmarks/gpu/programs")
  Path folder;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(
      names = "--attention",
      defaultValue = "FUSED",
      description = "FUSED is the one for CUDA; ${COMPLETION-CANDIDATES}")
  Attention attention;

  /** A tensor in the program's lists. */
  record Parameter(String name, List<Long> shape) {}

  /**
   * What a caller must know.
   *
   * @param matrices how many of the parameters are matrices; the rest are norm weights
   * @param stepFields names of the numbers in the program's argument {@code step}
   * @param step their values at the first step, with a target count of 1
   * @param flopsPerToken floating-point operations to train on one token at the context's length
   */
  record Description(
      String model,
      Precision precision,
      Attention attention,
      Architecture architecture,
      int context,
      List<Parameter> parameters,
      int matrices,
      List<String> stepFields,
      List<Double> step,
      double flopsPerToken) {

    static Description of(ModelSize size, LlamaProgram program, int context) {
      ParameterLayout layout = ParameterLayout.of(size.architecture());
      List<Parameter> parameters = new ArrayList<>();
      for (int i = 0; i < layout.size(); i++) {
        parameters.add(new Parameter(layout.names().get(i), layout.shapes().get(i)));
      }
      OptimizerStep first = new OptimizerStep(1e-4, 0.9, 0.95, 1e-8, 0.1, 1, 1, 1);
      return new Description(
          size.name(),
          program.precision(),
          program.attention(),
          size.architecture(),
          context,
          parameters,
          layout.matrices(),
          List.of(OptimizerStep.Field.values()).stream().map(Enum::name).toList(),
          java.util.Arrays.stream(first.values(0)).boxed().toList(),
          size.architecture().trainingFlopsPerToken(context));
    }
  }

  @Override
  public void run() {
    for (String name : models) {
      ModelSize size = ModelSize.named(name);
      LlamaProgram program =
          new LlamaProgram(size.architecture(), Dropout.NONE, precision, attention);
      int context = Math.min(1024, size.architecture().maxSequenceLength());
      try {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".pt"), program.archive());
        Files.writeString(
            folder.resolve(name + ".json"), Json.write(Description.of(size, program, context)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      System.out.println(folder.resolve(name + ".pt"));
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new ProgramFile(), arguments));
  }
}
