package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Pictures with their labels, however these are given.
 *
 * @param pictures those that can be used
 * @param skipped those that cannot, with the reason
 */
public record PictureSource(PictureSet pictures, List<Skipped> skipped) {
  /** Labels are the subfolders' names, or those of MNIST's files; where neither is, none. */
  public static final String AUTOMATIC = "auto";

  /** No labels, even if there are some. */
  public static final String NONE = "none";

  public PictureSource {
    skipped = List.copyOf(skipped);
  }

  /**
   * Finds pictures.
   *
   * @param roots folders of pictures; or one folder with MNIST's files of the training set; or the
   *     file of the pictures of any set of these
   * @param labels {@link #AUTOMATIC}, {@link #NONE}, or a file with lines of {@code file,label}
   * @param side of the squares that will be cut out, in pixels
   * @throws IOException if there are none that can be used
   */
  public static PictureSource open(List<Path> roots, String labels, int side) throws IOException {
    if (roots.stream().anyMatch(PictureSource::isIdx)) {
      PictureSet padded = idx(roots, labels).padded(side);
      return new PictureSource(labels.equals(NONE) ? new Unlabelled(padded) : padded, List.of());
    }
    PhotoFolder folder = PhotoFolder.scan(roots, 1, Integer.MAX_VALUE);
    LabelledFolder pictures =
        switch (labels) {
          case AUTOMATIC -> LabelledFolder.bySubfolder(folder, side);
          case NONE -> LabelledFolder.unlabelled(folder, side);
          default -> LabelledFolder.byList(folder, Path.of(labels), side);
        };
    List<Skipped> skipped = new ArrayList<>(folder.skipped());
    skipped.addAll(pictures.skipped());
    return new PictureSource(pictures, skipped);
  }

  private static boolean isIdx(Path root) {
    return IdxPictures.isImages(root) || IdxPictures.areIn(root, IdxPictures.TRAINING);
  }

  private static IdxPictures idx(List<Path> roots, String labels) throws IOException {
    Path root = roots.get(0);
    if (roots.size() > 1 || !(labels.equals(AUTOMATIC) || labels.equals(NONE))) {
      throw new IOException(
          "pictures in MNIST's format are given alone, with labels of their own, found labels %s and %s"
              .formatted(labels, roots));
    }
    return IdxPictures.isImages(root)
        ? IdxPictures.of(root)
        : IdxPictures.in(root, IdxPictures.TRAINING);
  }

  private record Unlabelled(PictureSet whole) implements PictureSet {
    @Override
    public int size() {
      return whole.size();
    }

    @Override
    public List<String> labels() {
      return List.of();
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public RgbPhoto picture(int index) throws IOException {
      return whole.picture(index);
    }

    @Override
    public Path file(int index) {
      return whole.file(index);
    }
  }
}
