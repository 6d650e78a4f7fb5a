package io.holdfast.theory;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Everything that {@code holdfast theory} shows.
 *
 * @param settings of the run
 * @param exposed three stages of the network with exposure
 * @param unexposed and without
 * @param byExposure models of equal immediate loss over α, for several β
 * @param byBeta the same over β, at the α of the settings
 * @param stopped forgetting over ε, at the β of the settings
 */
public record TheoryRun(
    Settings settings,
    Curves exposed,
    Curves unexposed,
    List<Sweep> byExposure,
    Sweep byBeta,
    List<Stopped> stopped) {

  private static final int POINTS = 40;

  public TheoryRun {
    byExposure = List.copyOf(byExposure);
    stopped = List.copyOf(stopped);
  }

  /**
   * Matched pairs.
   *
   * @param beta of all of them, or NaN when it is what varies
   */
  public record Sweep(double beta, List<Entry> entries) {
    public Sweep {
      entries = List.copyOf(entries);
    }
  }

  /** One pair, and its β. */
  public record Entry(double beta, Matched matched) {}

  /** Computes it; seconds. */
  public static TheoryRun of(Settings settings) {
    double largest = settings.mismatch() / 2;
    List<Sweep> byExposure =
        DoubleStream.of(0.25, 0.5, 0.9)
            .map(share -> share * largest)
            .mapToObj(beta -> overExposure(settings.withBeta(beta)))
            .toList();
    Sweep byBeta =
        new Sweep(
            Double.NaN,
            IntStream.rangeClosed(1, POINTS)
                .mapToDouble(i -> 0.99 * largest * i / POINTS)
                .mapToObj(
                    beta -> new Entry(beta, Matched.at(settings.withBeta(beta), settings.alpha())))
                .toList());
    double precise = Bound.largestPrecision(settings.mismatch(), settings.beta());
    List<Stopped> stopped =
        IntStream.rangeClosed(1, POINTS)
            .mapToObj(i -> Stopped.at(settings, precise * i / POINTS))
            .flatMap(Optional::stream)
            .toList();
    return new TheoryRun(
        settings,
        Curves.of(settings, settings.alpha()),
        Curves.of(settings, 0),
        byExposure,
        byBeta,
        stopped);
  }

  private static Sweep overExposure(Settings settings) {
    List<Entry> entries =
        IntStream.rangeClosed(0, POINTS)
            .mapToDouble(i -> 0.5 * i / POINTS)
            .mapToObj(alpha -> new Entry(settings.beta(), Matched.at(settings, alpha)))
            .toList();
    return new Sweep(settings.beta(), entries);
  }
}
