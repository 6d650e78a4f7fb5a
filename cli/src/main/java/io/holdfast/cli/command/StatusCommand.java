package io.holdfast.cli.command;

import io.holdfast.cli.client.StudySummary;
import io.holdfast.cli.display.Numbers;
import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.ProcessMemory;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast status}. */
@Command(
    name = "status",
    header = "Show the system and its studies.",
    description = {
      "",
      "Exit code 0 when it is up and every service is ready, 1 otherwise. Of a system elsewhere"
          + " (--server) it shows the studies alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./holdfast status", "  ./holdfast status --home /data/holdfast"})
public final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return switch (place.place()) {
      case Place.Elsewhere elsewhere -> elsewhere(elsewhere, out);
      case Place.Here here -> here(here, out);
    };
  }

  private static int elsewhere(Place.Elsewhere elsewhere, PrintWriter out)
      throws InterruptedException {
    out.printf("Holdfast at %s%n", elsewhere);
    return studies(elsewhere, out) ? 0 : 1;
  }

  private static int here(Place.Here here, PrintWriter out) throws InterruptedException {
    Home where = here.home();
    Optional<RunnerState> state = where.state();
    if (!where.isClaimed() || state.isEmpty()) {
      out.printf("Holdfast is down in %s. Start it with ./holdfast up.%n", where.directory());
      return 1;
    }
    system(state.get(), where, out);
    if (state.get().phase() == Phase.READY) {
      studies(here, out);
    }
    boolean healthy =
        state.get().phase() == Phase.READY
            && state.get().services().stream()
                .allMatch(service -> service.condition() == RunnerState.Condition.READY);
    return healthy ? 0 : 1;
  }

  private static void system(RunnerState state, Home where, PrintWriter out) {
    out.printf(
        "Holdfast in %s: %s for %s, process %d, %s%n",
        where.directory(),
        state.phase().name().toLowerCase(Locale.ROOT),
        since(state.startedAt()),
        state.pid(),
        ProcessMemory.of(state.pid()));
    out.printf(
        "dashboard  %s%n",
        state.phase() == Phase.READY ? where.dashboard(state.api()) : state.api());
    out.printf("kafka      %s%n", state.kafka());
    out.printf("postgres   %s%n%n", state.postgres());
    out.printf(
        "%-18s %-9s %9s %6s %9s %9s  %s%n",
        "service", "is", "for", "port", "restarts", "memory", "process");
    for (ServiceStatus service : state.services()) {
      out.printf(
          "%-18s %-9s %9s %6d %9d %9s  %s%n",
          service.name(),
          service.condition().name().toLowerCase(Locale.ROOT),
          since(service.since()),
          service.port(),
          service.restarts(),
          service.pid() == null ? "–" : ProcessMemory.of(service.pid()),
          service.pid() == null ? "–" : service.pid());
    }
  }

  /** Whether frontier-service answered. */
  private static boolean studies(Place place, PrintWriter out) throws InterruptedException {
    try (Session session = Session.attach(place).orElseThrow()) {
      var studies = session.frontier().studies();
      out.println();
      out.println(studies.isEmpty() ? "No studies yet." : "studies");
      for (StudySummary study : studies) {
        out.printf(
            "  %-32s %-10s %d of %d stages%s%n",
            study.id(),
            study.state().toLowerCase(Locale.ROOT),
            study.progress().trained(),
            study.progress().stages(),
            study.progress().etaSeconds() == null
                ? ""
                : ", " + Numbers.duration(study.progress().etaSeconds()) + " left");
      }
      return true;
    } catch (IOException e) {
      out.println("frontier-service does not answer: " + e.getMessage());
      return false;
    }
  }

  private static String since(Instant start) {
    return Numbers.duration(Duration.between(start, Instant.now()).toSeconds());
  }
}
