package io.holdfast.figure;

import java.util.Locale;

/** Point shapes around the origin, about 5 pixels in radius and of similar area. */
enum Shape {
  CIRCLE("M4.6,0A4.6,4.6 0 1 1 -4.6,0A4.6,4.6 0 1 1 4.6,0Z"),
  SQUARE("M-4.1,-4.1H4.1V4.1H-4.1Z"),
  TRIANGLE("M0,-5.6L5.2,3.8H-5.2Z"),
  DIAMOND("M0,-5.9L5.3,0L0,5.9L-5.3,0Z"),
  DOWN("M0,5.6L5.2,-3.8H-5.2Z"),
  CROSS("M-1.7,-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z");

  private final String path;

  Shape(String path) {
    this.path = path;
  }

  static Shape of(int index) {
    return values()[index % values().length];
  }

  void draw(Markup svg, double x, double y, String fill, String classes, String title) {
    svg.open(
        "path",
        "d",
        path,
        "transform",
        String.format(Locale.ROOT, "translate(%.2f,%.2f)", x, y),
        "class",
        classes,
        "fill",
        fill,
        "stroke-width",
        1.6);
    if (title != null) {
      svg.element("title", title);
    }
    svg.close("path");
  }
}
