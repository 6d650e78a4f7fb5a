package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Small models with random weights, and random tokens for them. */
final class ProgramFixture {

  static final int LENGTH = 12;
  static final long MASKED = -100;

  private ProgramFixture() {}

  static Architecture model(int kvHeads, boolean tied) {
    return new Architecture(61, 32, 56, 3, 4, kvHeads, 8, 64, 10_000, 1e-5, tied, 0.02);
  }

  static Architecture scaled(Architecture m, RopeScaling scaling) {
    return new Architecture(
        m.vocabSize(),
        m.hiddenSize(),
        m.intermediateSize(),
        m.layers(),
        m.heads(),
        m.kvHeads(),
        m.headSize(),
        m.maxSequenceLength(),
        m.ropeTheta(),
        m.rmsNormEpsilon(),
        m.tiedEmbeddings(),
        m.initializerRange(),
        scaling);
  }

  static LoadedProgram load(Architecture model, Dropout dropout, Precision precision) {
    return new LlamaProgram(model, dropout, precision, Attention.PLAIN).load();
  }

  /** Weights large enough for every path of the model to matter. */
  static TensorSet randomWeights(Architecture model, long seed) {
    TensorSet weights = TensorSet.zeros(ParameterLayout.of(model)).asParameters();
    Random random = new Random(seed);
    for (int i = 0; i < weights.layout().size(); i++) {
      double mean = weights.layout().isMatrix(i) ? 0 : 1;
      fill(weights, i, () -> mean + random.nextGaussian() * 0.15);
    }
    return weights;
  }

  /** Adapters large enough to matter, with outputs. */
  static TensorSet randomAdapters(LlamaProgram program, long seed) {
    TensorSet adapters = TensorSet.zeros(program.trained()).asParameters();
    Random random = new Random(seed);
    for (int i = 0; i < adapters.layout().size(); i++) {
      fill(adapters, i, () -> random.nextGaussian() * 0.2);
    }
    return adapters;
  }

  static TensorSet zeros(Architecture model) {
    return TensorSet.zeros(ParameterLayout.of(model));
  }

  static long[][] tokens(Architecture model, int sequences, long seed) {
    Random random = new Random(seed);
    long[][] tokens = new long[sequences][LENGTH];
    for (long[] sequence : tokens) {
      for (int t = 0; t < LENGTH; t++) {
        sequence[t] = random.nextInt(model.vocabSize());
      }
    }
    return tokens;
  }

  /** Random targets, the first two of every second sequence masked. */
  static long[][] targets(Architecture model, int sequences, long seed) {
    long[][] targets = tokens(model, sequences, seed + 1);
    for (int b = 1; b < sequences; b += 2) {
      targets[b][0] = MASKED;
      targets[b][1] = MASKED;
    }
    return targets;
  }

  static TokenBatch batch(long[][] ids, long[][] targets) {
    TokenBatch batch = new TokenBatch(ids.length, ids[0].length);
    for (int b = 0; b < ids.length; b++) {
      batch.add(ids[b], targets[b]);
    }
    return batch;
  }

  static long count(long[][] targets) {
    long count = 0;
    for (long[] sequence : targets) {
      for (long target : sequence) {
        count += target == MASKED ? 0 : 1;
      }
    }
    return count;
  }

  static OptimizerStep step(long number, long targets) {
    return new OptimizerStep(1e-2, 0.9, 0.95, 1e-8, 0.1, 1.0, number, targets);
  }

  static void fill(TensorSet set, int tensor, DoubleSupplier values) {
    set.fill(
        tensor,
        (part, from) -> {
          while (part.hasRemaining()) {
            part.put((float) values.getAsDouble());
          }
        });
  }

  /** Relative L2 distance of two vectors. */
  static double distance(float[] found, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
