package io.holdfast.theory;

import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.Markup;

/** A theory run as one HTML page that needs nothing else. */
public final class TheoryPage {

  private static final String CSS =
      """
      :root{color-scheme:light dark}body{margin:0;font:16px/1.55 system-ui,sans-serif}
      main{max-width:54rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
      h1{font-size:2rem;line-height:1.2}h2{font-size:1.3rem;margin-top:2.4rem}
      figure{margin:1.4rem 0 2.2rem}figure svg{width:100%;height:auto}
      figcaption,.meta{opacity:.8;font-size:.92rem}.no{color:#c8500a}
      """;

  private TheoryPage() {}

  /** The page. */
  public static String of(TheoryRun run) {
    Markup html = new Markup();
    html.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.element("title", "Theory of early exposure · Holdfast");
    html.open("style").raw(CSS).close("style").close("head").line();
    html.open("body").open("main").element("h1", "Why early exposure helps: a linear network");
    html.element("p", INTRODUCTION);
    html.element("p", run.settings().toString(), "class", "meta");
    html.element("h2", "What the theory says, and what the network did").open("ol");
    for (Finding finding : Finding.of(run)) {
      html.open("li").element("strong", finding.statement()).text(" " + finding.evidence());
      if (!finding.holds()) {
        html.element("em", " Not seen with these settings.", "class", "no");
      }
      html.close("li");
    }
    html.close("ol").element("h2", "Figures").line();
    for (TheoryFigures figure : TheoryFigures.values()) {
      var drawn = figure.of(run);
      html.open("figure").raw(FigureSvg.draw(drawn)).open("figcaption");
      html.element("strong", figure.title() + ". ").text(drawn.description());
      html.close("figcaption").close("figure").line();
    }
    html.element("h2", "Reading").element("p", READING);
    return html.close("main").close("body").close("html").line().toString();
  }

  private static final String INTRODUCTION =
      "A network θ = W1·W2 is pretrained, post-trained and fine-tuned on three linear tasks that share"
          + " their singular vectors (arXiv 2605.12705, theory section). Invariant features are equal in"
          + " all tasks; inconsistent ones are stronger in post-training by more than c_mis; specialized"
          + " ones, of strength beta, occur in post-training data only. Exposed pretraining mixes in a"
          + " share alpha of post-training data.";

  private static final String READING =
      "Fine-tuning overwrites the inconsistent features of every model, and touches no specialized"
          + " one. What exposure changes is which features carry the skill: an exposed model has the"
          + " specialized ones before post-training starts, so the same immediate loss asks less of"
          + " features that will be lost. The paper's zero forgetting with exposure is the case in"
          + " which the immediate loss asks nothing of them beyond what fine-tuning leaves.";
}
