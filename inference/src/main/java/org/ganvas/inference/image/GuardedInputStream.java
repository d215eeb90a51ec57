package org.ganvas.inference.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a file, for readers that go on reading when there are no more: some invent data, and
 * fill a large picture at the price of an exception per pixel. The first few attempts get the usual
 * answer, since most readers fetch some bytes ahead.
 */
final class GuardedInputStream extends ImageInputStreamImpl {
  private static final int TOLERATED_READS = 64;

  private final byte[] file;
  private int readsBehindEnd;

  GuardedInputStream(byte[] file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (streamPos >= file.length) {
      return end();
    }
    return file[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= file.length) {
      return end();
    }
    int count = (int) Math.min(length, file.length - streamPos);
    System.arraycopy(file, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return file.length;
  }

  private int end() throws IOException {
    if (++readsBehindEnd > TOLERATED_READS) {
      throw ImageRefusedException.truncated("a picture's data fill the picture, found too few");
    }
    return -1;
  }
}
