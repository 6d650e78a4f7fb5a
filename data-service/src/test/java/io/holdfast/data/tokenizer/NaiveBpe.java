package io.holdfast.data.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Byte-level BPE straight from its definition, slow and independent of the product's code: pieces
 * by regular expression; to encode, apply the lowest-ranked merge anywhere until none applies; to
 * train, count all pairs anew for every merge.
 */
final class NaiveBpe {

  private static final Pattern GPT_2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<List<String>, Integer> ranks = new HashMap<>();
  private final Map<String, List<Integer>> known = new HashMap<>();

  private NaiveBpe() {}

  static NaiveBpe read(Path tokenizerJson) throws IOException {
    NaiveBpe bpe = new NaiveBpe();
    JsonNode model = new ObjectMapper().readTree(tokenizerJson.toFile()).path("model");
    model.path("vocab").properties().forEach(e -> bpe.ids.put(e.getKey(), e.getValue().intValue()));
    for (JsonNode merge : model.path("merges")) {
      bpe.ranks.put(List.of(merge.textValue().split(" ")), bpe.ranks.size());
    }
    return bpe;
  }

  int[] encode(String text) {
    return GPT_2
        .matcher(text)
        .results()
        .flatMap(piece -> known.computeIfAbsent(piece.group(), this::encodePiece).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private List<Integer> encodePiece(String piece) {
    List<String> symbols = symbols(piece);
    while (true) {
      int best = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        best = Math.min(best, ranks.getOrDefault(symbols.subList(i, i + 2), best));
      }
      if (best == Integer.MAX_VALUE) {
        return symbols.stream().map(ids::get).toList();
      }
      for (int i = 0; i + 1 < symbols.size(); i++) {
        if (ranks.getOrDefault(symbols.subList(i, i + 2), -1) == best) {
          symbols.set(i, symbols.get(i) + symbols.remove(i + 1));
        }
      }
    }
  }

  private static List<String> symbols(String piece) {
    List<String> symbols = new ArrayList<>();
    ByteSymbols.of(piece).chars().forEach(c -> symbols.add(Character.toString(c)));
    return symbols;
  }

  /** Merges in order, for a vocabulary of that size. */
  static List<BpeModel.Merge> train(List<String> documents, int vocabSize) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    ids.put("<|endoftext|>", 0);
    ByteSymbols.alphabet().forEach(symbol -> ids.put(symbol, ids.size()));
    List<List<String>> words = new ArrayList<>();
    for (String document : documents) {
      GPT_2.matcher(document).results().forEach(piece -> words.add(symbols(piece.group())));
    }
    List<BpeModel.Merge> merges = new ArrayList<>();
    while (ids.size() < vocabSize) {
      List<String> best = mostFrequent(words, ids);
      if (best == null) {
        break;
      }
      BpeModel.Merge merge = new BpeModel.Merge(best.get(0), best.get(1));
      ids.putIfAbsent(merge.merged(), ids.size());
      if (!merges.contains(merge)) {
        merges.add(merge);
      }
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          if (word.subList(i, i + 2).equals(best)) {
            word.set(i, word.get(i) + word.remove(i + 1));
          }
        }
      }
    }
    return merges;
  }

  private static List<String> mostFrequent(List<List<String>> words, Map<String, Integer> ids) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (List<String> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(List.copyOf(word.subList(i, i + 2)), 1, Integer::sum);
      }
    }
    List<String> best = null;
    for (Map.Entry<List<String>, Integer> entry : counts.entrySet()) {
      if (best == null || precedes(entry.getKey(), entry.getValue(), best, counts, ids)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  private static boolean precedes(
      List<String> pair,
      int count,
      List<String> best,
      Map<List<String>, Integer> counts,
      Map<String, Integer> ids) {
    int bestCount = counts.get(best);
    int left = Integer.compare(ids.get(pair.get(0)), ids.get(best.get(0)));
    int right = Integer.compare(ids.get(pair.get(1)), ids.get(best.get(1)));
    return count > bestCount || count == bestCount && (left < 0 || left == 0 && right < 0);
  }
}
