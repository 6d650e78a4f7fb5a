package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ByteSymbolsTest {

  @Test
  void spellsBytesAsGpt2Does() {
    assertThat(ByteSymbols.of(" the\n\t\r\u0000é\u00ad\u007f")).isEqualTo("ĠtheĊĉčĀÃ©ÂŃġ");
  }

  @Test
  void givesEveryByteItsOwnSymbol() {
    assertThat(ByteSymbols.alphabet()).hasSize(256);
    assertThat(new HashSet<>(ByteSymbols.alphabet())).hasSize(256);
    assertThat(ByteSymbols.alphabet()).startsWith("!", "\"", "#").endsWith("Ł", "ł", "Ń");
  }
}
