package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes one PNG, holding two rows of it. */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int CHUNK_BYTES = 1 << 16;

  /** On photos zlib's default, 6, saves another 5% of the bytes, and takes longer. */
  private static final int COMPRESSION_LEVEL = 2;

  private final PictureRows rows;
  private final PhotoMetadata metadata;

  PngWriter(PictureRows rows, PhotoMetadata metadata) {
    this.rows = rows;
    this.metadata = metadata;
  }

  void writeTo(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.write(SIGNATURE);
    writeChunk(data, "IHDR", header());
    // Rendering intent: perceptual.
    writeChunk(data, "sRGB", new byte[] {0});
    writeMetadata(data);
    writeRows(data);
    writeChunk(data, "IEND", new byte[0]);
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(bytes);
    header.writeInt(rows.width());
    header.writeInt(rows.height());
    header.writeByte(rows.bitDepth());
    header.writeByte(
        switch (rows.layout()) {
          case GRAY -> PngFile.GRAY;
          case GRAY_ALPHA -> PngFile.GRAY_ALPHA;
          case RGB -> PngFile.RGB;
          case RGBA -> PngFile.RGB_ALPHA;
        });
    // Deflate, adaptive filters, not interlaced.
    header.write(new byte[3]);
    return bytes.toByteArray();
  }

  private void writeMetadata(DataOutputStream out) throws IOException {
    Density density = metadata.density();
    if (density != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream chunk = new DataOutputStream(bytes);
      chunk.writeInt((int) Math.max(1, Math.round(density.x() / PngChunks.METRES_PER_INCH)));
      chunk.writeInt((int) Math.max(1, Math.round(density.y() / PngChunks.METRES_PER_INCH)));
      chunk.writeByte(1);
      writeChunk(out, "pHYs", bytes.toByteArray());
    }
    if (metadata.exif() != null) {
      writeChunk(out, "eXIf", metadata.exif().bytes());
    }
    for (PngTexts.Chunk chunk : PngTexts.of(metadata)) {
      writeChunk(out, chunk.type(), chunk.data());
    }
  }

  private void writeRows(DataOutputStream out) throws IOException {
    int pixelBytes = rows.layout().channels() * rows.bitDepth() / 8;
    short[] samples = new short[rows.width() * rows.layout().channels()];
    PngFilter filter = new PngFilter(Math.multiplyExact(rows.width(), pixelBytes), pixelBytes);
    Deflater deflater = new Deflater(COMPRESSION_LEVEL);
    try {
      byte[] chunk = new byte[CHUNK_BYTES];
      int filled = 0;
      for (int y = 0; y < rows.height(); y++) {
        rows.readRow(y, samples);
        deflater.setInput(filter.filter(samples, rows.bitDepth()));
        while (!deflater.needsInput()) {
          filled = deflate(deflater, chunk, filled, out);
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        filled = deflate(deflater, chunk, filled, out);
      }
      if (filled > 0) {
        writeChunk(out, "IDAT", chunk, filled);
      }
    } finally {
      deflater.end();
    }
  }

  /**
   * Deflates into the chunk behind what it holds, writes it if it is full; how much it holds then.
   */
  private static int deflate(Deflater deflater, byte[] chunk, int filled, DataOutputStream out)
      throws IOException {
    int end = filled + deflater.deflate(chunk, filled, chunk.length - filled);
    if (end < chunk.length) {
      return end;
    }
    writeChunk(out, "IDAT", chunk, end);
    return 0;
  }

  private static void writeChunk(DataOutputStream out, String type, byte[] data)
      throws IOException {
    writeChunk(out, type, data, data.length);
  }

  private static void writeChunk(DataOutputStream out, String type, byte[] data, int length)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data, 0, length);
    out.writeInt(length);
    out.write(name);
    out.write(data, 0, length);
    out.writeInt((int) sum.getValue());
  }
}
