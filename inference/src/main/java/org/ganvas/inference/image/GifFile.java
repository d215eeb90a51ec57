package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The first frame of a GIF, on its canvas.
 *
 * <p>Decoded here and not by Java's reader, which takes data that end too early for a whole
 * picture.
 */
final class GifFile implements PictureFile {
  private static final int SCREEN = 6;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int COMMENT = 0xFE;
  private static final int IMAGE = 0x2C;
  private static final int NO_INDEX = -1;

  private final byte[] file;
  private final Facts facts;
  private int position;
  private Palette palette = new Palette(new byte[0]);
  private final PhotoTexts texts = new PhotoTexts();
  private final int transparentIndex;
  private final int left;
  private final int top;
  private final int frameWidth;
  private final int frameHeight;
  private final boolean interlaced;
  private final int minCodeSize;
  private final byte[] codes;
  private final boolean hasOthers;

  GifFile(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    this.file = file;
    int screenWidth = shortAt(SCREEN);
    int screenHeight = shortAt(SCREEN + 2);
    int flags = byteAt(SCREEN + 4);
    this.position = SCREEN + 7;
    readPalette(flags);
    this.transparentIndex = skipToFrame();
    this.left = shortAt(position);
    this.top = shortAt(position + 2);
    this.frameWidth = shortAt(position + 4);
    this.frameHeight = shortAt(position + 6);
    int frameFlags = byteAt(position + 8);
    int width = Math.max(screenWidth, left + frameWidth);
    int height = Math.max(screenHeight, top + frameHeight);
    limits.check(width, height);
    this.interlaced = (frameFlags & 0x40) != 0;
    position += 9;
    readPalette(frameFlags);
    this.minCodeSize = byteAt(position++);
    this.codes = subBlocks();
    this.hasOthers = anotherFrameFollows();
    boolean covered = frameWidth == width && frameHeight == height;
    PixelLayout layout = PixelLayout.of(palette.isGray(), !covered || transparentIndex != NO_INDEX);
    this.facts =
        new Facts(
            ImageFormat.GIF,
            width,
            height,
            layout,
            8,
            Orientation.UPRIGHT,
            null,
            PhotoMetadata.NONE.captioned(null, texts));
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public boolean hasOthers() {
    return hasOthers;
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    byte[] indices = GifCodes.decode(codes, minCodeSize, frameWidth * frameHeight);
    int channels = facts.layout().channels();
    short[] row = new short[facts.width() * channels];
    for (int y = 0; y < facts.height(); y++) {
      Arrays.fill(row, (short) 0);
      int frameRow = y - top;
      if (frameRow >= 0 && frameRow < frameHeight) {
        int start = (interlaced ? storedRow(frameRow) : frameRow) * frameWidth;
        for (int x = 0; x < frameWidth; x++) {
          lookUp(indices[start + x] & 0xFF, row, (left + x) * channels);
        }
      }
      sink.accept(y, row);
    }
  }

  private void lookUp(int index, short[] row, int target) {
    if (index == transparentIndex) {
      return;
    }
    PixelLayout layout = facts.layout();
    palette.lookUp(index, layout, row, target);
    if (layout.hasAlpha()) {
      row[target + layout.colorChannels()] = 255;
    }
  }

  /** Where a row of an interlaced frame stands: every 8th, those between, every 4th, every 2nd. */
  private int storedRow(int y) {
    int eighths = (frameHeight + 7) / 8;
    int fourths = (frameHeight + 3) / 4;
    int halves = (frameHeight + 1) / 2;
    if (y % 8 == 0) {
      return y / 8;
    }
    if (y % 8 == 4) {
      return eighths + y / 8;
    }
    return y % 4 == 2 ? fourths + y / 4 : halves + y / 2;
  }

  private void readPalette(int flags) throws ImageRefusedException {
    if ((flags & 0x80) != 0) {
      int length = 3 * (2 << (flags & 7));
      byteAt(position + length - 1);
      palette = new Palette(Arrays.copyOfRange(file, position, position + length));
      position += length;
    }
  }

  /** Goes on to behind the mark of a frame; the index of its palette that is transparent. */
  private int skipToFrame() throws ImageRefusedException {
    int transparent = NO_INDEX;
    while (true) {
      int block = byteAt(position++);
      if (block == IMAGE) {
        return transparent;
      }
      if (block != EXTENSION) {
        throw ImageRefusedException.damaged(
            "a GIF has a frame, found block 0x%X before any".formatted(block));
      }
      int label = byteAt(position++);
      byte[] data = subBlocks();
      if (label == GRAPHIC_CONTROL && data.length >= 4) {
        transparent = (data[0] & 1) != 0 ? data[3] & 0xFF : NO_INDEX;
      } else if (label == COMMENT) {
        texts.add(PhotoTexts.COMMENT, data);
      }
    }
  }

  /** What is broken behind the first frame does not matter. */
  private boolean anotherFrameFollows() {
    try {
      skipToFrame();
      return true;
    } catch (ImageRefusedException noOther) {
      return false;
    }
  }

  private byte[] subBlocks() throws ImageRefusedException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int length = byteAt(position++); length != 0; length = byteAt(position++)) {
      byteAt(position + length - 1);
      data.write(file, position, length);
      position += length;
    }
    return data.toByteArray();
  }

  private int shortAt(int at) throws ImageRefusedException {
    return byteAt(at + 1) << 8 | byteAt(at);
  }

  private int byteAt(int at) throws ImageRefusedException {
    if (at >= file.length) {
      throw ImageRefusedException.truncated(
          "a GIF holds its first frame whole, found only %,d bytes".formatted(file.length));
    }
    return file[at] & 0xFF;
  }
}
