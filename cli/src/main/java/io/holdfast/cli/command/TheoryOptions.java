package io.holdfast.cli.command;

import io.holdfast.theory.LinearNetwork.Start;
import io.holdfast.theory.Settings;
import io.holdfast.theory.Settings.Durations;
import picocli.CommandLine.Option;

/** The numbers of {@code holdfast theory}. */
final class TheoryOptions {

  @Option(
      names = "--n",
      defaultValue = "10",
      description = "Features, the width of the network (default: ${DEFAULT-VALUE}).")
  private int n;

  @Option(
      names = "--k",
      defaultValue = "2",
      description = "Inconsistent, and specialized, features (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--alpha",
      defaultValue = "0.25",
      description =
          "Share of post-training data in exposed pretraining (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--beta",
      defaultValue = "0.45",
      description = "Strength of specialized features, below c_mis/2 (default: ${DEFAULT-VALUE}).")
  private double beta;

  @Option(
      names = "--c-mis",
      defaultValue = "1",
      description = "Least mismatch of inconsistent features (default: ${DEFAULT-VALUE}).")
  private double mismatch;

  @Option(
      names = "--epsilon",
      defaultValue = "0.1",
      description =
          "How near features come to their targets, for the bound (default: ${DEFAULT-VALUE}).")
  private double precision;

  @Option(
      names = "--lambda",
      defaultValue = "0.1",
      description =
          "Penalty of post-training on the distance from the pretrained network (default:"
              + " ${DEFAULT-VALUE}).")
  private double penalty;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.02",
      description = "Of gradient descent, in all stages (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--t",
      defaultValue = "6",
      description = "T: weights start at exp(−T) (default: ${DEFAULT-VALUE}).")
  private double t;

  @Option(
      names = "--start",
      defaultValue = "ALIGNED",
      description =
          "Form of the initial weights: aligned (features never mix; closed forms are exact),"
              + " identity (as printed in the paper) or random (default: aligned).")
  private Start start;

  @Option(
      names = "--pretrain-time",
      defaultValue = "50",
      description = "Length of pretraining (default: ${DEFAULT-VALUE}).")
  private double pretraining;

  @Option(
      names = "--post-train-time",
      defaultValue = "3",
      description = "Length of post-training (default: ${DEFAULT-VALUE}).")
  private double postTraining;

  @Option(
      names = "--fine-tune-time",
      defaultValue = "6",
      description = "Length of fine-tuning (default: ${DEFAULT-VALUE}).")
  private double fineTuning;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of singular vectors and random weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * @throws io.holdfast.contracts.problem.InvalidInputException with every wrong number
   */
  Settings settings() {
    return new Settings(
        n,
        k,
        alpha,
        beta,
        mismatch,
        precision,
        penalty,
        learningRate,
        t,
        start,
        new Durations(pretraining, postTraining, fineTuning),
        seed);
  }
}
