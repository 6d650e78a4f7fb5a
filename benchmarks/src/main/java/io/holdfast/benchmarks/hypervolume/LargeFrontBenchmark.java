package io.holdfast.benchmarks.hypervolume;

import io.holdfast.frontier.statistics.front.Hypervolume;
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

/** Fronts on which one call of plain WFG takes longer than a benchmark should. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LargeFrontBenchmark {

  /** Objectives x points. */
  @Param({"3x10000", "4x1000", "4x3000"})
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
}
