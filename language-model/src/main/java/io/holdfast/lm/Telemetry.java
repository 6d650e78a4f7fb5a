package io.holdfast.lm;

/**
 * What the native libraries' bindings say about their use, which is nothing: DJL would tell an
 * address of its makers, and look for an EC2 machine to tell it from.
 */
public final class Telemetry {

  private Telemetry() {}

  /** Before the first use of a library; doing it again is free. */
  public static void off() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }
}
