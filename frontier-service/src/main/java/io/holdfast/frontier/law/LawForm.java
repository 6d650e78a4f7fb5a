package io.holdfast.frontier.law;

import java.util.List;

/**
 * A law with parameters that are all positive and fitted as logarithms. The first one is the level
 * of its power law at the center of the data.
 */
public sealed interface LawForm permits ForgettingForm, FineTuningForm {

  /** The law in one line. */
  String formula();

  /** Names of the parameters as the paper writes them, in the order of {@link #natural}. */
  List<String> names();

  /** What its parameters are centered on. */
  Center center();

  /** The law with the given parameters. */
  Curve with(double[] logs);

  /** Its loss in nats per token. */
  default double predict(double[] logs, LawPoint at) {
    return with(logs).loss(center().place(at));
  }

  /** The parameters in the units of the paper: A at N = D_ft = 1. */
  double[] natural(double[] logs);

  /** Places to start a search from. */
  List<double[]> starts(List<LawPoint> points);

  /** Ends of the search, as logarithms: wide enough for every meaningful law. */
  Bounds bounds();

  /** Which settings must vary so that each parameter can be told. */
  List<Need> needs();

  /** Number of parameters. */
  default int size() {
    return names().size();
  }

  /** A law whose parameters are set. */
  interface Curve {
    /** Nats per token. */
    double loss(Place at);

    /** The same, and its derivatives by each parameter's logarithm. */
    double lossAndGradient(Place at, double[] gradient);
  }

  /**
   * A box.
   *
   * @param low lower ends
   * @param high upper ends
   */
  record Bounds(double[] low, double[] high) {

    /** The nearest point of the box. */
    double[] clamp(double[] logs) {
      double[] inside = logs.clone();
      for (int i = 0; i < inside.length; i++) {
        inside[i] = Math.clamp(inside[i], low[i], high[i]);
      }
      return inside;
    }

    /** Whether a coordinate lies at one of its ends. */
    boolean atEnd(int parameter, double log) {
      return log <= low[parameter] + 1e-6 || log >= high[parameter] - 1e-6;
    }
  }

  /** A setting that must vary, and the parameter that is unknown while it does not. */
  enum Need {
    /** N, for α. */
    PARAMETERS,
    /** D_ft, for β. */
    TOKENS,
    /** p, for B. */
    INJECTION
  }
}
