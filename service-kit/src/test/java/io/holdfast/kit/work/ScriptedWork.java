package io.holdfast.kit.work;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Performs each item as its test says, and records the order. */
@Singleton
public class ScriptedWork implements WorkHandler {

  static final String KIND = "scripted";

  /** What a test does with an item. */
  interface Script {
    void perform(WorkItem item, Lease lease) throws Exception;
  }

  final Map<String, Script> scripts = new ConcurrentHashMap<>();
  final List<String> started = new CopyOnWriteArrayList<>();
  final Map<String, Exception> exhausted = new ConcurrentHashMap<>();

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public int maxAttempts() {
    return 3;
  }

  @Override
  public Duration pauseAfter(int failures) {
    return Duration.ofMillis(50);
  }

  @Override
  public void perform(WorkItem item, Lease lease) throws Exception {
    started.add(item.id());
    scripts.get(item.id()).perform(item, lease);
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    exhausted.put(item.id(), lastCause);
  }
}
