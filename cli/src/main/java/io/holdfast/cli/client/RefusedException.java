package io.holdfast.cli.client;

/** A service answered with a problem. */
public final class RefusedException extends RuntimeException {

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.detail());
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
