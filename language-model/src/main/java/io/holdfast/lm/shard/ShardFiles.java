package io.holdfast.lm.shard;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names and header layout of a Megatron-LM indexed dataset, little-endian throughout. A shard that
 * several processes wrote lies in numbered pieces, such as {@code train.00002-of-00008.bin}, each a
 * dataset of its own; one after the other they are the shard.
 */
final class ShardFiles {

  /** Magic: seven letters and two zero bytes. */
  static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);

  static final long VERSION = 1;

  static final int VERSION_OFFSET = 9;
  static final int TYPE_OFFSET = 17;
  static final int ENTRIES_OFFSET = 18;
  static final int BOUNDARIES_OFFSET = 26;

  /** Magic, version (u64), token type (u8), entries (u64), document boundaries (u64). */
  static final int HEADER_BYTES = 34;

  /** Per entry: length (i32), byte offset (i64), document boundary (i64). */
  static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;

  /** How many pieces there are, in the name of an index. */
  private static final String PIECE = "\\d{5}-of-(\\d{5})\\.idx";

  private ShardFiles() {}

  static Path data(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".bin");
  }

  /** Absent where every token has a loss. */
  static Path mask(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".mask");
  }

  static Path index(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".idx");
  }

  /** The prefix of one piece of a shard; numbers begin with 1. */
  static Path piece(Path prefix, int number, int pieces) {
    return prefix.resolveSibling("%s.%05d-of-%05d".formatted(prefix.getFileName(), number, pieces));
  }

  /** The prefixes of a shard's pieces in order; its own where it lies in one, or nowhere. */
  static List<Path> pieces(Path prefix) {
    if (Files.exists(index(prefix))) {
      return List.of(prefix);
    }
    Pattern name = Pattern.compile(Pattern.quote(prefix.getFileName() + ".") + PIECE);
    try (Stream<Path> files = Files.list(prefix.toAbsolutePath().getParent())) {
      return files
          .map(file -> name.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .findAny()
          .map(any -> pieces(prefix, Integer.parseInt(any.group(1))))
          .orElse(List.of(prefix));
    } catch (IOException absent) {
      return List.of(prefix);
    }
  }

  private static List<Path> pieces(Path prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> piece(prefix, n, count)).toList();
  }

  /**
   * Maps a whole file.
   *
   * @throws UnusableArtifactException when it cannot be read
   */
  static MemorySegment map(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "shard-missing",
              null,
              "The token shard's file cannot be read.",
              "Tokenize the corpus again."),
          e);
    }
  }
}
