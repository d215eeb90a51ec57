package org.ganvas.inference.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/** Puts another card into a model file, and leaves all else in it as it is. */
public final class CardReplacement {
  private CardReplacement() {}

  /**
   * Refuses a file that {@link #write} could not replace, before anything is computed for it.
   *
   * @throws AccessDeniedException if the file or its folder is read-only
   */
  public static void requireWritable(ModelFile model) throws IOException {
    Path file = model.path().toRealPath();
    Path folder = Objects.requireNonNull(file.getParent(), "a root is no file");
    for (Path needed : new Path[] {file, folder}) {
      if (!Files.isWritable(needed)) {
        throw new AccessDeniedException(needed.toString());
      }
    }
  }

  /**
   * Replaces the file, in one step, by one with another card.
   *
   * @param card of the same weights
   * @return the file with that card
   * @throws ModelException if the file is damaged, or has got other weights than the card says
   * @throws IOException if it cannot be written
   */
  public static ModelFile write(ModelFile model, ModelCard card) throws IOException {
    requireWritable(model);
    // Of a link, what it leads to.
    return PendingModel.publish(
        model.path().toRealPath(),
        unfinished -> {
          copy(model, card, unfinished);
          new ModelFile(unfinished, card).verify();
          return new ModelFile(model.path(), card);
        });
  }

  private static void copy(ModelFile model, ModelCard card, Path target) throws IOException {
    try (StoredArchive archive = StoredArchive.open(model);
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
      for (String entry : archive.entries()) {
        byte[] content =
            entry.equals(StoredArchive.CARD)
                ? ModelCardJson.write(card).getBytes(StandardCharsets.UTF_8)
                : archive.bytes(entry);
        StoredArchive.put(zip, archive.folder() + entry, content);
      }
    } catch (ZipException e) {
      throw ModelFile.damaged(model.path(), Objects.requireNonNullElse(e.getMessage(), "zip"), e);
    }
  }
}
