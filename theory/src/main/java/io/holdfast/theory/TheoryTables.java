package io.holdfast.theory;

import io.holdfast.theory.Curves.Moment;
import io.holdfast.theory.TheoryRun.Entry;
import io.holdfast.theory.TheoryRun.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The numbers behind the figures as CSV. */
public final class TheoryTables {

  private TheoryTables() {}

  /** Texts by file name. */
  public static Map<String, String> of(TheoryRun run) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("learning.csv", learning(run));
    files.put("forgetting.csv", forgetting(run));
    files.put("bound.csv", bound(run));
    return files;
  }

  private static String learning(TheoryRun run) {
    List<String> lines = new ArrayList<>();
    lines.add("alpha,stage,time,feature,kind,strength,post_training_loss");
    Features features = run.settings().features();
    for (Curves curves : List.of(run.exposed(), run.unexposed())) {
      for (Moment moment : curves.moments()) {
        double loss = features.postTrainingLoss(moment.strengths());
        for (int i = 0; i < features.size(); i++) {
          lines.add(
              row(
                  curves.exposure(),
                  moment.stage(),
                  moment.time(),
                  i,
                  features.all().get(i).kind(),
                  moment.strengths()[i],
                  loss));
        }
      }
    }
    return text(lines);
  }

  private static String forgetting(TheoryRun run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "varies,beta,alpha,penalty,immediate,retained,forgetting,"
            + "unexposed_immediate,unexposed_retained,unexposed_forgetting");
    for (Sweep sweep : run.byExposure()) {
      sweep.entries().forEach(entry -> lines.add(row("alpha", entry)));
    }
    run.byBeta().entries().forEach(entry -> lines.add(row("beta", entry)));
    return text(lines);
  }

  private static String row(String varies, Entry entry) {
    Matched matched = entry.matched();
    return row(
        varies,
        entry.beta(),
        matched.exposure(),
        matched.penalty(),
        matched.exposed().immediate(),
        matched.exposed().retained(),
        matched.exposed().forgetting(),
        matched.unexposed().immediate(),
        matched.unexposed().retained(),
        matched.unexposed().forgetting());
  }

  private static String bound(TheoryRun run) {
    List<String> lines = new ArrayList<>();
    lines.add("epsilon,post_training_time,immediate,retained,forgetting,bound");
    Settings settings = run.settings();
    for (Stopped stopped : run.stopped()) {
      lines.add(
          row(
              stopped.precision(),
              stopped.time(),
              stopped.outcome().immediate(),
              stopped.outcome().retained(),
              stopped.outcome().forgetting(),
              new Bound(settings.k(), settings.mismatch(), settings.beta(), stopped.precision())
                  .forgetting()));
    }
    return text(lines);
  }

  private static String row(Object... cells) {
    return String.join(",", Stream.of(cells).map(String::valueOf).toList());
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
