package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.cli.local.LocalSystem;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the task services that run with a system known to it. */
final class TaskRegistration {

  private TaskRegistration() {}

  /** Registers each; one that is refused harms only studies that name it. */
  static void of(LocalSystem system, Frontier frontier, Consumer<String> news)
      throws InterruptedException {
    for (URI url : system.tasks()) {
      news.accept(registered(url, frontier));
    }
  }

  private static String registered(URI url, Frontier frontier) throws InterruptedException {
    try {
      return "task %s at %s".formatted(frontier.register(url.toString()).task(), url);
    } catch (RefusedException e) {
      String problems =
          e.refusal().problems().stream().map(Problem::describe).collect(Collectors.joining(" "));
      return "the task at %s is refused: %s"
          .formatted(url, problems.isEmpty() ? e.getMessage() : problems);
    } catch (IOException e) {
      return "the task at %s is not registered: %s".formatted(url, e.getMessage());
    }
  }
}
