package org.ganvas.training.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.training.evaluation.PictureStep;
import org.ganvas.training.evaluation.TranslationEvaluation;
import org.ganvas.training.metric.ColorFidelity;

/**
 * Judges two translators that were trained on pictures that do not belong together. Where the true
 * mapping is known, by how close the one to B comes to it, beside the input as it is and with its
 * colours matched; otherwise only by how well a picture comes back. No figure chooses a checkpoint:
 * what is measured so must not be what is trained for.
 *
 * <p>Samples: for each picture of A itself, as B, back again as A, and its true B if that is known;
 * for each one of B likewise.
 *
 * @param a pictures of A, RGB, 8 bits, at least one
 * @param b pictures of B, of the same size
 * @param known whether each of {@code b} is the true translation of that of {@code a}
 */
record DomainValidation(List<Picture> a, List<Picture> b, boolean known) implements Validation {

  @Override
  public Result validate(List<ModelFile> models) throws IOException {
    try (ImageTranslator toB = ImageTranslator.open(models.get(0), ComputeChoice.AUTO);
        ImageTranslator toA = ImageTranslator.open(models.get(1), ComputeChoice.AUTO)) {
      UnaryOperator<Picture> there = PictureStep.unchecked(toB::translate);
      UnaryOperator<Picture> back = PictureStep.unchecked(toA::translate);
      List<Picture> translated = a.stream().map(there).toList();
      List<Picture> returned = translated.stream().map(back).toList();
      ColorFidelity cycle = new TranslationEvaluation(a, a).fidelity(returned);
      Map<String, Object> figures = new LinkedHashMap<>();
      String sentence = "there and back L1 %.4f".formatted(cycle.l1());
      if (known) {
        TranslationEvaluation evaluation = new TranslationEvaluation(a, b);
        ColorFidelity found = evaluation.fidelity(translated);
        ColorFidelity unchanged = evaluation.unchanged();
        ColorFidelity matched = evaluation.fidelity(evaluation.colorMatched());
        figures.putAll(PairValidation.figures(found, unchanged));
        figures.put("matchedL1", matched.l1());
        figures.put("matchedPsnr", matched.psnr());
        figures.put("matchedSsim", matched.ssim());
        sentence =
            "%s, colours matched L1 %.4f PSNR %.2f dB, %s"
                .formatted(
                    PairValidation.sentence(found, unchanged),
                    matched.l1(),
                    matched.psnr(),
                    sentence);
      }
      figures.put("cycleL1", cycle.l1());
      String columns =
          "a picture of either domain in turn, translated, back again"
              + (known ? ", what it should have become" : "");
      Samples samples = SampleSheet.of(rows(translated, returned, there, back), columns);
      return new Result(figures, sentence, null, samples);
    }
  }

  private List<List<Picture>> rows(
      List<Picture> translated,
      List<Picture> returned,
      UnaryOperator<Picture> there,
      UnaryOperator<Picture> back) {
    List<List<Picture>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(SampleSheet.ROWS / 2, a.size()); i++) {
      List<Picture> ofA = new ArrayList<>(List.of(a.get(i), translated.get(i), returned.get(i)));
      Picture asA = back.apply(b.get(i));
      List<Picture> ofB = new ArrayList<>(List.of(b.get(i), asA, there.apply(asA)));
      if (known) {
        ofA.add(b.get(i));
        ofB.add(a.get(i));
      }
      rows.add(ofA);
      rows.add(ofB);
    }
    return rows;
  }
}
