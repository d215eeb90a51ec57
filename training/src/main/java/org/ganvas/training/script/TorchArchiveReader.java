package org.ganvas.training.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tensors of a file that PyTorch or Ganvas wrote as a zip archive: a TorchScript program
 * or a state dict. Nothing in the file is executed.
 */
public final class TorchArchiveReader {
  private static final String PICKLE = "/data.pkl";
  private static final int DEEPEST = 64;

  private final ZipFile zip;
  private final String folder;

  private TorchArchiveReader(ZipFile zip, String folder) {
    this.zip = zip;
    this.folder = folder;
  }

  /**
   * All tensors by name, as float32; numbers that are no floats (counters) are left out.
   *
   * @throws IOException if the file is damaged, no such archive, or refers to anything but tensors
   *     and plain containers; the message names the file
   */
  public static StateDict read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new TorchArchiveReader(zip, folder(zip)).read();
    } catch (ZipException e) {
      throw new IOException(
          "%s is not a zip archive of PyTorch: %s".formatted(file, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static IOException unreadable(Path file, @Nullable IOException problem) {
    String why = problem == null ? "it is damaged" : problem.getMessage();
    return new IOException("%s cannot be read: %s".formatted(file, why), problem);
  }

  private static String folder(ZipFile zip) throws IOException {
    String pickle =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .findFirst()
            .orElseThrow(() -> new IOException("an archive of PyTorch has a data.pkl, found none"));
    return pickle.substring(0, pickle.length() - PICKLE.length());
  }

  private StateDict read() throws IOException {
    StateDict state = new StateDict();
    collect("", PickleReader.read(bytes("data.pkl"), this::tensor), state, 0);
    return state;
  }

  private static void collect(String name, Object value, StateDict state, int depth)
      throws IOException {
    if (value instanceof StateDict.Entry entry) {
      state.put(name, entry);
    } else if (value instanceof Map<?, ?> map) {
      if (depth == DEEPEST) {
        throw new IOException("modules are at most %d deep, found %s".formatted(DEEPEST, name));
      }
      for (Map.Entry<?, ?> child : map.entrySet()) {
        String path = name.isEmpty() ? "" + child.getKey() : name + "." + child.getKey();
        collect(path, child.getValue(), state, depth + 1);
      }
    }
  }

  private Object tensor(PickleReader.TensorParts parts) {
    try {
      ByteBuffer storage =
          ByteBuffer.wrap(bytes("data/" + parts.storageKey())).order(ByteOrder.LITTLE_ENDIAN);
      return switch (parts.storageType().name()) {
        case "FloatStorage" -> gather(parts, storage.limit() / 4, i -> storage.getFloat(4 * i));
        case "DoubleStorage" ->
            gather(parts, storage.limit() / 8, i -> (float) storage.getDouble(8 * i));
        case "BFloat16Storage" ->
            gather(
                parts,
                storage.limit() / 2,
                i -> Float.intBitsToFloat(storage.getShort(2 * i) << 16));
        case "HalfStorage" ->
            gather(parts, storage.limit() / 2, i -> half(storage.getShort(2 * i)));
        default -> PickleReader.NONE;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new UncheckedIOException(new IOException("a tensor reaches beyond its storage", e));
    }
  }

  /** One number of a storage. */
  private interface Numbers {
    float at(int index);
  }

  /** The numbers of a tensor in the order of its dimensions, whatever order the storage has. */
  private static StateDict.Entry gather(
      PickleReader.TensorParts parts, int stored, Numbers storage) {
    List<Long> shape = parts.shape();
    long size = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    // Before anything of that size is allocated.
    if (size > stored || shape.stream().anyMatch(dimension -> dimension < 0)) {
      throw new IndexOutOfBoundsException();
    }
    float[] data = new float[Math.toIntExact(size)];
    for (int i = 0; i < data.length; i++) {
      long index = parts.offset();
      for (int d = shape.size() - 1, rest = i; d >= 0; d--) {
        index += rest % shape.get(d) * parts.strides().get(d);
        rest /= Math.toIntExact(shape.get(d));
      }
      data[i] = storage.at(Math.toIntExact(index));
    }
    return new StateDict.Entry(shape, data);
  }

  /** IEEE 754 binary16, which Java reads itself only from version 20 on. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  private byte[] bytes(String entry) throws IOException {
    ZipEntry found = zip.getEntry(folder + "/" + entry);
    if (found == null) {
      throw new IOException("the archive lacks " + entry);
    }
    try (InputStream in = zip.getInputStream(found)) {
      return in.readAllBytes();
    }
  }
}
