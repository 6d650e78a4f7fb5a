package io.holdfast.figure;

/**
 * Colours that people with the usual colour-vision deficiencies tell apart (after Okabe and Ito),
 * in a version for light and one for dark backgrounds.
 */
final class Palette {

  private static final String[] LIGHT = {
    "#0069a8", "#c8500a", "#00805c", "#a84a85", "#8a6d00", "#5b5bd6", "#6b6b6b", "#a3262a"
  };
  private static final String[] DARK = {
    "#5ab4f0", "#ff9a5c", "#3fcf9f", "#ea9bcb", "#e6c34a", "#a5a5ff", "#b5b5b5", "#ff8f8f"
  };

  /** Background of a light figure. */
  static final String PAPER = "#ffffff";

  /** Axes of a light figure. */
  static final String AXIS = "#5c6670";

  private Palette() {}

  static String light(int series) {
    return LIGHT[series % LIGHT.length];
  }

  /** A style sheet that gives figures their colours; the same for every figure. */
  static String styleSheet() {
    StringBuilder css =
        new StringBuilder(
            "svg.figure{font-family:system-ui,sans-serif;font-size:14px}"
                + ".figure text{fill:#1c2126}.figure .axis{stroke:#5c6670}"
                + ".figure .grid{stroke:#d9dee3}.figure .paper{fill:#fff}"
                + ".figure .muted{fill:#4b545c}");
    for (int i = 0; i < LIGHT.length; i++) {
      css.append(".figure .s%1$d{stroke:%2$s}.figure .f%1$d{fill:%2$s}".formatted(i, LIGHT[i]));
    }
    css.append(
        "@media (prefers-color-scheme:dark){.figure text{fill:#e6e9ec}.figure .axis{stroke:#9aa4ad}"
            + ".figure .grid{stroke:#333b43}.figure .paper{fill:#161a1e}"
            + ".figure .muted{fill:#a9b2ba}");
    for (int i = 0; i < DARK.length; i++) {
      css.append(".figure .s%1$d{stroke:%2$s}.figure .f%1$d{fill:%2$s}".formatted(i, DARK[i]));
    }
    return css.append('}').toString();
  }

  static String strokeClass(int series) {
    return "s" + series % LIGHT.length;
  }

  static String fillClass(int series) {
    return strokeClass(series) + " f" + series % LIGHT.length;
  }
}
