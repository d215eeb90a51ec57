package org.ganvas.training.script;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the file that libtorch loads: a zip archive, stored and never deflated, with the program's
 * text, its modules as a pickle, and one entry of raw little-endian floats per parameter.
 */
public final class TorchScriptArchive {
  /** The format version that {@code data/} and {@code code/} are laid out after. */
  private static final String VERSION = "3\n";

  private TorchScriptArchive() {}

  /**
   * Writes a program with its parameters.
   *
   * @param extra further files by name, such as {@code card.json}; they end up under {@code extra/}
   * @throws IllegalArgumentException if the weights do not fit the program
   */
  public static void write(
      OutputStream out, Program program, StateDict state, Map<String, String> extra)
      throws IOException {
    state.requireFits(program);
    ZipOutputStream zip = new ZipOutputStream(out);
    putCode(zip, program.name(), program.code(), program.root());
    String folder = program.name() + "/";
    List<Parameter> parameters = program.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      put(zip, folder + "data/" + i, bytes(state.get(parameters.get(i).name()).data()));
    }
    put(zip, folder + "version", utf8(VERSION));
    for (Map.Entry<String, String> file : extra.entrySet()) {
      put(zip, folder + "extra/" + file.getKey(), utf8(file.getValue()));
    }
    zip.finish();
  }

  /**
   * Writes a program that is no network and has no parameters.
   *
   * @param name the class of the program
   * @param code the text of {@code code/__torch__.py}
   */
  public static void write(OutputStream out, String name, String code) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    putCode(zip, name, code, new ModuleTree());
    put(zip, name + "/version", utf8(VERSION));
    zip.finish();
  }

  private static void putCode(ZipOutputStream zip, String name, String code, ModuleTree root)
      throws IOException {
    put(zip, name + "/data.pkl", PickleWriter.pickle(name, root));
    put(zip, name + "/code/__torch__.py", utf8(code));
    put(zip, name + "/constants.pkl", PickleWriter.emptyTuple());
  }

  /** SHA-256, in hexadecimal, of all parameters' bytes in the order that the archive has them. */
  public static String weightsSha256(Program program, StateDict state) {
    return Sha256.of(
        program.parameters().stream().map(parameter -> bytes(state.get(parameter.name()).data())));
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(float[] data) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(data);
    return buffer.array();
  }
}
