package io.holdfast.lm.shard;

import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * Writes documents as a Megatron-LM indexed dataset, one entry per document, in constant memory.
 *
 * <p>Without {@link #finish} nothing is left behind. The files are not forced to the device: a
 * {@link io.holdfast.lm.durable.DurableDirectory} around them does that.
 */
public final class TokenShardWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path prefix;
  private final int vocabSize;
  private final TokenType type;
  private final FileChannel data;
  private final FileChannel index;

  /** Null where every token has a loss. */
  private final LossMaskWriter mask;

  private final ByteBuffer dataBuffer = littleEndian();
  private final ByteBuffer indexBuffer = littleEndian();
  private long documents;
  private long tokens;
  private boolean finished;

  private TokenShardWriter(Path prefix, int vocabSize, boolean masked) throws IOException {
    this.prefix = prefix;
    this.vocabSize = vocabSize;
    this.type = TokenType.forVocabulary(vocabSize);
    this.data = create(ShardFiles.data(prefix));
    FileChannel opened = null;
    try {
      opened = create(ShardFiles.index(prefix));
      this.mask = masked ? new LossMaskWriter(ShardFiles.mask(prefix)) : null;
    } catch (IOException e) {
      data.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
    this.index = opened;
    indexBuffer.put(new byte[ShardFiles.HEADER_BYTES]);
  }

  /**
   * Creates {@code PREFIX.bin} and {@code PREFIX.idx}.
   *
   * @param vocabSize decides the token type; every token must be below it
   */
  public static TokenShardWriter create(Path prefix, int vocabSize) {
    return create(prefix, vocabSize, false);
  }

  /**
   * Creates a shard some of whose tokens have no loss: {@code PREFIX.mask} says which, beside files
   * that any Megatron reader understands.
   */
  public static TokenShardWriter createMasked(Path prefix, int vocabSize) {
    return create(prefix, vocabSize, true);
  }

  private static TokenShardWriter create(Path prefix, int vocabSize, boolean masked) {
    try {
      return new TokenShardWriter(prefix, vocabSize, masked);
    } catch (IOException e) {
      throw new StorageException(prefix, "create", e);
    }
  }

  /**
   * Appends one document to a masked shard.
   *
   * @param tokens its end-of-text token included
   * @param hasLoss of each token
   */
  public void append(int[] tokens, BitSet hasLoss) {
    if (mask == null) {
      throw new IllegalStateException("a shard without a mask has a loss for every token");
    }
    try {
      for (int i = 0; i < tokens.length; i++) {
        put(tokens[i]);
        mask.put(hasLoss.get(i));
      }
      ended(tokens.length);
    } catch (IOException e) {
      throw new StorageException(prefix, "write", e);
    }
  }

  /** Appends one document, its end-of-text token included. */
  public void append(long[] document) {
    append(document, 0, document.length);
  }

  /** Appends one document from a part of an array. */
  public void append(long[] buffer, int from, int count) {
    try {
      requireNoMask();
      for (int i = from; i < from + count; i++) {
        put(buffer[i]);
      }
      ended(count);
    } catch (IOException e) {
      throw new StorageException(prefix, "write", e);
    }
  }

  /** Appends one document, its end-of-text token included. */
  public void append(int[] document) {
    try {
      requireNoMask();
      for (int token : document) {
        put(token);
      }
      ended(document.length);
    } catch (IOException e) {
      throw new StorageException(prefix, "write", e);
    }
  }

  private void requireNoMask() {
    if (mask != null) {
      throw new IllegalStateException("a masked shard wants to know which tokens have a loss");
    }
  }

  private void put(long token) throws IOException {
    if (token < 0 || token >= vocabSize) {
      throw new IllegalArgumentException(
          "token %d is outside the vocabulary of %d".formatted(token, vocabSize));
    }
    if (dataBuffer.remaining() < type.bytes()) {
      drain(dataBuffer, data);
    }
    switch (type) {
      case UINT16 -> dataBuffer.putShort((short) token);
      case INT32 -> dataBuffer.putInt((int) token);
    }
  }

  private void ended(int length) throws IOException {
    if (length == 0) {
      throw new IllegalArgumentException("a document has at least its end-of-text token");
    }
    putLength(length);
    documents++;
    tokens += length;
  }

  public long documents() {
    return documents;
  }

  public long tokens() {
    return tokens;
  }

  /** Completes the index. */
  public void finish() {
    try {
      drain(dataBuffer, data);
      drain(indexBuffer, index);
      writePointers();
      writeBoundaries();
      writeHeader();
      if (mask != null) {
        mask.finish();
      }
      finished = true;
    } catch (IOException e) {
      throw new StorageException(prefix, "write", e);
    }
  }

  /** Byte offsets are running sums of the lengths, which are read back from the index itself. */
  private void writePointers() throws IOException {
    ByteBuffer lengths = littleEndian();
    long position = ShardFiles.HEADER_BYTES;
    long offset = 0;
    for (long read = 0; read < documents; ) {
      lengths.clear();
      lengths.limit((int) Math.min(lengths.capacity(), (documents - read) * Integer.BYTES));
      position += readFully(lengths, position);
      lengths.flip();
      for (; lengths.hasRemaining(); read++) {
        putLong(offset);
        offset += (long) lengths.getInt() * type.bytes();
      }
    }
    drain(indexBuffer, index);
  }

  private int readFully(ByteBuffer buffer, long position) throws IOException {
    int total = 0;
    while (buffer.hasRemaining()) {
      int count = index.read(buffer, position + total);
      if (count < 0) {
        throw new IOException("the index is shorter than what was written to it");
      }
      total += count;
    }
    return total;
  }

  /** Document d is entry d, so the boundaries are 0, 1, …, documents. */
  private void writeBoundaries() throws IOException {
    for (long boundary = 0; boundary <= documents; boundary++) {
      putLong(boundary);
    }
    drain(indexBuffer, index);
  }

  private void writeHeader() throws IOException {
    ByteBuffer header =
        ByteBuffer.allocate(ShardFiles.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ShardFiles.MAGIC)
            .putLong(ShardFiles.VERSION)
            .put((byte) type.code())
            .putLong(documents)
            .putLong(documents + 1)
            .flip();
    index.position(0);
    Storage.writeFully(index, header);
  }

  private void putLength(int length) throws IOException {
    if (indexBuffer.remaining() < Integer.BYTES) {
      drain(indexBuffer, index);
    }
    indexBuffer.putInt(length);
  }

  private void putLong(long value) throws IOException {
    if (indexBuffer.remaining() < Long.BYTES) {
      drain(indexBuffer, index);
    }
    indexBuffer.putLong(value);
  }

  private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    Storage.writeFully(channel, buffer.flip());
    buffer.clear();
  }

  private static ByteBuffer littleEndian() {
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Closes the files; without {@link #finish} also deletes them. */
  @Override
  public void close() {
    try (data;
        index;
        mask) {
      if (!finished) {
        Files.deleteIfExists(ShardFiles.mask(prefix));
        Files.deleteIfExists(ShardFiles.data(prefix));
        Files.deleteIfExists(ShardFiles.index(prefix));
      }
    } catch (IOException e) {
      throw new StorageException(prefix, "close", e);
    }
  }
}
