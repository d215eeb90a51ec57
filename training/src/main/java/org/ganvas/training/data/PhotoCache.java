package org.ganvas.training.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoded photos, kept while they fit into a budget; those not used for longest go first. Whether a
 * photo is remembered or read again makes no difference but time. Thread-safe.
 */
public final class PhotoCache {
  private final long budget;
  private final Preparation preparation;
  private final Map<Photo, RgbPhoto> photos = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** What is done to a photo before it is remembered, such as resizing: a pure function. */
  @FunctionalInterface
  interface Preparation {
    /**
     * Prepares a photo.
     *
     * @throws UnreadablePhotoException if it cannot be used
     */
    RgbPhoto prepare(RgbPhoto photo) throws IOException;
  }

  /** A cache of at most {@code budget} bytes of pixels. */
  public PhotoCache(long budget) {
    this(budget, photo -> photo);
  }

  private PhotoCache(long budget, Preparation preparation) {
    if (budget < 0) {
      throw new IllegalArgumentException("a budget in bytes is not negative, found " + budget);
    }
    this.budget = budget;
    this.preparation = preparation;
  }

  /** A cache that takes up to half of the heap. */
  public static PhotoCache ofHalfTheHeap() {
    return ofHalfTheHeap(photo -> photo);
  }

  /** As {@link #ofHalfTheHeap()}, of prepared photos. */
  static PhotoCache ofHalfTheHeap(Preparation preparation) {
    return new PhotoCache(Runtime.getRuntime().maxMemory() / 2, preparation);
  }

  /**
   * The pixels of a photo, prepared; the caller must not change them.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   * @throws IOException if the file cannot be read
   */
  public RgbPhoto get(Photo photo) throws IOException {
    synchronized (photos) {
      RgbPhoto remembered = photos.get(photo);
      if (remembered != null) {
        return remembered;
      }
    }
    RgbPhoto read = preparation.prepare(PhotoReader.read(photo));
    remember(photo, read);
    return read;
  }

  private void remember(Photo photo, RgbPhoto pixels) {
    synchronized (photos) {
      if (pixels.samples().length > budget || photos.putIfAbsent(photo, pixels) != null) {
        return;
      }
      bytes += pixels.samples().length;
      Iterator<RgbPhoto> oldest = photos.values().iterator();
      while (bytes > budget) {
        bytes -= oldest.next().samples().length;
        oldest.remove();
      }
    }
  }

  /** Bytes of pixels held now. */
  public long bytes() {
    synchronized (photos) {
      return bytes;
    }
  }
}
