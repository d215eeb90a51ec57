package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a PNG say of its colours. Of several the first counts that is understood of
 * cICP, iCCP, sRGB, and gAMA with cHRM (PNG specification, third edition, 4.3).
 */
final class PngColors {
  private static final int UNIT = 100_000;

  /** One over 2.2: beside the primaries of sRGB it stands for its curve (11.3.2.5). */
  private static final double USUAL_GAMMA = 45_455;

  /** As libpng has it: what is nearer than this is the same. */
  private static final double GAMMA_TOLERANCE = 0.05;

  private static final int MIN_GAMMA = UNIT / 10;
  private static final int MAX_GAMMA = UNIT * 10;

  // Code points of ITU-T H.273.
  private static final int DISPLAY_P3 = 12;
  private static final int BT_2020 = 9;
  private static final int BT_709 = 1;
  private static final int LINEAR = 8;
  private static final int SRGB_CURVE = 13;

  private boolean coded;
  private @Nullable String ignoredCodes;
  private boolean srgb;
  private byte @Nullable [] icc;

  /** Hundred thousand over the exponent of the samples, or 0 for the curve of sRGB. */
  private int gamma;

  /** Null for those of sRGB. */
  private ColorantProfile.@Nullable Chromaticities chromaticities;

  /** Takes what a chunk says; others than those of colours say nothing. */
  void read(String type, byte[] data) {
    switch (type) {
      case "cICP" -> readCodes(data);
      // Only the first profile counts: thousands that inflate to megabytes take little room.
      case "iCCP" -> icc = icc == null ? iccProfile(data) : icc;
      case "sRGB" -> srgb = true;
      case "gAMA" -> readGamma(data);
      case "cHRM" -> readChromaticities(data);
      default -> {}
    }
  }

  /** The profile in the file, if that is what counts. */
  byte @Nullable [] embeddedProfile() {
    return coded ? null : icc;
  }

  /**
   * The profile of the colours, or null if they are sRGB.
   *
   * @param gray whether the samples are grey; a profile in the file is what it is
   */
  byte @Nullable [] profile(boolean gray) {
    if (embeddedProfile() != null) {
      return icc;
    }
    if (srgb && !coded) {
      return null;
    }
    boolean otherColors = chromaticities != null && !gray;
    boolean usual = !otherColors && Math.abs(gamma / USUAL_GAMMA - 1) <= GAMMA_TOLERANCE;
    double exponent = gamma == 0 || usual ? ColorantProfile.SRGB_CURVE : (double) UNIT / gamma;
    return ColorantProfile.of(chromaticities, exponent, gray);
  }

  /**
   * Name, zero, compression method, deflated profile; what cannot be inflated is passed on empty.
   */
  private static byte[] iccProfile(byte[] data) {
    int name = PngChunks.indexOfZero(data, 0);
    return name < 0 || name + 2 > data.length
        ? new byte[0]
        : PngChunks.inflate(Arrays.copyOfRange(data, name + 2, data.length));
  }

  /** The codes that say what the colours are where they are not understood, else null. */
  @Nullable String ignoredCodes() {
    return ignoredCodes;
  }

  /** Primaries, transfer function, matrix, full range; those of video and HDR stay unknown. */
  private void readCodes(byte[] data) {
    if (data.length != 4) {
      return;
    }
    int primaries = data[0];
    int transfer = data[1];
    coded =
        (primaries == BT_709 || primaries == BT_2020 || primaries == DISPLAY_P3)
            && (transfer == SRGB_CURVE || transfer == LINEAR)
            && data[2] == 0
            && data[3] == 1;
    ignoredCodes = coded ? null : HexFormat.ofDelimiter(" ").formatHex(data);
    if (coded) {
      gamma = transfer == LINEAR ? UNIT : 0;
      chromaticities =
          switch (primaries) {
            case BT_2020 -> ColorantProfile.Chromaticities.BT_2020;
            case DISPLAY_P3 -> ColorantProfile.Chromaticities.DISPLAY_P3;
            default -> null;
          };
    }
  }

  private void readGamma(byte[] data) {
    if (coded || data.length != 4) {
      return;
    }
    int stated = ByteBuffer.wrap(data).getInt();
    gamma = stated >= MIN_GAMMA && stated <= MAX_GAMMA ? stated : 0;
  }

  private void readChromaticities(byte[] data) {
    if (coded || data.length != 32) {
      return;
    }
    int[] values = new int[8];
    ByteBuffer.wrap(data).asIntBuffer().get(values);
    ColorantProfile.Chromaticities read =
        new ColorantProfile.Chromaticities(
            Arrays.stream(values).mapToDouble(value -> (double) value / UNIT).toArray());
    chromaticities = read.arePossible() && !read.areOfSrgb() ? read : null;
  }
}
