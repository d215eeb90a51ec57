package org.ganvas.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ganvas.inference.model.ModelException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A model file whose card has been read: a TorchScript archive {@code NAME.pt} with the card as
 * {@code NAME/extra/card.json}.
 *
 * @param path the file
 * @param card what it says about itself
 */
public record ModelFile(Path path, ModelCard card) {
  private static final Pattern CARD = Pattern.compile("[^/]+/extra/card\\.json");
  private static final int LARGEST_CARD = 1 << 24;
  private static final Pattern TENSOR = Pattern.compile("[^/]+/data/\\d{1,9}");

  /**
   * Reads the card only.
   *
   * @throws ModelException if there is no such file, it is damaged, it has no complete card, or it
   *     lies inside an archive
   */
  public static ModelFile read(Path path) throws ModelException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new ModelException(
          Reason.UNSUITABLE,
          "%s: a model is read from a folder of the computer, found it in %s; copy it to such a folder first"
              .formatted(path, path.getFileSystem()));
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelException(
          Reason.UNKNOWN, path + ": there is no such model file; give the path of a .pt file");
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry =
          zip.stream().filter(e -> CARD.matcher(e.getName()).matches()).findFirst().orElse(null);
      if (entry == null) {
        throw new ModelException(
            Reason.DAMAGED,
            path
                + ": a model file carries its card as extra/card.json, this one has none;"
                + " export it with ganvas export");
      }
      return new ModelFile(path, ModelCardJson.read(text(zip, entry)));
    } catch (ModelException e) {
      throw e.getMessage().startsWith(path.toString())
          ? e
          : new ModelException(e.reason(), path + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw damaged(path, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
  }

  /**
   * Compares the SHA-256 of the tensors with the card's.
   *
   * @throws ModelException if they differ or the file cannot be read
   */
  public void verify() throws ModelException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      String found = sha256(zip);
      if (!found.equalsIgnoreCase(card.weightsSha256())) {
        throw damaged(
            path,
            "its weights must have the SHA-256 %s, found %s".formatted(card.weightsSha256(), found),
            null);
      }
    } catch (ModelException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(path, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(LARGEST_CARD), StandardCharsets.UTF_8);
    }
  }

  private static String sha256(ZipFile zip) throws IOException {
    MessageDigest digest = newDigest();
    List<? extends ZipEntry> tensors =
        zip.stream()
            .filter(e -> TENSOR.matcher(e.getName()).matches())
            .sorted(Comparator.comparingInt(ModelFile::tensorNumber))
            .toList();
    byte[] buffer = new byte[1 << 16];
    for (ZipEntry tensor : tensors) {
      try (InputStream in = zip.getInputStream(tensor)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int tensorNumber(ZipEntry entry) {
    return Integer.parseInt(entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ModelException damaged(Path path, String why, @Nullable Throwable cause) {
    return new ModelException(
        Reason.DAMAGED,
        path + ": the model file is damaged (" + why + "); copy or download it again",
        cause);
  }
}
