package io.holdfast.data.tokenizer;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Text that a tokenizer can stumble over. */
final class OddText {

  static final List<String> SAMPLES =
      List.of(
          "",
          " ",
          "\n",
          "  \n\n \t x",
          "a  b   c\n\n\nd ",
          "I'm we're they've he'll she'd 's 'S ''s don't'll",
          "\u0000\u0001\u0002\u001f\u007f\u0080\u0085\u009f",
          "\u00a0\u1680\u2000\u200b\u2028\u2029\u202f\u205f\u3000\ufeff",
          "é e\u0301 ﬁ ǅ ª º ² ½ Ⅷ ٣ 一二三 ㍿",
          "👩‍👩‍👧‍👦🏳️‍🌈 👍🏽👍 🇩🇪🇫🇷",
          "\ud835\udc00\ud835\udfce \ud800\udf00",
          "العربية עברית हिन्दी ไทย 한국어 日本語",
          "\ufffd\ufffe\uffff\udbff\udfff",
          "<|endoftext|> <|endoftext|>x</s><eos>",
          "=".repeat(1000) + " ".repeat(1000) + "a".repeat(1000),
          "if (x<=3) {\n\treturn y['s'] += 1e-5; // naïve\r\n}\r\n");

  private static final List<String> INGREDIENTS =
      List.of(
          "a",
          "Z",
          "'",
          "s",
          "t",
          "m",
          "d",
          "re",
          "ve",
          "ll",
          " ",
          " ",
          "\n",
          "\t",
          "\r",
          "0",
          "9",
          "é",
          "ß",
          "中",
          "½",
          "٣",
          "!",
          "<|",
          "endoftext",
          "|>",
          "\u00a0",
          "\u0085",
          "\u2028",
          "\u0301",
          "\u200d",
          "😀",
          "\ud835\udfce",
          "\ud835\udc00",
          "\u0000",
          "\ufffd");

  private OddText() {}

  static Arbitrary<String> arbitrary() {
    return Arbitraries.of(INGREDIENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }
}
