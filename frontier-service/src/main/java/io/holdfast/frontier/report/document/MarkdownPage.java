package io.holdfast.frontier.report.document;

import io.holdfast.frontier.report.document.Block.Bullets;
import io.holdfast.frontier.report.document.Block.Code;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.Block.Heading;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Block.Terms;
import io.holdfast.frontier.report.document.Table.Column;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as Markdown (CommonMark with GitHub's tables); its figures are files in the folder
 * {@code figures} beside it.
 */
public final class MarkdownPage {

  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private final Images images;
  private final StringBuilder out = new StringBuilder();

  private MarkdownPage(Images images) {
    this.images = images;
  }

  /** Which files show the figures. */
  public enum Images {
    PNG,
    SVG
  }

  /** The text. */
  public static String of(Report report, Images images) {
    return new MarkdownPage(images).write(report);
  }

  private String write(Report report) {
    paragraph("# " + MarkdownText.of(report.title()));
    if (report.question() != null) {
      paragraph("> " + MarkdownText.of(report.question()));
    }
    paragraph(MarkdownText.of(report.meta()));
    for (Section section : report.sections()) {
      paragraph("## " + MarkdownText.of(section.title()));
      section.blocks().forEach(this::block);
    }
    return out.toString().stripTrailing() + "\n";
  }

  private void block(Block block) {
    switch (block) {
      case Paragraph(String text) -> paragraph(MarkdownText.of(text));
      case Heading(String text) -> paragraph("### " + MarkdownText.of(text));
      case Bullets(List<String> items) ->
          paragraph(
              items.stream()
                  .map(item -> "- " + MarkdownText.of(item))
                  .collect(Collectors.joining("\n")));
      case Terms terms ->
          paragraph(
              terms.meanings().entrySet().stream()
                  .map(
                      term ->
                          "- **%s**: %s"
                              .formatted(
                                  MarkdownText.of(term.getKey()), MarkdownText.of(term.getValue())))
                  .collect(Collectors.joining("\n")));
      case Drawing drawing -> drawing(drawing);
      case Code(String language, String text) -> code(language, text);
      case Table table -> table(table);
    }
  }

  private void paragraph(String text) {
    out.append(text).append("\n\n");
  }

  private void drawing(Drawing drawing) {
    String file = "figures/" + drawing.name();
    String shown = file + (images == Images.PNG ? ".png" : ".svg");
    paragraph("![%s](%s)".formatted(MarkdownText.of(drawing.panels().title()), shown));
    paragraph(
        "**%s** %s%s"
            .formatted(
                MarkdownText.of(drawing.heading()),
                MarkdownText.of(drawing.panels().description()),
                images == Images.PNG ? " [SVG](%s.svg)".formatted(file) : ""));
  }

  /** The fence is longer than any in the text. */
  private void code(String language, String text) {
    int longest = 2;
    Matcher matcher = BACKTICKS.matcher(text);
    while (matcher.find()) {
      longest = Math.max(longest, matcher.end() - matcher.start());
    }
    String fence = "`".repeat(longest + 1);
    paragraph(fence + language + "\n" + text.stripTrailing() + "\n" + fence);
  }

  private void table(Table table) {
    paragraph("**" + MarkdownText.of(table.caption()) + "**");
    out.append(
        row(table.columns().stream().map(column -> MarkdownText.cell(column.name())).toList()));
    out.append(row(table.columns().stream().map(MarkdownPage::rule).toList()));
    for (List<String> cells : table.rows()) {
      out.append(row(cells.stream().map(MarkdownText::cell).toList()));
    }
    out.append('\n');
  }

  private static String rule(Column column) {
    return column.kind() == Table.Kind.NUMBER ? "--:" : "---";
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
