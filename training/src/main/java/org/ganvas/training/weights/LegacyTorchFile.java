package org.ganvas.training.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6, and still does on request: four pickles (a
 * magic number, the protocol's version, facts of the machine, the value), a fifth with the keys of
 * the storages, then each storage in that order as a 64-bit count and its raw numbers.
 */
final class LegacyTorchFile implements TorchFile {
  private static final byte PROTOCOL = (byte) 0x80;
  private static final byte FRAME = (byte) 0x95;

  /** What the first pickle ends with: the number 0x1950a86a20f9469cfc6c, stop. */
  private static final byte[] MAGIC = {
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  /** Bytes of the first pickle, in the longest form. */
  static final int START = 2 + 1 + Long.BYTES + MAGIC.length;

  private static final long VERSION = 1001;

  private final FileChannel channel;
  private final Object root;
  private final Map<String, Place> places = new HashMap<>();

  private record Place(long position, long bytes) {}

  private LegacyTorchFile(FileChannel channel) throws IOException {
    this.channel = channel;
    ByteBuffer bytes = read(0, Math.min(channel.size(), PickleReader.LONGEST));
    byte[] start = new byte[Math.min(START, bytes.limit())];
    bytes.get(start).position(magicLength(start));
    Object version = PickleReader.read(bytes);
    if (!version.equals(VERSION)) {
      // Not what was found: a container might contain itself.
      throw new IOException("the protocol's version is %d, found another".formatted(VERSION));
    }
    if (PickleReader.read(bytes) instanceof Map<?, ?> machine
        && Boolean.FALSE.equals(machine.get("little_endian"))) {
      throw new IOException("only little-endian numbers are read, found big-endian ones");
    }
    Map<String, StorageType> types = new HashMap<>();
    root = PickleReader.read(bytes, types);
    if (!(PickleReader.read(bytes) instanceof List<?> keys)) {
      throw new IOException("the file lacks the list of its storages");
    }
    locate(keys, types, bytes.position());
  }

  /** Bytes of the first pickle, of protocol 2 or later; 0 if a file that begins so is another. */
  static int magicLength(byte[] start) {
    // From protocol 4 on its length comes first.
    int before = start.length > 2 && start[2] == FRAME ? START - MAGIC.length : 2;
    int length = before + MAGIC.length;
    boolean found =
        start.length >= length
            && start[0] == PROTOCOL
            && Arrays.equals(start, before, length, MAGIC, 0, MAGIC.length);
    return found ? length : 0;
  }

  static LegacyTorchFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new LegacyTorchFile(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void locate(List<?> keys, Map<String, StorageType> types, long start) throws IOException {
    long position = start;
    for (Object key : keys) {
      StorageType type = key instanceof String ? types.get(key) : null;
      if (type == null) {
        throw new IOException("the file has a storage that no tensor refers to");
      }
      long count = read(position, Long.BYTES).getLong();
      position += Long.BYTES;
      if (count < 0 || count > (channel.size() - position) / type.bytes()) {
        throw new EOFException(
            "a storage says that it has %d numbers, more than are left".formatted(count));
      }
      places.put((String) key, new Place(position, count * type.bytes()));
      position += count * type.bytes();
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer storage(PickledTensor tensor) throws IOException {
    Place place = places.get(tensor.storage().key());
    if (place == null) {
      throw new IOException("the file lacks the storage " + tensor.storage().key());
    }
    return read(place.position, place.bytes);
  }

  private ByteBuffer read(long position, long length) throws IOException {
    if (length > Math.min(Integer.MAX_VALUE, channel.size() - position)) {
      throw new EOFException("it ends too early");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
