package org.ganvas.training.run;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ganvas.training.script.StateDict;

/**
 * The safetensors format: a length, a JSON header that says where each tensor lies, then the
 * tensors' raw little-endian numbers. No code, readable anywhere. Only float32 is used here.
 */
final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER = 100_000_000;

  private Safetensors() {}

  /** Writes live tensors and forces them to the disk. */
  static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    byte[] header = header(tensors).toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer start = buffer(LENGTH_BYTES + header.length);
      writeFully(channel, start.putLong(header.length).put(header).flip());
      for (NDArray tensor : tensors.values()) {
        float[] data = tensor.toFloatArray();
        ByteBuffer bytes = buffer(data.length * Float.BYTES);
        bytes.asFloatBuffer().put(data);
        writeFully(channel, bytes);
      }
      channel.force(true);
    }
  }

  private static JsonObject header(Map<String, NDArray> tensors) {
    JsonObject header = new JsonObject();
    long offset = 0;
    for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
      JsonArray shape = new JsonArray();
      for (long dimension : tensor.getValue().getShape().getShape()) {
        shape.add(dimension);
      }
      long end = offset + tensor.getValue().size() * Float.BYTES;
      JsonArray offsets = new JsonArray();
      offsets.add(offset);
      offsets.add(end);
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", "F32");
      entry.add("shape", shape);
      entry.add("data_offsets", offsets);
      header.add(tensor.getKey(), entry);
      offset = end;
    }
    return header;
  }

  /**
   * Reads all tensors.
   *
   * @throws IOException if the file is damaged, or holds other numbers than float32
   */
  static Map<String, StateDict.Entry> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = readFully(channel, LENGTH_BYTES).getLong();
      if (length < 2 || length > Math.min(MAX_HEADER, channel.size())) {
        throw new IOException("the header of a safetensors file has 2 to 100 MB, found " + length);
      }
      String text = StandardCharsets.UTF_8.decode(readFully(channel, (int) length)).toString();
      Map<String, StateDict.Entry> tensors = new LinkedHashMap<>();
      long start = LENGTH_BYTES + length;
      for (Map.Entry<String, JsonElement> entry :
          JsonParser.parseString(text).getAsJsonObject().entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(entry.getKey(), read(channel, start, entry.getValue().getAsJsonObject()));
        }
      }
      return tensors;
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      throw new IOException("not a safetensors file: " + e.getMessage(), e);
    }
  }

  private static StateDict.Entry read(FileChannel channel, long start, JsonObject entry)
      throws IOException {
    if (!entry.get("dtype").getAsString().equals("F32")) {
      throw new IOException("only F32 tensors are read, found " + entry.get("dtype"));
    }
    long begin = entry.getAsJsonArray("data_offsets").get(0).getAsLong();
    long end = entry.getAsJsonArray("data_offsets").get(1).getAsLong();
    channel.position(start + begin);
    float[] data = new float[Math.toIntExact((end - begin) / Float.BYTES)];
    readFully(channel, Math.toIntExact(end - begin)).asFloatBuffer().get(data);
    return new StateDict.Entry(
        entry.getAsJsonArray("shape").asList().stream().map(JsonElement::getAsLong).toList(), data);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readFully(FileChannel channel, int length) throws IOException {
    if (length > channel.size() - channel.position()) {
      throw new IOException("the file ends too early");
    }
    ByteBuffer bytes = buffer(length);
    while (bytes.hasRemaining()) {
      channel.read(bytes);
    }
    return bytes.flip();
  }
}
