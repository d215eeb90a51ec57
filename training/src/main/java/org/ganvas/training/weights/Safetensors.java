package org.ganvas.training.weights;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ganvas.training.script.StateDict;

/**
 * The safetensors format: a length, a JSON header that says where each tensor lies, then the
 * tensors' raw little-endian numbers. No code, readable anywhere. Ganvas writes float32 only.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER = 100_000_000;
  private static final Map<String, StorageType> TYPES =
      Map.of(
          "F32", StorageType.FLOAT,
          "F64", StorageType.DOUBLE,
          "F16", StorageType.HALF,
          "BF16", StorageType.BFLOAT16,
          "I64", StorageType.LONG,
          "I32", StorageType.INT,
          "I16", StorageType.SHORT,
          "I8", StorageType.CHAR,
          "U8", StorageType.BYTE,
          "BOOL", StorageType.BOOL);

  private Safetensors() {}

  /** A tensor whose numbers are fetched when it is its turn. */
  private record Pending(long[] shape, Supplier<float[]> data) {}

  /** Writes live tensors and forces them to the disk. */
  public static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    Map<String, Pending> pending = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            pending.put(
                name, new Pending(tensor.getShape().getShape(), () -> tensor.toFloatArray())));
    writeAll(file, pending);
  }

  /** Writes tensors and forces them to the disk. */
  public static void write(Path file, StateDict state) throws IOException {
    Map<String, Pending> pending = new LinkedHashMap<>();
    for (String name : state.names()) {
      StateDict.Entry entry = state.get(name);
      long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
      pending.put(name, new Pending(shape, entry::data));
    }
    writeAll(file, pending);
  }

  private static void writeAll(Path file, Map<String, Pending> tensors) throws IOException {
    byte[] header = header(tensors).toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer start = buffer(LENGTH_BYTES + header.length);
      writeFully(channel, start.putLong(header.length).put(header).flip());
      for (Pending tensor : tensors.values()) {
        float[] data = tensor.data.get();
        ByteBuffer bytes = buffer(data.length * Float.BYTES);
        bytes.asFloatBuffer().put(data);
        writeFully(channel, bytes);
      }
      channel.force(true);
    }
  }

  private static JsonObject header(Map<String, Pending> tensors) {
    JsonObject header = new JsonObject();
    long offset = 0;
    for (Map.Entry<String, Pending> tensor : tensors.entrySet()) {
      JsonArray shape = new JsonArray();
      long end = offset + Float.BYTES;
      for (long dimension : tensor.getValue().shape) {
        shape.add(dimension);
        end = offset + (end - offset) * dimension;
      }
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

  /** Where the header says that a tensor lies, in bytes from the header's end. */
  private record Place(String name, StorageType type, List<Long> shape, long begin, long end) {

    static Place of(String name, JsonObject entry) throws IOException {
      StorageType type = TYPES.get(entry.get("dtype").getAsString());
      if (type == null) {
        throw new IOException(
            "tensors of safetensors are one of %s, found %s"
                .formatted(new TreeMap<>(TYPES).keySet(), entry.get("dtype")));
      }
      List<JsonElement> offsets = entry.getAsJsonArray("data_offsets").asList();
      return new Place(
          TensorName.of("", name),
          type,
          entry.getAsJsonArray("shape").asList().stream().map(JsonElement::getAsLong).toList(),
          offsets.get(0).getAsLong(),
          offsets.get(1).getAsLong());
    }

    StateDict.Entry decode(ByteBuffer bytes) throws IOException {
      if (bytes.limit() % type.bytes() != 0) {
        throw new IOException(
            "%s has numbers of %d bytes each, found %d bytes"
                .formatted(name, type.bytes(), bytes.limit()));
      }
      float[] data = new float[bytes.limit() / type.bytes()];
      for (int i = 0; i < data.length; i++) {
        data[i] = type.at(bytes, i);
      }
      return new StateDict.Entry(shape, data);
    }
  }

  /**
   * Reads all tensors, as float32, but for single whole numbers, which are counters and no weights.
   *
   * @throws IOException if the file is damaged, or holds numbers in a format that is not known
   */
  public static Map<String, StateDict.Entry> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = readFully(channel, LENGTH_BYTES).getLong();
      if (length < 2 || length > MAX_HEADER) {
        throw new IOException(
            "the header of a safetensors file has 2 to 100000000 bytes, found " + length);
      }
      List<Place> places = places(readFully(channel, length));
      Map<String, StateDict.Entry> tensors = new LinkedHashMap<>();
      long end = 0;
      for (Place place : places) {
        if (place.begin != end) {
          throw new IOException(
              "%s does not begin where the one before it ends".formatted(place.name));
        }
        end = place.end;
        StateDict.Entry entry = place.decode(readFully(channel, place.end - place.begin));
        if (!place.type.counts(place.shape)) {
          tensors.put(place.name, entry);
        }
      }
      if (channel.position() != channel.size()) {
        throw new IOException("the file is longer than its tensors");
      }
      return tensors;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("not a safetensors file: " + e.getMessage(), e);
    }
  }

  /** The places in the order in which they lie in the file. */
  private static List<Place> places(ByteBuffer header) throws IOException {
    List<Place> places = new ArrayList<>();
    try {
      String text = StandardCharsets.UTF_8.decode(header).toString();
      for (Map.Entry<String, JsonElement> entry :
          JsonParser.parseString(text).getAsJsonObject().entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          places.add(Place.of(entry.getKey(), entry.getValue().getAsJsonObject()));
        }
      }
    } catch (RuntimeException e) {
      // Gson has a different exception for each way in which JSON can be other than expected.
      throw new IOException("not a safetensors file: its header is damaged", e);
    }
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    return places;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readFully(FileChannel channel, long length) throws IOException {
    if (length < 0 || length > Math.min(Integer.MAX_VALUE, channel.size() - channel.position())) {
      throw new IOException("the file ends too early");
    }
    ByteBuffer bytes = buffer((int) length);
    while (bytes.hasRemaining()) {
      channel.read(bytes);
    }
    return bytes.flip();
  }
}
