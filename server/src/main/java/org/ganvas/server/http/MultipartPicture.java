package org.ganvas.server.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes the picture out of a {@code multipart/form-data} body as it arrives; nothing of it is ever
 * written to a disk.
 */
final class MultipartPicture {
  private static final String MEDIA_TYPE = "multipart/form-data";
  private static final String PART = "file";
  private static final int MAX_PARTS = 32;
  private static final int MAX_HEADER_BYTES = 8192;

  private final Parts parts;
  private final MultiPart.Parser parser;

  private MultipartPicture(String boundary, int declared) {
    parts = new Parts(Math.max(0, declared - closingLine(boundary).length()));
    parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(MAX_PARTS);
    parser.setPartHeadersMaxLength(MAX_HEADER_BYTES);
  }

  private static String closingLine(String boundary) {
    return "\r\n--" + boundary + "--\r\n";
  }

  /**
   * For a body of this type; null if it is none with parts.
   *
   * @param declared how long the whole body will be; 0 if that is not known
   */
  static @Nullable MultipartPicture of(@Nullable String contentType, int declared) {
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
      return null;
    }
    String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null) {
      throw wrong("a multipart body names its boundary, found none");
    }
    return new MultipartPicture(boundary, declared);
  }

  /** Takes the next bytes of the body. */
  void feed(byte[] bytes, int count) {
    parts.arriving = bytes;
    parser.parse(Content.Chunk.from(ByteBuffer.wrap(bytes, 0, count), false));
    parts.arrived += count;
    parts.requireSound();
  }

  /** The picture, at the end of the body. */
  byte[] picture() {
    parser.parse(Content.Chunk.EOF);
    parts.requireSound();
    byte[] picture = parts.named == null ? parts.nameless : parts.named;
    if (picture == null) {
      throw wrong("a multipart body has a part called file, found none");
    }
    return picture;
  }

  private static ProblemException wrong(String detail) {
    return new ProblemException(ProblemKind.BAD_REQUEST, detail);
  }

  private static final class Parts extends MultiPart.AbstractPartsListener {
    private final int closingLine;
    private byte @Nullable [] arriving;
    private int arrived;
    private @Nullable BodyBuffer content;
    private byte @Nullable [] named;
    private byte @Nullable [] nameless;
    private boolean broken;
    private boolean several;

    /**
     * @param closingLine where in the body the closing line is expected
     */
    Parts(int closingLine) {
      this.closingLine = closingLine;
    }

    private boolean isPicture() {
      return getName() == null || getName().equals(PART);
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      if (isPicture()) {
        ByteBuffer bytes = chunk.getByteBuffer();
        if (content == null) {
          content = new BodyBuffer(expectedLength(bytes));
        }
        content.append(bytes);
      }
    }

    /** Of a part that begins so, if it is the last one, as it is in most bodies. */
    private int expectedLength(ByteBuffer beginning) {
      boolean inPlace = beginning.hasArray() && beginning.array() == arriving;
      int offset = inPlace ? beginning.arrayOffset() + beginning.position() : 0;
      return Math.max(0, closingLine - arrived - offset);
    }

    @Override
    public void onPart(@Nullable String name, @Nullable String fileName, HttpFields headers) {
      if (name == null) {
        nameless = once(nameless);
      } else if (name.equals(PART)) {
        named = once(named);
      }
      content = null;
    }

    private byte[] once(byte @Nullable [] before) {
      several |= before != null;
      return content == null ? new byte[0] : content.bytes();
    }

    @Override
    public void onFailure(Throwable failure) {
      broken = true;
    }

    /** What the parser's listener throws, the parser keeps for itself. */
    void requireSound() {
      if (several) {
        throw wrong("a request brings one picture, found several; send one request for each");
      }
      if (broken) {
        throw wrong(
            "a multipart body is made of at most %d parts, each with headers of at most %,d bytes, and ends with its boundary, found another"
                .formatted(MAX_PARTS, MAX_HEADER_BYTES));
      }
    }
  }
}
