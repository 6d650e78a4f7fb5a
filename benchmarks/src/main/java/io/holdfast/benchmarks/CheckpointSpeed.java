package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointContents.Resume;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.checkpoint.Safetensors;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Saving and loading a resumable checkpoint (weights and both moments, 12 bytes per parameter)
 * against dd with as many bytes in the same folder, in turn. Saving includes the checksums and the
 * flush to the device, as dd's {@code conv=fsync} does; loading is from the page cache on both
 * sides, without and with the check of every checksum that a resumed stage makes first.
 */
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Compares saving and loading a checkpoint with dd, in turn.")
final class CheckpointSpeed implements Runnable {

  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";

  @Option(names = "--rounds", defaultValue = "5")
  int rounds;

  @Option(names = "--model", defaultValue = "135M")
  String model;

  @Option(
      names = "--folder",
      defaultValue = "target",
      description = "where to write: the disk that is measured; ${DEFAULT-VALUE}")
  Path parent;

  /** One compared operation: what it is, and GB/s of both sides, round by round. */
  private static final class Comparison {
    final String what;
    final List<Double> ours = new ArrayList<>();
    final List<Double> dd = new ArrayList<>();
    final List<Double> ratios = new ArrayList<>();

    Comparison(String what) {
      this.what = what;
    }

    void add(double bytes, double ourSeconds, double ddSeconds) {
      ours.add(bytes / ourSeconds / 1e9);
      dd.add(bytes / ddSeconds / 1e9);
      ratios.add(ddSeconds / ourSeconds);
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | **%s** |",
          what,
          Spread.of(ours).format("%.2f"),
          Spread.of(dd).format("%.2f"),
          Spread.of(ratios).format("%.2f"));
    }
  }

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    ParameterLayout layout = ParameterLayout.of(size.architecture());
    Comparison save = new Comparison("save (dd conv=fsync)");
    Comparison load = new Comparison("load");
    Comparison resume = new Comparison("verify and load");
    Path folder = create();
    try (TensorSet weights = TensorSet.zeros(layout);
        TensorSet first = TensorSet.zeros(layout);
        TensorSet second = TensorSet.zeros(layout)) {
      CheckpointContents contents = contents(size, folder, weights, first, second);
      Path path = folder.resolve("checkpoint");
      // The first round warms up.
      for (int round = 0; round <= rounds; round++) {
        double saved = seconds(() -> CheckpointDirectory.save(path, contents));
        double bytes = tensorBytes(path);
        Path copy = folder.resolve("dd");
        double written = seconds(() -> dd("if=/dev/zero", "of=" + copy, bytes, "conv=fsync"));
        double loaded = seconds(() -> load(CheckpointDirectory.open(path), weights, first, second));
        double read = seconds(() -> dd("if=" + copy, "of=/dev/null", bytes));
        double resumed =
            seconds(() -> load(CheckpointDirectory.open(path).verify(), weights, first, second));
        if (round > 0) {
          save.add(bytes, saved, written);
          load.add(bytes, loaded, read);
          resume.add(bytes, resumed, read);
        }
        DurableDirectory.delete(path);
        delete(copy);
      }
    } finally {
      DurableDirectory.delete(folder);
    }
    System.out.printf("| %s, resumable | Holdfast GB/s | dd GB/s | ratio |%n", model);
    System.out.println("|---|---|---|---|");
    for (Comparison comparison : List.of(save, load, resume)) {
      System.out.println(comparison.row());
    }
  }

  private static CheckpointContents contents(
      ModelSize size, Path folder, TensorSet weights, TensorSet first, TensorSet second) {
    List<NamedTensor> optimizer = new ArrayList<>(first.named(FIRST));
    optimizer.addAll(second.named(SECOND));
    return new CheckpointContents(
        size.architecture(),
        weights.named(""),
        folder.resolve("tokenizer.json"),
        0,
        Json.mapper().createObjectNode(),
        new Resume(optimizer, List.of(), Json.mapper().createObjectNode()));
  }

  private static void load(
      CheckpointDirectory checkpoint, TensorSet weights, TensorSet first, TensorSet second) {
    try (TensorSource file = checkpoint.weights();
        Safetensors optimizer = checkpoint.optimizer()) {
      weights.load(file, "");
      first.load(optimizer, FIRST);
      second.load(optimizer, SECOND);
    }
  }

  private static double tensorBytes(Path checkpoint) {
    double bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(checkpoint, "*.safetensors")) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Copies as many mebibytes as hold the bytes. */
  private static void dd(String from, String to, double bytes, String... more) {
    List<String> command = new ArrayList<>(List.of("dd", from, to, "bs=1M", "status=none"));
    command.add("count=" + (long) Math.ceil(bytes / (1 << 20)));
    command.addAll(List.of(more));
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("ended with status " + status + ": " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("dd cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Path create() {
    try {
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent, "checkpoint-benchmark");
      Files.writeString(
          folder.resolve("tokenizer.json"),
          """
          {"version":"1.0","added_tokens":[{"id":0,"content":"<|endoftext|>","special":true}],
           "model":{"type":"BPE","vocab":{"<|endoftext|>":0},"merges":[]}}
          """);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new CheckpointSpeed(), arguments));
  }
}
