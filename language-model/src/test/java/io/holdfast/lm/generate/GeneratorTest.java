package io.holdfast.lm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.evaluate.ByteLevelTokenizer;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.lm.generate.Decoding.Greedy;
import io.holdfast.lm.generate.Decoding.Sampled;
import io.holdfast.lm.generate.Generation.End;
import io.holdfast.lm.weights.TableModel;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of models whose next token follows from the last one: byte b is token b + 1. */
class GeneratorTest {

  private static final int CONTEXT = 128;
  private static final int END = 0;

  @TempDir Path directory;

  private TokenizerFile tokenizer;

  @BeforeEach
  void writeTokenizer() throws IOException {
    tokenizer = new TokenizerFile(ByteLevelTokenizer.write(directory), END, "x");
  }

  /** Writes the bytes of a text in a circle, whichever of them it is shown; all are different. */
  private RequestScorer writing(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] next = new int[264];
    for (int i = 0; i < bytes.length; i++) {
      int token = 1 + (bytes[i] & 0xFF);
      next[token] = 1 + (bytes[(i + 1) % bytes.length] & 0xFF);
    }
    return open(TableModel.successors(264, (token, n) -> next[token]));
  }

  private RequestScorer open(float[][] logits) {
    return RequestScorer.open(new TableModel(logits, CONTEXT, tokenizer), CONTEXT, Precision.FP32);
  }

  private static Prompt prompt(String text, int maxTokens, String... until) {
    return new Prompt(text, List.of(until), maxTokens, new Greedy());
  }

  private static Generation only(RequestScorer scorer, Prompt prompt) {
    return scorer.generate(List.of(prompt)).getFirst();
  }

  @Test
  void goesOnUntilItHasAsManyTokensAsItMay() {
    try (RequestScorer scorer = writing("abcdefgh")) {
      assertThat(only(scorer, prompt("c", 6)))
          .isEqualTo(new Generation("defgha", 6, End.MAX_TOKENS, 1, false));
      assertThat(only(scorer, prompt("xyza", 1)))
          .isEqualTo(new Generation("b", 1, End.MAX_TOKENS, 4, false));
    }
  }

  @Test
  void endsWithTheText() {
    // Behind d comes a byte that nothing follows but token 0, the end.
    try (RequestScorer scorer =
        open(TableModel.successors(264, (token, n) -> token == 1 + 'd' ? END : (token + 1) % n))) {
      assertThat(only(scorer, prompt("a", 50)))
          .isEqualTo(new Generation("bcd", 4, End.END_OF_TEXT, 1, false));
      assertThat(only(scorer, prompt("d", 50)))
          .isEqualTo(new Generation("", 1, End.END_OF_TEXT, 1, false));
    }
  }

  @Test
  void stopStringsMayBeSpreadOverTokensAndOverLooksForThem() {
    try (RequestScorer scorer = writing("abcdefghijklmnopqrstuvwxyz0123456789")) {
      // Looks come after 1, 17 and 33 tokens: "qrst" is at 15 to 18.
      assertThat(only(scorer, prompt("a", 60, "qrst")))
          .isEqualTo(new Generation("bcdefghijklmnop", 19, End.STOP_STRING, 1, false));
      assertThat(only(scorer, prompt("a", 60, "89", "h", "fghi")))
          .isEqualTo(new Generation("bcdefg", 7, End.STOP_STRING, 1, false));
      assertThat(only(scorer, prompt("a", 60, "b")))
          .isEqualTo(new Generation("", 1, End.STOP_STRING, 1, false));
      assertThat(only(scorer, prompt("a", 4, "e"))).extracting(Generation::text).isEqualTo("bcd");
      assertThat(only(scorer, prompt("a", 4, "f")).end()).isEqualTo(End.MAX_TOKENS);
      assertThat(only(scorer, prompt("a", 60, "ba")).end()).isEqualTo(End.MAX_TOKENS);
    }
  }

  @Test
  void charactersMayBeSpreadOverTokens() {
    try (RequestScorer scorer = writing("é€𝔸")) {
      assertThat(only(scorer, prompt("𝔸", 9)).text()).isEqualTo("é€𝔸");
      assertThat(only(scorer, prompt("𝔸", 9, "€")).text()).isEqualTo("é");
      assertThat(only(scorer, prompt("𝔸", 9, "€")).tokens()).isEqualTo(5);
      // Two of the three bytes of €.
      assertThat(only(scorer, prompt("𝔸", 4)).text()).isEqualTo("é\uFFFD");
    }
  }

  @Test
  void cutsABeginningThatLeavesNoRoom() {
    try (RequestScorer scorer = writing("abcdefgh")) {
      Generation answer = only(scorer, prompt("x".repeat(500) + "c", 100));

      assertThat(answer.promptTokens()).isEqualTo(28);
      assertThat(answer.promptCut()).isTrue();
      assertThat(answer.text()).hasSize(100).startsWith("defgha");
      assertThat(only(scorer, prompt("x".repeat(27) + "c", 100)).promptCut()).isFalse();
      assertThat(only(scorer, prompt("x".repeat(500) + "c", 127)).text()).startsWith("def");
    }
  }

  @Test
  void refusesEveryAnswerThatNoPromptLeavesRoomFor() {
    try (RequestScorer scorer = writing("abcdefgh")) {
      List<Prompt> prompts = List.of(prompt("a", 128), prompt("a", 127), prompt("a", 4000));

      assertThatThrownBy(() -> scorer.generate(prompts))
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              refused ->
                  assertThat(refused.problems())
                      .extracting(Problem::path)
                      .containsExactly("prompts[0].max_tokens", "prompts[2].max_tokens"));
    }
  }

  @Test
  void anEmptyPromptIsTheTokenThatATextFollows() {
    try (RequestScorer scorer =
        open(TableModel.successors(264, (token, n) -> token == END ? 1 + 'q' : END))) {
      assertThat(only(scorer, prompt("", 5)))
          .isEqualTo(new Generation("q", 2, End.END_OF_TEXT, 1, false));
    }
  }

  /** Random answers to prompts of many lengths, alone, together, and in another order. */
  @Test
  void answersDoNotDependOnCompanyOrOrder() {
    Random random = new Random(4);
    float[][] logits = new float[264][264];
    for (float[] row : logits) {
      for (int t = 0; t < row.length; t++) {
        row[t] = (float) (2 * random.nextGaussian());
      }
    }
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      Decoding decoding =
          i % 4 == 0
              ? new Greedy()
              : new Sampled(i % 4 == 1 ? 1 : 0.7, i % 4 == 2 ? 50 : 0, i % 4 == 3 ? 0.9 : 1, i);
      List<String> until = i % 2 == 0 ? List.of("e", "\n") : List.of();
      prompts.add(new Prompt("ab ".repeat(1 + i % 23), until, 1 + 2 * i, decoding));
    }
    try (RequestScorer scorer = open(logits)) {
      List<Generation> together = scorer.generate(prompts);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        order.add(i);
        assertThat(only(scorer, prompts.get(i))).isEqualTo(together.get(i));
      }
      Collections.shuffle(order, random);
      List<Generation> shuffled = scorer.generate(order.stream().map(prompts::get).toList());
      for (int i = 0; i < order.size(); i++) {
        assertThat(shuffled.get(i)).isEqualTo(together.get(order.get(i)));
      }
      assertThat(together.stream().map(Generation::end).distinct()).hasSize(3);
    }
  }

  @Test
  void aSeedMeansTheSameAnswerAndAnotherSeedAnother() {
    try (RequestScorer scorer = open(new float[264][264])) {
      Prompt first = new Prompt("a", List.of(), 40, new Sampled(1, 0, 1, 7));
      Prompt second = new Prompt("a", List.of(), 40, new Sampled(1, 0, 1, 8));
      List<Generation> answers = scorer.generate(List.of(first, second, first));

      assertThat(answers.get(2)).isEqualTo(answers.get(0));
      assertThat(answers.get(1).text()).isNotEqualTo(answers.get(0).text());
    }
  }
}
