package io.holdfast.cli.command;

import io.holdfast.cli.Main;
import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Asks the running system something, and prints what it refuses. */
final class SystemQuestion {

  /** What is asked. */
  interface Question {
    void ask(Frontier frontier) throws IOException, InterruptedException;
  }

  private SystemQuestion() {}

  /** Exit code: 0, 1 when no system runs, {@link Main#REFUSED} when it refused. */
  static int run(Place place, PrintWriter err, Question question)
      throws IOException, InterruptedException {
    Optional<Session> running = Session.attach(place);
    if (running.isEmpty()) {
      err.printf(
          "Holdfast is down in %s. Start it with ./holdfast up.%n", place.home().directory());
      return 1;
    }
    try (Session session = running.get()) {
      question.ask(session.frontier());
      return 0;
    } catch (RefusedException refused) {
      if (refused.refusal().problems().isEmpty()) {
        err.println(refused.refusal().detail());
      }
      refused.refusal().problems().stream().map(Problem::describe).forEach(err::println);
      return Main.REFUSED;
    }
  }
}
