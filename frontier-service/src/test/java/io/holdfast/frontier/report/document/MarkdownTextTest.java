package io.holdfast.frontier.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** Escaped text means itself. */
class MarkdownTextTest {

  @Example
  void readableTextStaysAsItIs() {
    for (String text :
        new String[] {
          "L_ret is 0.496 ± 0.235 nats lower (mean ± sd over 3 seeds).",
          "[−0.087, +1.079]",
          "retains_more: {recipe: exposed, over: plain}",
          "95 % of |D_post| = 30 000"
        }) {
      assertThat(MarkdownText.of(text)).isEqualTo(text);
    }
  }

  @Property(tries = 500)
  void aParserReadsTheVeryText(
      @ForAll
          @StringLength(min = 1, max = 40)
          @Chars({'a', 'B', '1', ' ', '.', '\n', '\u2212'})
          @CharRange(from = '!', to = '/')
          @CharRange(from = ':', to = '@')
          @CharRange(from = '[', to = '`')
          @CharRange(from = '{', to = '~')
          String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    String read =
        TextContentRenderer.builder()
            .build()
            .render(Parser.builder().build().parse(MarkdownText.of(text)));
    assertThat(read).isEqualTo(plain);
  }
}
