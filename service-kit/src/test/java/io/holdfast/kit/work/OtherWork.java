package io.holdfast.kit.work;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A second kind, one at a time. */
@Singleton
public class OtherWork implements WorkHandler {

  static final String KIND = "other";

  final List<String> performed = new CopyOnWriteArrayList<>();

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    performed.add(item.id());
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    throw new AssertionError("never fails");
  }
}
