package org.ganvas.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The entries of a TorchScript archive, by their names below its folder. */
final class StoredArchive implements AutoCloseable {
  /** The entry of the card. */
  static final String CARD = "extra/card.json";

  private static final Pattern TENSOR = Pattern.compile("data/\\d{1,9}");
  private static final Pattern STORAGE = Pattern.compile("(\\w+)Storage");

  private final ZipFile zip;
  private final String folder;
  private final List<String> names;

  private StoredArchive(ZipFile zip, String folder) {
    this.zip = zip;
    this.folder = folder;
    this.names =
        zip.stream()
            .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
            .map(entry -> entry.getName().substring(folder.length()))
            .toList();
  }

  static StoredArchive open(ModelFile file) throws IOException {
    ZipFile zip = new ZipFile(file.path().toFile());
    String pickle =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.matches("[^/]+/data\\.pkl"))
            .findFirst()
            .orElse(null);
    if (pickle == null) {
      zip.close();
      throw ModelFile.damaged(file.path(), "it has no data.pkl", null);
    }
    return new StoredArchive(zip, pickle.substring(0, pickle.length() - "data.pkl".length()));
  }

  /** The archive's only folder, with a slash at its end. */
  String folder() {
    return folder;
  }

  /** The entries of numbers, in the order of theirs. */
  List<String> tensors() {
    return names.stream()
        .filter(name -> TENSOR.matcher(name).matches())
        .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(5))))
        .toList();
  }

  /** All entries, in the file's order. */
  List<String> entries() {
    return names;
  }

  /** All other entries but those that are not of the program: the card. */
  List<String> programEntries() {
    return names.stream()
        .filter(name -> !TENSOR.matcher(name).matches() && !name.startsWith("extra/"))
        .toList();
  }

  /** Whether all tensors are float32: the pickle names the kind of each storage. */
  boolean hasFloatsOnly() throws IOException {
    Matcher kinds = STORAGE.matcher(new String(bytes("data.pkl"), StandardCharsets.ISO_8859_1));
    return kinds.results().allMatch(kind -> kind.group(1).endsWith("Float"));
  }

  byte[] bytes(String name) throws IOException {
    ZipEntry entry = zip.getEntry(folder + name);
    if (entry == null) {
      throw new ZipException("it lacks " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** Adds an entry as libtorch wants it: not compressed. */
  static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
