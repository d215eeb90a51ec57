package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects the texts of a file, as long as they are not too many. */
final class PhotoTexts {
  /** The keyword of a text that says no more of itself, as those of JPEG do. */
  static final String COMMENT = "Comment";

  /** In all; real files have some thousand bytes, and workflows of programs some 100,000. */
  private static final int MAX_BYTES = 4 << 20;

  /** What a text takes in memory beside its own. */
  private static final int OVERHEAD = 100;

  private final List<PhotoMetadata.Text> texts = new ArrayList<>();
  private int bytes;

  /** Takes a text of unstated encoding, unless it is empty or too much. */
  void add(String keyword, byte[] text) {
    if (!hasRoom()) {
      return;
    }
    bytes += OVERHEAD + text.length;
    String decoded = decoded(text);
    if (hasRoom() && !decoded.isEmpty()) {
      texts.add(new PhotoMetadata.Text(keyword, decoded));
    }
  }

  boolean hasRoom() {
    return bytes < MAX_BYTES;
  }

  /** Takes no more from here on. */
  void close() {
    bytes = MAX_BYTES;
  }

  List<PhotoMetadata.Text> all() {
    return texts;
  }

  /** UTF-8 if it can be that. */
  private static String decoded(byte[] text) {
    return withEncoding(text).replace("\0", ""); // with which some programs end it
  }

  private static String withEncoding(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }
}
