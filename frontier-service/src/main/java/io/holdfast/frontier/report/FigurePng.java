package io.holdfast.frontier.report;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.Panels;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws figures as PNG, dark on white, for documents that take no SVG. */
public final class FigurePng {

  /** Pixels per unit of the SVG: sharp on paper and on dense screens. */
  static final int SCALE = 2;

  /** A machine without any font is found out once. */
  private static final boolean HAS_FONTS = hasFonts();

  private FigurePng() {}

  /** The image; nothing on a machine without fonts, where Java cannot draw text. */
  public static Optional<byte[]> draw(Panels panels) {
    return HAS_FONTS ? Optional.of(raster(FigureSvg.drawPlain(panels))) : Optional.empty();
  }

  private static byte[] raster(String svg) {
    SVGDocument document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    FloatSize size = document.size();
    int width = Math.round(size.width * SCALE);
    int height = Math.round(size.height * SCALE);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      document.render((java.awt.Component) null, canvas, new ViewBox(width, height));
    } finally {
      canvas.dispose();
    }
    return encode(image);
  }

  /** In memory, as a service may not be allowed to write temporary files. */
  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Java says in several ways that there is no fontconfig, no font library or no font, depending on
   * what is missing; none of them is a declared exception, and all mean the same here.
   */
  private static boolean hasFonts() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 14)
          .getStringBounds("L", new FontRenderContext(null, true, true));
      return true;
    } catch (RuntimeException | LinkageError | InternalError noFonts) {
      return false;
    }
  }
}
