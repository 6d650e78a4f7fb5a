package io.holdfast.frontier.report.document;

import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.Markup;
import io.holdfast.frontier.report.document.Block.Bullets;
import io.holdfast.frontier.report.document.Block.Code;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.Block.Heading;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Block.Terms;
import io.holdfast.frontier.report.document.Table.Column;
import java.util.List;

/** A report as one HTML file that needs nothing else. It is well-formed XML, too. */
public final class HtmlPage {

  /** Longer texts are folded up. */
  private static final long MOST_LINES = 8;

  private final Markup html = new Markup();

  private HtmlPage() {}

  /** The page. */
  public static String of(Report report) {
    return new HtmlPage().write(report);
  }

  private String write(Report report) {
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", report.title() + " · Holdfast report");
    html.open("style").raw(PageStyle.CSS).close("style").close("head").line();
    html.open("body").open("main");
    header(report);
    report.sections().forEach(this::section);
    return html.close("main").close("body").close("html").line().toString();
  }

  private void header(Report report) {
    html.element("p", "Holdfast study report", "class", "kicker");
    html.element("h1", report.title());
    if (report.question() != null) {
      html.element("p", report.question(), "class", "question");
    }
    html.element("p", report.meta(), "class", "meta").open("nav");
    for (Section section : report.sections()) {
      html.element("a", section.title(), "href", "#" + section.anchor()).line();
    }
    html.close("nav").line();
  }

  private void section(Section section) {
    switch (section.tone()) {
      case PLAIN -> html.open("section", "id", section.anchor());
      case ANSWER -> html.open("section", "id", section.anchor(), "class", "answer");
      case FAILURE -> html.open("section", "id", section.anchor(), "class", "failure");
    }
    html.element("h2", section.title()).line();
    section.blocks().forEach(this::block);
    html.close("section").line();
  }

  private void block(Block block) {
    switch (block) {
      case Paragraph(String text) -> html.element("p", text);
      case Heading(String text) -> html.element("h3", text);
      case Bullets(List<String> items) -> {
        html.open("ul");
        items.forEach(item -> html.element("li", item));
        html.close("ul");
      }
      case Terms terms -> {
        html.open("dl");
        terms.meanings().forEach((word, is) -> html.element("dt", word).element("dd", is));
        html.close("dl");
      }
      case Drawing drawing -> drawing(drawing);
      case Code(String language, String text) -> code(text);
      case Table table -> table(table);
    }
    html.line();
  }

  private void drawing(Drawing drawing) {
    boolean wide = drawing.panels().panels().size() > 1;
    html.open("figure", "id", drawing.name(), "class", wide ? "wide" : "single");
    html.raw(FigureSvg.draw(drawing.panels())).open("figcaption");
    html.element("strong", drawing.heading() + " ").text(drawing.panels().description());
    html.close("figcaption").close("figure");
  }

  private void code(String text) {
    if (text.lines().count() <= MOST_LINES) {
      html.element("pre", text);
      return;
    }
    html.open("details").element("summary", "The text (%d lines)".formatted(text.lines().count()));
    html.element("pre", text).close("details");
  }

  private void table(Table table) {
    html.open("div", "class", "scroll").open("table").element("caption", table.caption());
    html.open("thead").open("tr");
    for (Column column : table.columns()) {
      html.element("th", column.name(), "scope", "col", "class", css(column));
    }
    html.close("tr").close("thead").open("tbody").line();
    for (List<String> row : table.rows()) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        html.element("td", row.get(i), "class", css(table.columns().get(i)));
      }
      html.close("tr").line();
    }
    html.close("tbody").close("table").close("div");
  }

  private static String css(Column column) {
    return switch (column.kind()) {
      case TEXT -> "t";
      case NUMBER -> "n";
      case CODE -> "c";
    };
  }
}
