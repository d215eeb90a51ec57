package org.ganvas.training.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.ganvas.training.script.StateDict;

/**
 * Reads the tensors of a file of weights. Nothing in the file is executed: of a pickle only tensors
 * and plain containers are understood, anything else is refused by name.
 *
 * <p>Four kinds are recognized by how they begin: a TorchScript program and a state dict, both zip
 * archives of PyTorch; a state dict that {@code torch.save} wrote before PyTorch 1.6, as the files
 * of torchvision are; and safetensors.
 */
public final class WeightFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private WeightFile() {}

  /**
   * All tensors by name, as float32. Integers are converted too, but for single ones, which are
   * counters and no weights.
   *
   * @throws IOException if the file is damaged, of no such kind, or refers to anything but tensors
   *     and plain containers; the message names the file
   */
  public static StateDict read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * As {@link #read(Path)}, of the tensors that are wanted only: the others may be larger than the
   * memory.
   */
  public static StateDict read(Path file, Predicate<String> wanted) throws IOException {
    try {
      return recognize(file, wanted);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (ZipException | EOFException e) {
      throw new IOException(
          "%s cannot be read: it is damaged or cut short (%s)".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static StateDict recognize(Path file, Predicate<String> wanted) throws IOException {
    byte[] start = start(file);
    if (begins(start, ZIP)) {
      try (TorchZip archive = TorchZip.open(file)) {
        return new TensorCollector(archive, Files.size(file), wanted).collect();
      }
    }
    if (LegacyTorchFile.magicLength(start) > 0) {
      try (LegacyTorchFile archive = LegacyTorchFile.open(file)) {
        return new TensorCollector(archive, Files.size(file), wanted).collect();
      }
    }
    if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
      StateDict state = new StateDict();
      for (Map.Entry<String, StateDict.Entry> tensor : Safetensors.read(file).entrySet()) {
        if (wanted.test(tensor.getKey())) {
          state.put(tensor.getKey(), tensor.getValue());
        }
      }
      return state;
    }
    throw new IOException(
        "weights are a TorchScript program, a state dict of PyTorch or safetensors,"
            + " and it begins like none of them");
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LegacyTorchFile.START);
    }
  }

  private static boolean begins(byte[] start, byte[] magic) {
    return start.length >= magic.length
        && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
  }
}
