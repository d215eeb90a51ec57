package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.PairKind;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.metric.ColorFidelity;
import org.junit.jupiter.api.Test;

class TranslationEvaluationTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @Test
  void thePainterIsFartherFromThePhotoThanAnyMapOfColoursReaches() throws IOException {
    TranslationEvaluation evaluation = on(PairKind.PAINT);
    assertThat(evaluation.inputs()).hasSize(5);
    ColorFidelity unchanged = evaluation.unchanged();
    ColorFidelity matched = evaluation.fidelity(evaluation.colorMatched());
    // There is something to learn: neither comes close.
    assertThat(unchanged.l1()).isGreaterThan(0.06);
    assertThat(matched.l1()).isBetween(0.04, unchanged.l1());
    List<Picture> targets = evaluation.targets();
    List<Picture> inputs = evaluation.inputs();
    ColorFidelity perfect = evaluation.evaluate(input -> targets.get(inputs.indexOf(input)));
    assertThat(perfect.l1()).isZero();
    assertThat(perfect.ssim()).isGreaterThan(0.999999);
  }

  private static TranslationEvaluation on(PairKind kind) throws IOException {
    PhotoFolder photos = PhotoFolder.scan(List.of(SAMPLES), 1, 9999);
    PairedPhotos.Settings settings = new PairedPhotos.Settings(new Framing(200, 160, false), 2, 1);
    return TranslationEvaluation.on(PairedPhotos.made(photos, kind, settings), 5);
  }
}
