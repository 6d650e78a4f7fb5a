package io.holdfast.contracts.study;

import java.util.Optional;
import java.util.Set;

/** Reads {@code model: {base: …}}: everything but the context comes with the model. */
final class BaseModelReader {

  /** As of the presets: what published models can, 8,192 and more, few studies can pay for. */
  private static final int CONTEXT = 1024;

  private static final Set<String> OWN = Set.of("base", "context");

  private BaseModelReader() {}

  static Optional<StudyModel> read(Section section) {
    for (String key : Vocabulary.MODEL.keys()) {
      if (!OWN.contains(key) && section.has(key)) {
        section.problem(
            key,
            "conflict",
            "It is given together with base, which brings its own.",
            "Remove it; only context can be given with a base.");
      }
    }
    int context = context(section);
    return section.text("base").map(path -> new BaseModel(path, context));
  }

  static int context(Section section) {
    return (int) section.whole("context", ModelReader.CONTEXT).orElse(CONTEXT);
  }
}
