package org.ganvas.inference.image;

import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.stream.ImageOutputStreamImpl;

/**
 * Passes on what is written at once; ImageIO's own streams keep all of it until they are closed.
 */
final class ForwardImageOutputStream extends ImageOutputStreamImpl {
  private final OutputStream out;

  ForwardImageOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    streamPos++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    streamPos += length;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("written only");
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException("written only");
  }
}
