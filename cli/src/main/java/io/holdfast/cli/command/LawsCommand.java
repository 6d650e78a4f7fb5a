package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.contracts.study.source.Quantity;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast laws}. */
@Command(
    name = "laws",
    header = "Fit the scaling laws of fine-tuning and forgetting to studies, and predict.",
    description = {
      "",
      "One study has one model size, and no law can tell from it what size does: name the same study"
          + " at other scales beside it. A law that the runs do not determine says what must vary."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast laws injection-small injection-large",
      "  ./holdfast laws injection-small injection-large --predict parameters=1.3G,tokens=30M,share=0.01"
    })
public final class LawsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;
  @Mixin private SettingsOption settings;

  @Parameters(
      paramLabel = "STUDY",
      arity = "1..*",
      description = "Ids or names of studies; of several with one name, the newest.")
  private List<String> studies;

  @Option(
      names = "--predict",
      paramLabel = "PLACE",
      description =
          "Where to predict: model size, unique fine-tuning tokens, and the share of fine-tuning that"
              + " is data to be kept: 0 unless given, and share=0,share=0.01 predicts both.")
  private String prediction;

  @Option(names = "--offset", description = "Give the law of forgetting a constant part, E.")
  private boolean offset;

  @Option(names = "--json", description = "Print all of it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> query = new ArrayList<>(prediction());
    if (offset) {
      query.add("offset=true");
    }
    try (Session session =
        Session.open(place.place(settings.local()), settings.reading(), step -> {})) {
      Frontier frontier = session.frontier();
      List<String> ids = new ArrayList<>();
      for (String study : studies) {
        ids.add(StudyChoice.of(frontier, study).id());
      }
      ids.stream().skip(1).forEach(id -> query.add("with=" + id));
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          frontier.text(
              "/api/studies/%s/laws%s?%s"
                  .formatted(ids.getFirst(), json ? "" : ".txt", String.join("&", query))));
      out.flush();
      return 0;
    }
  }

  private List<String> prediction() {
    List<String> query = new ArrayList<>();
    boolean size = false;
    boolean tokens = false;
    for (String pair : prediction == null ? new String[0] : prediction.split(",")) {
      String[] sides = pair.split("=", 2);
      Optional<BigDecimal> value =
          sides.length < 2 ? Optional.empty() : Quantity.parse(sides[1].strip());
      String key =
          switch (sides[0].strip()) {
            case "parameters" -> "parameters";
            case "tokens" -> "fine_tune_tokens";
            case "share" -> "injected";
            default -> null;
          };
      if (key == null || value.isEmpty()) {
        throw wrong(pair);
      }
      size |= key.equals("parameters");
      tokens |= key.equals("fine_tune_tokens");
      query.add(key + "=" + value.get().toPlainString());
    }
    if (prediction != null && !(size && tokens)) {
      throw wrong(prediction);
    }
    return query;
  }

  private ParameterException wrong(String text) {
    return new ParameterException(
        spec.commandLine(),
        "--predict takes parameters=1.3G,tokens=30M,share=0.01, not %s.".formatted(text));
  }
}
