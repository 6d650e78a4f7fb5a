package io.holdfast.frontier.report.document;

import io.holdfast.figure.Panels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a report's section. All texts are plain: no form's markup means anything in them. */
public sealed interface Block
    permits Block.Paragraph,
        Block.Heading,
        Block.Bullets,
        Block.Terms,
        Block.Drawing,
        Block.Code,
        Table {

  /** Sentences. */
  record Paragraph(String text) implements Block {}

  /** The title of a part of a section. */
  record Heading(String text) implements Block {}

  /** A list without order. */
  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /** What words mean, in order. */
  record Terms(Map<String, String> meanings) implements Block {
    public Terms {
      meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
    }
  }

  /**
   * A figure; its title and description are the caption.
   *
   * @param name of its files, without ending: letters, digits and hyphens
   */
  record Drawing(String name, Panels panels) implements Block {
    public Drawing {
      if (!name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException("no name of a file: " + name);
      }
    }

    /** The caption's first words, with a full stop or a question mark. */
    String heading() {
      return panels.title().endsWith("?") ? panels.title() : panels.title() + ".";
    }
  }

  /**
   * Text that is copied letter by letter.
   *
   * @param language such as {@code yaml}
   */
  record Code(String language, String text) implements Block {}
}
