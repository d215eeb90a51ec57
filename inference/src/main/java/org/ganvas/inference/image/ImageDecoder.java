package org.ganvas.inference.image;

import static org.ganvas.inference.image.ImageRefusedException.Reason;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads JPEG, PNG, TIFF, WebP, BMP and GIF, of several pictures in a file the first, into upright
 * sRGB pictures.
 *
 * <p>The content decides what a file is, never its name. Whatever is wrong with a file comes out as
 * {@link ImageRefusedException}; a picture that is only partly there is refused. Thread-safe.
 */
public final class ImageDecoder {
  /** How readers begin to speak of correct files that they cannot read. */
  private static final Pattern KIND_NOT_READ = Pattern.compile("Unsupported |Unknown TIFF Comp");

  private final DecodeLimits limits;

  /** A decoder with {@link DecodeLimits#DEFAULT}. */
  public ImageDecoder() {
    this(DecodeLimits.DEFAULT);
  }

  public ImageDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  /**
   * What decoding would give, without decoding.
   *
   * @throws ImageRefusedException if the file is refused already for its structure or its size
   */
  public PictureHeader header(Path file) throws ImageRefusedException {
    return header(read(file));
  }

  /** As {@link #header(Path)}, of a file in memory. */
  public PictureHeader header(byte[] file) throws ImageRefusedException {
    return refusing(() -> open(file).facts().header());
  }

  /**
   * Reads a picture.
   *
   * @throws ImageRefusedException if it cannot be read, whole and within the limits
   */
  public DecodedPhoto decode(Path file) throws ImageRefusedException {
    return decode(read(file));
  }

  /** As {@link #decode(Path)}, of a file in memory. The bytes are not changed. */
  public DecodedPhoto decode(byte[] file) throws ImageRefusedException {
    return refusing(
        () -> {
          PictureFile opened = open(file);
          List<String> warnings = new ArrayList<>();
          if (opened.hasOthers()) {
            warnings.add("the file holds several pictures, of which only the first is taken");
          }
          PictureAssembler assembler = new PictureAssembler(opened.facts(), warnings);
          opened.readRows(assembler, warnings);
          return new DecodedPhoto(assembler.picture(), assembler.metadata(), warnings);
        });
  }

  private PictureFile open(byte[] file) throws IOException {
    if (file.length == 0) {
      throw new ImageRefusedException(
          Reason.EMPTY, "a picture file has content, found 0 bytes; copy or download it again");
    }
    ImageFormat format = ImageFormat.of(file);
    if (format == null) {
      throw notAPicture(file);
    }
    PictureFile opened =
        switch (format) {
          case JPEG -> new JpegFile(file, limits);
          case PNG -> new PngFile(file, limits);
          case TIFF -> new TiffFile(file, limits);
          case WEBP -> new WebpFile(file, limits);
          case BMP -> new BmpFile(file, limits);
          case GIF -> new GifFile(file, limits);
        };
    checkSize(opened.facts());
    return opened;
  }

  private void checkSize(PictureFile.Facts facts) throws ImageRefusedException {
    limits.check(facts.width(), facts.height());
    Picture.requireInMemory(facts.header().pixels() * facts.layout().channels(), "shrink it");
  }

  private byte[] read(Path file) throws ImageRefusedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(ImageFormat.SIGNATURE_LENGTH);
      if (start.length > 0 && ImageFormat.of(start) == null) {
        throw notAPicture(start);
      }
      long size = Files.size(file);
      requireSize(size);
      return readOn(start, in, (int) size);
    } catch (ImageRefusedException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new ImageRefusedException(
          Reason.UNREADABLE,
          "a picture is read from a file that exists, found none; check its name and folder",
          e);
    } catch (IOException e) {
      throw new ImageRefusedException(
          Reason.UNREADABLE,
          "a picture is read from a file that may be read, found: %s; check its name and permissions"
              .formatted(ImageWriteException.reason(e)),
          e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    }
  }

  /** The whole of a file, of which the size says little if it is a pipe: that ends some time. */
  private byte[] readOn(byte[] start, InputStream in, int size) throws IOException {
    byte[] stated = Arrays.copyOf(start, Math.max(start.length, size));
    int count = start.length + in.readNBytes(stated, start.length, stated.length - start.length);
    byte[] more = in.readNBytes((int) limits.maxBytes() + 1 - count);
    requireSize(count + (long) more.length);
    if (count == stated.length && more.length == 0) {
      return stated;
    }
    byte[] all = Arrays.copyOf(stated, count + more.length);
    System.arraycopy(more, 0, all, count, more.length);
    return all;
  }

  private void requireSize(long bytes) throws ImageRefusedException {
    if (bytes > limits.maxBytes()) {
      throw new ImageRefusedException(
          Reason.TOO_LARGE,
          "a picture file may have %,d bytes, found %,d; shrink the picture"
              .formatted(limits.maxBytes(), bytes));
    }
  }

  private static ImageRefusedException notAPicture(byte[] start) {
    return new ImageRefusedException(
        Reason.NOT_A_PICTURE,
        "a picture is a JPEG, PNG, TIFF, WebP, BMP or GIF by its first bytes, found %s; convert it first"
            .formatted(ImageFormat.foreignName(start)));
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** Readers meet damaged files with all kinds of exceptions; to the caller they are one. */
  private static <T> T refusing(Step<T> step) throws ImageRefusedException {
    try {
      return step.run();
    } catch (ImageRefusedException e) {
      throw e;
    } catch (EOFException e) {
      throw cutOff(e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw undecoded(e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    }
  }

  private static ImageRefusedException cutOff(Throwable e) {
    return new ImageRefusedException(
        Reason.TRUNCATED,
        "a picture's data fill the picture, found too few;"
            + " the file is cut off: copy or download it again",
        e);
  }

  private static ImageRefusedException undecoded(Throwable e) {
    String found = firstLine(e);
    // The reader of TIFF takes this exception for the value of an entry that lies behind the end.
    if (e instanceof ClassCastException && found.contains(EOFException.class.getName())) {
      return cutOff(e);
    }
    if (KIND_NOT_READ.matcher(found).lookingAt()) {
      return new ImageRefusedException(
          Reason.UNSUPPORTED,
          "a picture is of a kind that is read, found: %s; save it as 8-bit RGB JPEG or PNG first"
              .formatted(found),
          e);
    }
    return new ImageRefusedException(
        Reason.DAMAGED,
        "a picture's data decode without errors, found: %s; the file is damaged: use another copy"
            .formatted(found),
        e);
  }

  private static ImageRefusedException outOfMemory(OutOfMemoryError e) {
    return new ImageRefusedException(
        Reason.TOO_LARGE,
        "a picture must fit into Java's memory of %,d MB, found a larger one; shrink it or raise -Xmx"
            .formatted(Runtime.getRuntime().maxMemory() >> 20),
        e);
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
