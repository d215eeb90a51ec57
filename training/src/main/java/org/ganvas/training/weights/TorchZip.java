package org.ganvas.training.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip archive of PyTorch or of Ganvas, a TorchScript program or a state dict: {@code
 * NAME/data.pkl} and one entry {@code NAME/data/KEY} per storage.
 */
final class TorchZip implements TorchFile {
  private static final String PICKLE = "/data.pkl";

  /** What PyTorch writes if it is told to compute none. */
  private static final long NO_CHECKSUM = 0;

  private final ZipFile zip;
  private final String folder;
  private final long largest;

  private TorchZip(ZipFile zip, String folder, long largest) {
    this.zip = zip;
    this.folder = folder;
    this.largest = largest;
  }

  static TorchZip open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      return new TorchZip(zip, folder(zip), Files.size(file));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
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

  @Override
  public Object root() throws IOException {
    if (zip.getEntry(folder + "/byteorder") != null) {
      String order = new String(bytes("byteorder"), StandardCharsets.US_ASCII);
      if (!order.equals("little")) {
        throw new IOException(
            "only little-endian numbers are read, found byte order " + TensorName.shown(order));
      }
    }
    byte[] pickle = bytes("data.pkl");
    if (pickle.length > PickleReader.LONGEST) {
      throw new IOException(
          "data.pkl has at most %d bytes, found %d".formatted(PickleReader.LONGEST, pickle.length));
    }
    return PickleReader.read(ByteBuffer.wrap(pickle));
  }

  @Override
  public ByteBuffer storage(PickledTensor tensor) throws IOException {
    return ByteBuffer.wrap(bytes("data/" + tensor.storage().key())).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bytes(String entry) throws IOException {
    ZipEntry found = zip.getEntry(folder + "/" + entry);
    if (found == null) {
      throw new IOException("the archive lacks " + entry);
    }
    // PyTorch never compresses, so more can only be a file that is to fill the memory.
    if (found.getSize() > largest) {
      throw new IOException(
          "%s says that it has %d bytes, more than the whole file"
              .formatted(entry, found.getSize()));
    }
    try (InputStream in = zip.getInputStream(found)) {
      byte[] read = in.readNBytes((int) Math.min(Integer.MAX_VALUE, found.getSize()));
      requireChecksum(found, read);
      return read;
    }
  }

  /** ZipFile itself compares none. */
  private static void requireChecksum(ZipEntry entry, byte[] read) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(read);
    if (entry.getCrc() != NO_CHECKSUM && checksum.getValue() != entry.getCrc()) {
      throw new IOException(
          "%s has the checksum %08x, found %08x: it is damaged; get the file once more"
              .formatted(entry.getName(), entry.getCrc(), checksum.getValue()));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
