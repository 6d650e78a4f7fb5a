package io.holdfast.data.corpus;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How a file is compressed, as its name says. */
enum Decompression {
  NONE(""),
  GZIP(".gz"),
  ZSTANDARD(".zst");

  private static final int BUFFER = 1 << 16;

  private final String ending;

  Decompression(String ending) {
    this.ending = ending;
  }

  static Decompression of(String lowerCaseName) {
    if (lowerCaseName.endsWith(GZIP.ending)) {
      return GZIP;
    }
    return lowerCaseName.endsWith(ZSTANDARD.ending) ? ZSTANDARD : NONE;
  }

  /** The name of what is inside. */
  String inner(String name) {
    return name.substring(0, name.length() - ending.length());
  }

  /** Opens a stream that fails with {@link ExpansionException} rather than expand without bound. */
  InputStream open(InputStream compressed, ReadingLimits limits) throws IOException {
    Counted counted = new Counted(compressed);
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new Bounded(new GZIPInputStream(counted, BUFFER), counted, limits);
      case ZSTANDARD -> new Bounded(new ZstdInputStream(counted), counted, limits);
    };
  }

  /** Whether a failure to read says that the compressed data are damaged. */
  static boolean isDamage(IOException failure) {
    return failure instanceof ZipException
        || failure instanceof EOFException
        || failure instanceof ZstdIOException;
  }

  /** A file expands more than its limit allows. */
  static final class ExpansionException extends IOException {
    private static final long serialVersionUID = 1L;

    ExpansionException(int limit) {
      super("expands more than " + limit + " times");
    }
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      bytes += octet < 0 ? 0 : 1;
      return octet;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read = super.read(to, from, length);
      bytes += Math.max(0, read);
      return read;
    }
  }

  private static final class Bounded extends FilterInputStream {
    private final Counted compressed;
    private final ReadingLimits limits;
    private long bytes;

    Bounded(InputStream in, Counted compressed, ReadingLimits limits) {
      super(in);
      this.compressed = compressed;
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read = super.read(to, from, length);
      bytes += Math.max(0, read);
      if (bytes > limits.expansionGraceBytes()
          && bytes / Math.max(1, compressed.bytes) >= limits.maxExpansion()) {
        throw new ExpansionException(limits.maxExpansion());
      }
      return read;
    }
  }
}
