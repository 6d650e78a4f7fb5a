package io.holdfast.lm.durable;

import com.fasterxml.jackson.core.type.TypeReference;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The last file of a durable directory: JSON of every other file's size and SHA-256. */
final class CompletenessMarker {

  static final String NAME = "COMPLETE";

  /** A marker of some hundred thousand files; anything larger is not ours. */
  private static final long MAX_BYTES = 64L << 20;

  private record Listing(Map<String, FileDigest> files) {}

  private CompletenessMarker() {}

  static String text(Map<String, FileDigest> files) {
    return Json.write(new Listing(new TreeMap<>(files)));
  }

  /**
   * Forces every file below the directory to the device, then writes and forces the marker.
   *
   * @param known checksums of files that are not read for them
   */
  static void write(Path directory, Map<String, FileDigest> known) throws IOException {
    List<Path> contents = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) walk.sorted(Collections.reverseOrder())::iterator) {
        Storage.force(path);
        if (Files.isRegularFile(path) && !known.containsKey(name(directory, path))) {
          contents.add(path);
        }
      }
    }
    List<FileDigest> digests = FileDigest.of(contents);
    Map<String, FileDigest> files = new TreeMap<>(known);
    for (int i = 0; i < contents.size(); i++) {
      files.put(name(directory, contents.get(i)), digests.get(i));
    }
    Path marker = directory.resolve(NAME);
    byte[] json = text(files).getBytes(StandardCharsets.UTF_8);
    try (var channel =
        Files.newByteChannel(marker, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Storage.writeFully(channel, ByteBuffer.wrap(json));
    }
    Storage.force(marker);
    Storage.force(directory);
  }

  private static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  /**
   * Reads the marker.
   *
   * @throws UnusableArtifactException when there is none, or it is no listing of plain file names
   */
  static Map<String, FileDigest> read(Path directory) {
    Path marker = directory.resolve(NAME);
    try {
      if (Files.size(marker) > MAX_BYTES) {
        throw unusable(marker, "The marker is larger than any that Holdfast writes.", null);
      }
      return parse(marker, Files.readString(marker));
    } catch (IOException e) {
      throw unreadable(marker, e);
    }
  }

  /**
   * Reads a marker's text.
   *
   * @param marker where it lies, or would lie beside the files that it lists
   * @throws UnusableArtifactException when it is no listing of plain file names
   */
  static Map<String, FileDigest> parse(Path marker, String json) {
    try {
      Map<String, Map<String, FileDigest>> listing =
          Json.mapper().readValue(json, new TypeReference<>() {});
      Map<String, FileDigest> files = listing == null ? null : listing.get("files");
      if (files == null || files.values().stream().anyMatch(digest -> digest == null)) {
        throw unusable(marker, "The marker lists no files.", null);
      }
      Path directory = marker.toAbsolutePath().getParent().normalize();
      for (String name : files.keySet()) {
        if (!directory.resolve(name).normalize().startsWith(directory)) {
          throw unusable(marker, "The marker lists a file outside its directory.", null);
        }
      }
      return Collections.unmodifiableMap(new TreeMap<>(files));
    } catch (IOException | InvalidPathException e) {
      throw unreadable(marker, e);
    }
  }

  private static UnusableArtifactException unreadable(Path marker, Exception cause) {
    return unusable(marker, "The directory's completeness marker cannot be read.", cause);
  }

  private static UnusableArtifactException unusable(Path marker, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            marker.toString(),
            "incomplete-directory",
            null,
            message,
            "Remove the directory, so that it is written again."),
        cause);
  }
}
