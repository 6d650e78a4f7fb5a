package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.Main;
import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.client.RefusedException;
import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast recommend}. */
@Command(
    name = "recommend",
    header = "Say which recipe of a study to use, how sure that is, and what to run next.",
    description = {
      "",
      "Compares the recipes by a weighted loss, each at its best fine-tuning, over paired seeds."
          + " Says so when there is not enough data, and what would suffice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast recommend --study quickstart",
      "  ./holdfast recommend --study quickstart --weights retained=0.7,fine_tuned=0.3",
      "  ./holdfast recommend --study quickstart --weights retained=1 --limits fine_tuned=3.5",
      "  ./holdfast recommend --study quickstart --budget tokens=2M",
      "  ./holdfast recommend --study quickstart --write next.yaml   the study to run next"
    })
public final class RecommendCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;
  @Mixin private SettingsOption settings;

  @Option(
      names = "--study",
      required = true,
      paramLabel = "STUDY",
      description = "Id of a study, or a name: the newest study of that name.")
  private String study;

  @Option(
      names = "--weights",
      paramLabel = "LOSS=W,…",
      description =
          "How much retained, fine_tuned, pretrained and immediate loss count (default:"
              + " retained=0.5,fine_tuned=0.5).")
  private String weights;

  @Option(
      names = "--limits",
      paramLabel = "LOSS=NATS,…",
      description = "What losses may be at most, such as fine_tuned=3.5.")
  private String limits;

  @Option(
      names = "--budget",
      paramLabel = "UNIT=N,…",
      description = "What a model may cost before fine-tuning: tokens=2M, flops=1e15.")
  private String budget;

  @Option(
      names = "--margin",
      paramLabel = "NATS",
      description = "The difference in loss that does not matter (default: 0.02).")
  private String margin;

  @Option(names = "--json", description = "Print all of it as JSON.")
  private boolean json;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write the study to run next, with everything that is trained already.")
  private Path file;

  @Option(
      names = "--next",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which of the proposed runs to write (default: the first).")
  private int number;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Session session =
        Session.open(place.place(settings.local()), settings.reading(), step -> {})) {
      Frontier frontier = session.frontier();
      String path = "/api/studies/" + StudyChoice.of(frontier, study).id() + "/recommendation";
      if (file != null) {
        return write(Json.mapper().readTree(frontier.text(path + query())), out);
      }
      out.print(frontier.text(path + (json ? "" : ".txt") + query()));
      out.flush();
      return 0;
    } catch (RefusedException refused) {
      PrintWriter err = spec.commandLine().getErr();
      refused.refusal().problems().forEach(problem -> err.println(problem.describe()));
      if (refused.refusal().problems().isEmpty()) {
        throw refused;
      }
      return Main.REFUSED;
    }
  }

  private int write(JsonNode recommendation, PrintWriter out) throws IOException {
    JsonNode text = recommendation.path("next").path(number - 1).path("study").path("text");
    if (!text.isTextual()) {
      spec.commandLine()
          .getErr()
          .printf("There is no run number %d that a study could be written for.%n", number);
      return Main.REFUSED;
    }
    Files.writeString(file, text.asText());
    out.printf("%s written. Run it with ./holdfast run %s%n", file, file);
    return 0;
  }

  private String query() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("weights", weights);
    given.put("limits", limits);
    given.put("budget", budget);
    given.put("margin", margin);
    return given.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(
            entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }
}
