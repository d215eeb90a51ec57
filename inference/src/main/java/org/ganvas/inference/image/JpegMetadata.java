package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What segments of a JPEG say of its photo, and not of where its pixels are. */
final class JpegMetadata {
  static final int COM = 0xFE;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP13 = 0xED;

  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final String ICC = "ICC_PROFILE\0";

  private final SortedMap<Integer, byte[]> iccParts = new TreeMap<>();
  private final ByteArrayOutputStream resources = new ByteArrayOutputStream();
  private final PhotoTexts texts = new PhotoTexts();
  private byte @Nullable [] exif;
  private byte @Nullable [] xmp;

  /** A segment that is to be written, without its length. */
  @SuppressWarnings("ArrayRecordComponent") // Segments are not compared.
  record Segment(int marker, byte[] data) {}

  /** Takes what a segment says; others than those of metadata say nothing. */
  void read(int marker, byte[] data) {
    if (marker == APP1 && exif == null && begins(EXIF, data)) {
      exif = data;
    } else if (marker == APP1 && xmp == null && begins(XMP, data)) {
      xmp = behind(XMP.length(), data);
    } else if (marker == APP2 && begins(ICC, data) && data.length >= ICC.length() + 2) {
      iccParts.putIfAbsent(data[ICC.length()] & 0xFF, behind(ICC.length() + 2, data));
    } else if (marker == APP13 && begins(PHOTOSHOP, data)) {
      // What is too long for one segment goes on in the next.
      resources.writeBytes(behind(PHOTOSHOP.length(), data));
    } else if (marker == COM) {
      texts.add(PhotoTexts.COMMENT, data);
    }
  }

  /** The colour profile, put together from its parts, or null. */
  byte @Nullable [] icc() {
    if (iccParts.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    iccParts.values().forEach(profile::writeBytes);
    return profile.toByteArray();
  }

  /** All of it, with the print size that the file states elsewhere. */
  PhotoMetadata with(@Nullable Density density) {
    return PhotoMetadata.of(exif, xmp, density)
        .captioned(IptcBlock.ofResources(resources.toByteArray()), texts);
  }

  /** The segments that say it all; some may be longer than a JPEG can hold. */
  static List<Segment> of(PhotoMetadata metadata) {
    List<Segment> segments = new ArrayList<>();
    if (metadata.exif() != null) {
      segments.add(new Segment(APP1, metadata.exif().prefixedBytes()));
    }
    if (metadata.xmp() != null) {
      byte[] packet = metadata.xmp().getBytes(StandardCharsets.UTF_8);
      segments.add(segment(APP1, XMP, packet));
    }
    if (metadata.iptc() != null) {
      segments.add(segment(APP13, PHOTOSHOP, metadata.iptc().resources()));
    }
    for (PhotoMetadata.Text text : metadata.texts()) {
      // There are no keywords, and no other kinds of text.
      boolean comment = text.keyword().equalsIgnoreCase(PhotoTexts.COMMENT);
      String all = comment ? text.text() : text.keyword() + ": " + text.text();
      segments.add(new Segment(COM, all.getBytes(StandardCharsets.UTF_8)));
    }
    return segments;
  }

  private static Segment segment(int marker, String start, byte[] rest) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(rest);
    return new Segment(marker, data.toByteArray());
  }

  private static byte[] behind(int start, byte[] data) {
    return Arrays.copyOfRange(data, start, data.length);
  }

  private static boolean begins(String text, byte[] data) {
    return JpegSegments.begins(text, data, 0, data.length);
  }
}
