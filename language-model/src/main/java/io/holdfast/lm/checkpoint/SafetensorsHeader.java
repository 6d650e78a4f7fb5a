package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read as untrusted input: streamed, bounded, and accepted
 * only when the tensors cover the data exactly, without hole or overlap.
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

  static final String METADATA = "__metadata__";

  /** Below the format's own 100 MB: room for more tensors than any Llama has. */
  static final int MAX_BYTES = 16 << 20;

  static final int MAX_TENSORS = 100_000;

  private static final int MAX_RANK = 16;
  private static final int MAX_METADATA_ENTRIES = 10_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 12)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  /** Why a header was refused. */
  static final class Malformed extends Exception {
    Malformed(String message) {
      super(message);
    }

    Malformed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Parses a header.
   *
   * @param dataBytes size of the data behind the header
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws Malformed {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (name.equals(METADATA)) {
          readMetadata(parser, metadata);
        } else if (tensors.size() == MAX_TENSORS) {
          throw new Malformed("The header lists more than %d tensors.".formatted(MAX_TENSORS));
        } else {
          tensors.put(name, readTensor(parser, name));
        }
      }
      if (parser.nextToken() != null) {
        throw new Malformed("The header goes on behind its JSON object.");
      }
    } catch (JsonProcessingException e) {
      throw new Malformed("The header is not valid: " + e.getOriginalMessage() + ".", e);
    } catch (IOException e) {
      throw new Malformed("The header cannot be read: " + e.getMessage() + ".", e);
    }
    checkCoverage(tensors, dataBytes);
    return new SafetensorsHeader(
        Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
  }

  private static void readMetadata(JsonParser parser, Map<String, String> metadata)
      throws IOException, Malformed {
    expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + name);
      if (metadata.size() == MAX_METADATA_ENTRIES) {
        throw new Malformed("The header's metadata has too many entries.");
      }
      metadata.put(name, parser.getText());
    }
  }

  private static TensorInfo readTensor(JsonParser parser, String name)
      throws IOException, Malformed {
    expect(parser.nextToken(), JsonToken.START_OBJECT, name);
    TensorType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = type(parser, name);
        case "shape" -> shape = numbers(parser, name + ".shape", MAX_RANK);
        case "data_offsets" -> offsets = numbers(parser, name + ".data_offsets", 2);
        default -> throw new Malformed("Tensor %s has an unknown field %s.".formatted(name, field));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new Malformed("Tensor %s lacks dtype, shape or two offsets.".formatted(name));
    }
    TensorInfo tensor = new TensorInfo(name, type, shape, offsets.get(0), offsets.get(1));
    checkSize(tensor);
    return tensor;
  }

  private static TensorType type(JsonParser parser, String name) throws IOException, Malformed {
    expect(parser.currentToken(), JsonToken.VALUE_STRING, name + ".dtype");
    String text = parser.getText();
    try {
      return TensorType.valueOf(text);
    } catch (IllegalArgumentException unknown) {
      throw new Malformed("Tensor %s has the unknown dtype %s.".formatted(name, text), unknown);
    }
  }

  private static List<Long> numbers(JsonParser parser, String place, int most)
      throws IOException, Malformed {
    expect(parser.currentToken(), JsonToken.START_ARRAY, place);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, place);
      long number = parser.getLongValue();
      if (number < 0 || numbers.size() == most) {
        throw new Malformed("%s has a negative number or too many.".formatted(place));
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static void checkSize(TensorInfo tensor) throws Malformed {
    try {
      long bytes = tensor.type().bytes();
      for (long axis : tensor.shape()) {
        bytes = Math.multiplyExact(bytes, axis);
      }
      if (tensor.end() < tensor.begin() || tensor.end() - tensor.begin() != bytes) {
        throw new Malformed(
            "Tensor %s has bytes %d to %d, its shape %s of %s wants %d bytes."
                .formatted(
                    tensor.name(),
                    tensor.begin(),
                    tensor.end(),
                    tensor.shape(),
                    tensor.type(),
                    bytes));
      }
    } catch (ArithmeticException overflow) {
      throw new Malformed(
          "Tensor %s has a shape beyond 2^63 bytes: %s.".formatted(tensor.name(), tensor.shape()),
          overflow);
    }
  }

  private static void checkCoverage(Map<String, TensorInfo> tensors, long dataBytes)
      throws Malformed {
    List<TensorInfo> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long covered = 0;
    for (TensorInfo tensor : ordered) {
      if (tensor.begin() != covered) {
        throw new Malformed(
            "Tensor %s begins at byte %d, the one before ends at %d."
                .formatted(tensor.name(), tensor.begin(), covered));
      }
      covered = tensor.end();
    }
    if (covered != dataBytes) {
      throw new Malformed(
          "The tensors cover %d bytes, the file has %d.".formatted(covered, dataBytes));
    }
  }

  private static void expect(JsonToken found, JsonToken expected, String place) throws Malformed {
    if (found != expected) {
      throw new Malformed("%s is not %s but %s.".formatted(place, expected, found));
    }
  }
}
