package org.ganvas.inference.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ModelException.Reason;

/**
 * Models between two models of one network: every number of the result lies on the way from the one
 * to the other (Wang et al. 2018, ESRGAN, section 3.4), which trades what a faithful model does
 * well for what a sharp one does, by degrees.
 *
 * @param from the model that is left
 * @param to the model that is approached
 * @param alpha how far, 0 (weights of {@code from}) to 1 (of {@code to})
 */
public record ModelBlend(ModelFile from, ModelFile to, double alpha) {
  private static final int PROOF_SIDE = 64;

  /** A blend; whether the two files can be blended is seen when it is written. */
  public ModelBlend {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is 0 to 1, found " + alpha);
    }
  }

  /**
   * Writes the blend as a model file, which gets its name only after it was loaded and gave
   * numbers. The card inside names both models, with the SHA-256 of their weights.
   *
   * @param target is replaced if it exists
   * @param name the model's, for its card
   * @throws ModelException if the two are not of one network (the message says what differs), or
   *     libtorch refuses the result
   * @throws IOException if the file cannot be written
   */
  public ModelFile export(Path target, String name) throws IOException {
    return PendingModel.publish(
        target,
        unfinished -> {
          ModelFile written = write(unfinished, name);
          written.verify();
          prove(written);
          return new ModelFile(target, written.card());
        });
  }

  /**
   * As {@link #export}, without trying the result: for those who load it anyway.
   *
   * @param file is replaced if it exists
   */
  public ModelFile write(Path file, String name) throws IOException {
    try (StoredArchive a = StoredArchive.open(from);
        StoredArchive b = StoredArchive.open(to)) {
      requireOneNetwork(a, b);
      try (OutputStream out = Files.newOutputStream(file)) {
        ModelCard card = write(a, b, new ZipOutputStream(out), name);
        return new ModelFile(file, card);
      }
    } catch (ZipException e) {
      throw ModelFile.damaged(from.path(), "or " + to.path() + ", " + e.getMessage(), e);
    }
  }

  private ModelCard write(StoredArchive a, StoredArchive b, ZipOutputStream zip, String name)
      throws IOException {
    // The program is that of the model that is approached: it is often the younger one.
    for (String entry : b.programEntries()) {
      StoredArchive.put(zip, b.folder() + entry, b.bytes(entry));
    }
    MessageDigest digest = ModelFile.newDigest();
    for (String tensor : b.tensors()) {
      byte[] blended = blended(a.bytes(tensor), b.bytes(tensor));
      digest.update(blended);
      StoredArchive.put(zip, b.folder() + tensor, blended);
    }
    ModelCard card =
        BlendCard.of(this, name).withWeights(HexFormat.of().formatHex(digest.digest()));
    byte[] json = ModelCardJson.write(card).getBytes(StandardCharsets.UTF_8);
    StoredArchive.put(zip, b.folder() + StoredArchive.CARD, json);
    zip.finish();
    return card;
  }

  /**
   * What both have to have in common for their weights to mean the same. The text of the program is
   * not compared: an older version of Ganvas may have written the same statements otherwise.
   */
  private void requireOneNetwork(StoredArchive a, StoredArchive b) throws IOException {
    String difference = BlendCard.difference(from.card().network(), to.card().network());
    if (difference == null && from.card().task() != to.card().task()) {
      difference = "tasks " + from.card().task().word() + " and " + to.card().task().word();
    }
    if (difference == null && !Objects.equals(from.card().latent(), to.card().latent())) {
      difference = from.card().latent() + " and " + to.card().latent();
    }
    if (difference == null && !Arrays.equals(a.bytes("data.pkl"), b.bytes("data.pkl"))) {
      difference = "tensors of other names or shapes";
    }
    if (difference == null && !a.tensors().equals(b.tensors())) {
      difference = "%d and %d tensors".formatted(a.tensors().size(), b.tensors().size());
    }
    if (difference == null && !b.hasFloatsOnly()) {
      difference = "numbers that are not float32";
    }
    if (difference != null) {
      throw new ModelException(
          Reason.UNSUITABLE,
          "a blend is made of two models of one network, found %s in %s and %s"
              .formatted(difference, from.card().name(), to.card().name()));
    }
  }

  private byte[] blended(byte[] a, byte[] b) throws ModelException {
    if (a.length != b.length) {
      throw new ModelException(
          Reason.UNSUITABLE,
          "a blend is made of tensors of one size, found %d and %d bytes in %s and %s"
              .formatted(a.length, b.length, from.path(), to.path()));
    }
    ByteBuffer first = ByteBuffer.wrap(a).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer second = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer result = ByteBuffer.allocate(a.length).order(ByteOrder.LITTLE_ENDIAN);
    while (result.remaining() >= Float.BYTES) {
      result.putFloat((float) ((1 - alpha) * first.getFloat() + alpha * second.getFloat()));
    }
    return result.array();
  }

  /** Loads the file; if it takes pictures, it must make numbers of one. */
  private static void prove(ModelFile file) throws ModelException {
    NetworkFacts network = file.card().network();
    ComputeChoice onCpu = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
    try (GeneratorModel model = GeneratorModel.load(file, onCpu)) {
      if (file.card().task() == Task.GENERATION) {
        return;
      }
      int side = network.filledUp(PROOF_SIDE);
      FloatPlanes noise = FloatPlanes.zeros(network.inputChannels(), side, side);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < noise.values().length; i++) {
        noise.values()[i] = (float) random.nextDouble();
      }
      FloatPlanes result = model.run(noise, ProgramMethod.PLAIN);
      for (float value : result.values()) {
        if (!Float.isFinite(value)) {
          throw new ModelException(
              Reason.UNSUITABLE,
              "a blend gives numbers, found %s; nothing was written".formatted(value));
        }
      }
    }
  }
}
