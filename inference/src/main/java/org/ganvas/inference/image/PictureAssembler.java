package org.ganvas.inference.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns decoded rows into an upright sRGB picture, without a second copy of it. */
final class PictureAssembler implements PictureFile.RowSink {
  private final PictureFile.Facts facts;
  private final @Nullable SrgbConversion conversion;
  private final boolean profileHonoured;
  private final short[] samples;

  PictureAssembler(PictureFile.Facts facts, List<String> warnings) {
    this.facts = facts;
    int warned = warnings.size();
    this.conversion =
        facts.icc() == null
            ? null
            : SrgbConversion.of(facts.icc(), facts.layout(), facts.bitDepth(), warnings);
    this.profileHonoured = facts.icc() != null && warnings.size() == warned;
    this.samples = new short[facts.width() * facts.height() * facts.layout().channels()];
  }

  @Override
  public void accept(int y, short[] row) {
    if (conversion != null) {
      conversion.convert(row, facts.width());
    }
    int width = facts.width();
    int channels = facts.layout().channels();
    if (facts.orientation() == Orientation.UPRIGHT) {
      System.arraycopy(row, 0, samples, y * width * channels, width * channels);
      return;
    }
    for (int x = 0; x < width; x++) {
      int target = facts.orientation().index(x, y, width, facts.height()) * channels;
      for (int c = 0; c < channels; c++) {
        samples[target + c] = row[x * channels + c];
      }
    }
  }

  Picture picture() {
    PictureHeader header = facts.header();
    return new Picture(
        header.width(), header.height(), header.layout(), header.bitDepth(), samples);
  }

  /** What is true of the picture as it is now. */
  PhotoMetadata metadata() {
    PhotoMetadata upright = facts.uprightMetadata();
    return profileHonoured ? upright.inSrgb() : upright;
  }
}
