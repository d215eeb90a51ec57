package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.BicubicDegradation;
import org.ganvas.training.data.DegradationStrength;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.data.PhotoDegradation;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;
import org.ganvas.training.plan.PlanDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradationSettingsTest {
  @TempDir private Path folder;

  @Test
  void theDefaultIsBicubicAndTheStrengthThatOfPicturesOffTheWeb() {
    DegradationSettings settings = settings(draft());
    assertThat(settings.create()).isEqualTo(new BicubicDegradation());
    assertThat(settings.photo()).isEqualTo(DegradationStrength.WEB);
  }

  @Test
  void theOptionOfTheCommandLineChoosesAndAPlanSaysHowStrongly() {
    PlanDraft draft =
        draft()
            .over("{\"settings\": {\"degradation\": {\"photo\": {\"jpeg\": {\"from\": 60}}}}}")
            .set(PlanOption.DEGRADATION.path(), "photo");
    PhotoDegradation degradation = (PhotoDegradation) settings(draft).create();
    assertThat(degradation.strength().jpeg()).isEqualTo(new DegradationStrength.Dose(0.75, 60, 95));
    assertThat(degradation.strength().blur()).isEqualTo(DegradationStrength.WEB.blur());
  }

  @Test
  void anotherKindAndAStrengthOutOfRangeAreRefused() {
    assertThatThrownBy(() -> draft().set(PlanOption.DEGRADATION.path(), "Photo").finish())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("settings.degradation.kind is bicubic or photo, found Photo");
    assertThatThrownBy(
            () ->
                draft()
                    .over("{\"settings\":{\"degradation\":{\"photo\":{\"jpeg\":{\"to\":101}}}}}")
                    .finish())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "settings.degradation.photo.jpeg is a range within 1 to 100, found 30.0 to 101.0");
  }

  @Test
  void theDegradationChangesTheSmallPicturesAndNothingElse() throws IOException {
    BufferedImage noise = new BufferedImage(80, 90, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 80 * 90; i++) {
      noise.setRGB(i % 80, i / 80, random.nextInt());
    }
    ImageIO.write(noise, "png", folder.resolve("noise.png").toFile());
    Batch bicubic = batch("bicubic");
    Batch photo = batch("photo");
    assertThat(photo.tensor(LowResolutionPairs.HIGH).values())
        .isEqualTo(bicubic.tensor(LowResolutionPairs.HIGH).values());
    assertThat(photo.tensor(LowResolutionPairs.LOW).values())
        .isNotEqualTo(bicubic.tensor(LowResolutionPairs.LOW).values());
    assertThat(batch("photo").tensor(LowResolutionPairs.LOW).values())
        .isEqualTo(photo.tensor(LowResolutionPairs.LOW).values());
  }

  @Test
  void validationJudgesTheMiddleSquareDegradedTheSameWayEachTime() {
    Picture high = new Picture(48, 32, PixelLayout.RGB, 8, new short[3 * 48 * 32]);
    for (int i = 0; i < high.samples().length; i++) {
      high.samples()[i] = (short) (i / 3 % 48 * 5);
    }
    PicturePair pair = new PicturePair("a", Bicubic.resize(high, 12, 8), high, 4, false);
    FidelityValidation clean =
        new FidelityValidation(SuperResolutionEvaluation.on(List.of(pair, pair)));
    assertThat(clean.degraded(settings(draft()), 1)).isSameAs(clean);
    DegradationSettings photo = settings(draft().set(PlanOption.DEGRADATION.path(), "photo"));
    List<PicturePair> pairs = clean.degraded(photo, 1).evaluation().pairs();
    assertThat(pairs.get(0).low().width()).isEqualTo(8);
    assertThat(pairs.get(0).high().samples()[0]).isEqualTo((short) (8 * 5));
    // A small pixel covers four large ones: left of the middle it is about as bright as these.
    assertThat((double) pairs.get(0).low().samples()[3 * (4 * 8 + 2)])
        .isCloseTo((8 + 2 * 4 + 1.5) * 5, within(25.0));
    assertThat(pairs.get(1).low().samples()).isNotEqualTo(pairs.get(0).low().samples());
    assertThat(clean.degraded(photo, 1).evaluation().pairs().get(1).low().samples())
        .isEqualTo(pairs.get(1).low().samples());
  }

  private Batch batch(String kind) throws IOException {
    PlanDraft draft =
        draft()
            .set("data.folders", List.of(folder.toString()))
            .set("settings.crop", 16)
            .set(PlanOption.DEGRADATION.path(), kind);
    return Recipes.named("super-resolution").open(draft.finish(), line -> {}).batch(3);
  }

  private static PlanDraft draft() {
    return Recipes.named("super-resolution").draft();
  }

  private static DegradationSettings settings(PlanDraft draft) {
    return ((SuperResolutionSettings) draft.finish().settings()).degradation();
  }
}
