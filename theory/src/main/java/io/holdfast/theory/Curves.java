package io.holdfast.theory;

import io.holdfast.theory.Learner.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * A pipeline by gradient descent, as it was seen on the way.
 *
 * @param exposure α of its pretraining
 * @param moments a few hundred, denser where things happen: evenly spread over the logarithm of
 *     time in pretraining, evenly over time afterwards
 * @param end its three checkpoints
 */
public record Curves(double exposure, List<Moment> moments, Pipeline end) {

  private static final int POINTS = 240;

  public Curves {
    moments = List.copyOf(moments);
  }

  /**
   * One moment.
   *
   * @param stage 1, 2 or 3
   * @param time learning rate × steps since the start of stage 1
   * @param strengths σ(θ), one per feature
   */
  public record Moment(int stage, double time, double[] strengths) {}

  /** Runs the whole network of matrices. */
  public static Curves of(Settings settings, double exposure) {
    Basis basis = Basis.random(settings.n(), settings.seed());
    LinearNetwork network =
        LinearNetwork.small(basis, settings.t(), settings.start(), settings.seed());
    int first = settings.steps(settings.durations().pretraining());
    int second = first + settings.steps(settings.durations().postTraining());
    int all = second + settings.steps(settings.durations().fineTuning());
    List<Moment> moments = new ArrayList<>();
    double growth = Math.log(first) / POINTS;
    int every = Math.max(1, (all - first) / POINTS);
    Observer observer =
        (step, learner) -> {
          boolean wanted =
              step <= first
                  ? step == first || step >= Math.exp(growth * moments.size())
                  : (step - first) % every == 0 || step == all || step == second;
          if (wanted && step > 0) {
            int stage = step <= first ? 1 : step <= second ? 2 : 3;
            moments.add(new Moment(stage, step * settings.learningRate(), learner.strengths()));
          }
        };
    Pipeline end = Pipeline.descend(settings, exposure, network, observer);
    return new Curves(exposure, moments, end);
  }
}
