package org.ganvas.inference.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rows of four inks, 8 bits each (0 none, 255 full), into RGB and passes them on. */
final class InkRows implements PictureFile.RowSink {
  private static final int INKS = 4;

  private final @Nullable SrgbConversion conversion;
  private final PictureFile.RowSink sink;

  /**
   * Inks mixed by their profile.
   *
   * @param icc the profile of the inks, or null if the file has none
   */
  InkRows(byte @Nullable [] icc, List<String> warnings, PictureFile.RowSink sink) {
    this.conversion = icc == null ? null : SrgbConversion.ofCmyk(icc, warnings);
    this.sink = sink;
  }

  @Override
  public void accept(int y, short[] row) {
    int width = row.length / INKS;
    sink.accept(
        y, conversion == null ? mixed(row, width) : conversion.convertColors(row, INKS, width));
  }

  /** Inks without a profile: each takes away its share of the light that black has left. */
  private static short[] mixed(short[] row, int width) {
    short[] rgb = new short[width * 3];
    for (int x = 0; x < width; x++) {
      int light = 255 - row[x * INKS + 3];
      for (int c = 0; c < 3; c++) {
        rgb[x * 3 + c] = (short) ((light * (255 - row[x * INKS + c]) + 127) / 255);
      }
    }
    return rgb;
  }
}
