package org.ganvas.training.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.data.Framing;

/**
 * The figures on a model's card. They need the file only, not the run that it comes from, so that
 * models from elsewhere have the same.
 */
public final class CardFigures {
  /** The folders of the first and the second pictures, in a folder that is measured. */
  private static final String A = "A";

  private static final String B = "B";

  private CardFigures() {}

  /**
   * PSNR and SSIM on Y of a super-resolution model, in float32.
   *
   * @param dataSet what the pictures are called on the card
   * @param pictures a folder of originals, or of pairs {@code NAME_HR} and {@code NAME_LR}
   * @throws IOException if there are none, or one cannot be read
   */
  public static List<Measurement> ofUpscaler(ModelFile model, String dataSet, Path pictures)
      throws IOException {
    return FidelityValidation.measure(model, dataSet, pictures);
  }

  /**
   * How often a generator obeys its labels, in percent.
   *
   * @param dataSet what the pictures are called on the card
   * @param pictures real ones with these labels
   * @throws IOException if it has no labels, or the pictures cannot be read
   */
  public static List<Measurement> ofGenerator(ModelFile model, String dataSet, Path pictures)
      throws IOException {
    return GeneratorValidation.measureLabels(model, dataSet, pictures);
  }

  /**
   * L1, PSNR and SSIM in red, green and blue of a translator, in float32, with those of the input
   * as it is and of the input with its colours matched.
   *
   * @param dataSet what the pictures are called on the card
   * @param pictures a folder; where the pairs have {@code targets}, with {@code A} and {@code B} in
   *     it
   * @throws IOException if there are no pairs, or one cannot be read
   */
  public static List<Measurement> ofTranslator(
      ModelFile model, String dataSet, Path pictures, PairSettings pairs, Framing framing)
      throws IOException {
    boolean two = pairs.targets() != null;
    if (two) {
      requireBoth(pictures);
    }
    PairValidation validation =
        PairValidation.measuring(
            two ? pictures.resolve(A) : pictures,
            two ? pictures.resolve(B).toString() : null,
            pairs,
            framing);
    String how =
        "pairs: %s%s%s"
            .formatted(
                pairs.kind(), two ? ", in two folders" : "", pairs.isReversed() ? ", BtoA" : "");
    return validation.measure(model, dataSet, PairValidation.protocol(framing, how));
  }

  private static void requireBoth(Path pictures) throws IOException {
    if (!Files.isDirectory(pictures.resolve(A)) || !Files.isDirectory(pictures.resolve(B))) {
      throw new IOException(
          ("a model that was trained on pairs in two folders is measured on a folder with %s and %s"
                  + " in it, the first and the second pictures, found none in %s; put them there, or"
                  + " call ganvas evaluate-translation with --targets")
              .formatted(A, B, pictures));
    }
  }
}
