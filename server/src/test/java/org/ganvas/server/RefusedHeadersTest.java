package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;

import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files as long as a body may be, whose header claims a picture that is far too large. */
class RefusedHeadersTest {
  private static final int BODY_BYTES = 32 << 20;
  private static final long MEMORY = 64_000_000;

  @TempDir private Path data;

  /** A header, and anything behind it up to the length of a body. */
  enum Claim {
    PNG {
      @Override
      void write(ByteBuffer file) {
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        file.putInt(13).put(ascii("IHDR")).putInt(60_000).putInt(60_000);
        file.put(new byte[] {8, 2, 0, 0, 0}).putInt(0x0FB0E215);
        file.putInt(file.remaining() - 4 - 4 - 4 - 12).put(ascii("IDAT"));
        file.position(file.limit() - 12);
        file.putInt(0).put(ascii("IEND")).putInt(0xAE426082);
      }
    },
    JPEG {
      @Override
      void write(ByteBuffer file) {
        file.putShort((short) 0xFFD8);
        file.putShort((short) 0xFFC0).putShort((short) 17).put((byte) 8);
        file.putShort((short) 65_000).putShort((short) 65_000);
        file.put(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
        file.putShort((short) 0xFFDA).putShort((short) 12);
        file.put(new byte[] {3, 1, 0, 2, 0, 3, 0, 0, 63, 0});
        file.position(file.limit() - 2).putShort((short) 0xFFD9);
      }
    },
    TIFF {
      @Override
      void write(ByteBuffer file) {
        int strips = 4_000_000;
        file.order(ByteOrder.LITTLE_ENDIAN).put(ascii("II")).putShort((short) 42).putInt(8);
        file.putShort((short) 4);
        entry(file, 0x100, 1, 60_000);
        entry(file, 0x101, 1, 60_000);
        entry(file, 0x111, strips, 100);
        entry(file, 0x117, strips, 100 + 4 * strips);
      }

      private void entry(ByteBuffer file, int tag, int count, int value) {
        file.putShort((short) tag).putShort((short) 4).putInt(count).putInt(value);
      }
    },
    WEBP {
      @Override
      void write(ByteBuffer file) {
        file.order(ByteOrder.LITTLE_ENDIAN).put(ascii("RIFF")).putInt(file.limit() - 8);
        file.put(ascii("WEBP")).put(ascii("VP8L")).putInt(file.limit() - 20);
        file.put((byte) 0x2F).putInt(16_383 | 16_383 << 14);
      }
    },
    GIF {
      @Override
      void write(ByteBuffer file) {
        file.order(ByteOrder.LITTLE_ENDIAN).put(ascii("GIF89a"));
        file.putShort((short) 60_000).putShort((short) 60_000).put(new byte[3]);
        file.put((byte) ',').putInt(0).putShort((short) 60_000).putShort((short) 60_000);
        file.put((byte) 0).put((byte) 8);
        while (file.remaining() > 256) {
          file.put((byte) 255).position(file.position() + 255);
        }
      }
    };

    abstract void write(ByteBuffer file);

    byte[] file(int length) {
      ByteBuffer file = ByteBuffer.allocate(length);
      write(file);
      return file.array();
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithinASecondAndSixtyFourMegabytes(Claim claim) throws Exception {
    checkRefused(claim.file(BODY_BYTES), "application/octet-stream");
  }

  @Test
  void isRefusedWithinTheSameLimitsAsAPartOfAForm() throws Exception {
    String head =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
    String end = "\r\n--x--\r\n";
    byte[] picture = Claim.PNG.file(BODY_BYTES - head.length() - end.length());
    ByteBuffer body = ByteBuffer.allocate(BODY_BYTES);
    body.put(Claim.ascii(head)).put(picture).put(Claim.ascii(end));
    checkRefused(body.array(), "multipart/form-data; boundary=x");
  }

  private void checkRefused(byte[] body, String type) throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(data))) {
      server.post("/v1/upscale", TestPictures.pngHeader(1, 100_000)); // loads classes
      long quickest = Long.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long before = allocatedByTheServer();
        long start = System.nanoTime();
        HttpResponse<byte[]> answer =
            server.send(
                server
                    .request("/v1/upscale")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofByteArray(body)));
        quickest = Math.min(quickest, System.nanoTime() - start);
        long allocated = allocatedByTheServer() - before;
        assertProblem(answer, 422, "too-large");
        // Whatever was allocated is more than was held at any moment.
        assertThat(allocated).isBetween((long) BODY_BYTES, MEMORY);
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(quickest)).isLessThan(1000);
    }
  }

  /** By all threads that answer requests, since they began. */
  private static long allocatedByTheServer() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("http-"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId()))
        .sum();
  }
}
