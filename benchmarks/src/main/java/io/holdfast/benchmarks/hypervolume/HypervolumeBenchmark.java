package io.holdfast.benchmarks.hypervolume;

import io.holdfast.frontier.statistics.front.Hypervolume;
import io.holdfast.frontier.statistics.front.NonDominated;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Hypervolume of random fronts, against WFG as published, and the front of many points. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HypervolumeBenchmark {

  /** Objectives x points. */
  @Param({"2x100", "2x1000", "2x10000", "3x100", "3x1000", "4x100", "4x300"})
  public String front;

  private double[][] points;
  private double[] reference;

  /** Draws the front. */
  @Setup
  public void draw() {
    String[] size = front.split("x");
    int objectives = Integer.parseInt(size[0]);
    points = RandomFront.of(objectives, Integer.parseInt(size[1]), 42);
    reference = RandomFront.reference(objectives);
  }

  @Benchmark
  public double holdfast() {
    return Hypervolume.of(points, reference);
  }

  @Benchmark
  public double wfg() {
    return Wfg.hypervolume(points, reference);
  }

  @Benchmark
  public boolean[] optimal() {
    return NonDominated.of(points);
  }
}
