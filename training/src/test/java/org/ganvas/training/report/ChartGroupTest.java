package org.ganvas.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartGroupTest {

  @Test
  void figuresOfOneKindShareAChartInTheOrderOfTheLog() {
    List<ChartGroup> groups =
        groups(
            curve("l1", 0.1),
            curve("generatorLoss", 2),
            curve("validationPsnr", 30),
            curve("discriminatorLoss", 0.7),
            curve("bicubicPsnr", 27),
            curve("discriminatorReal", 0.9),
            curve("discriminatorGenerated", 0.2),
            curve("learningRate", 1e-4));
    assertThat(groups)
        .extracting(ChartGroup::title)
        .containsExactly("l1", "loss", "PSNR", "discriminator", "learning rate");
    assertThat(groups.get(1).curves().keySet()).containsExactly("generator", "discriminator");
    assertThat(groups.get(2).curves().keySet()).containsExactly("validation", "bicubic");
    assertThat(groups.get(3).curves().keySet()).containsExactly("real", "generated");
  }

  @Test
  void figuresOfVeryDifferentSizeDoNotShareAChart() {
    List<ChartGroup> groups =
        groups(curve("adversarialLoss", 0.7), curve("pixelLoss", 0.01), curve("totalLoss", 0.9));
    assertThat(groups).extracting(ChartGroup::title).containsExactly("loss", "pixel loss");
    assertThat(groups.get(0).curves().keySet()).containsExactly("adversarial", "total");
  }

  @Test
  void everyFigureIsInExactlyOneChart() {
    List<ChartGroup> groups =
        groups(curve("loss", 1), curve("aLoss", 1), curve("a", 5), curve("b.c", 2), curve("", 1));
    assertThat(groups.stream().flatMap(group -> group.curves().values().stream()))
        .extracting(Curve::name)
        .containsExactlyInAnyOrder("loss", "aLoss", "a", "b.c", "");
  }

  @Test
  void aFigureThatIsCalledAsTheWordOfOthersDoesNotTakeTheirPlace() {
    List<ChartGroup> groups = groups(curve("pixelLoss", 0.01), curve("loss", 10), curve("_", 1));
    assertThat(groups.stream().flatMap(group -> group.curves().values().stream()))
        .extracting(Curve::name)
        .containsExactlyInAnyOrder("pixelLoss", "loss", "_");
  }

  @Test
  void aLongCurveIsThinnedToTheMeansOfNeighbours() {
    double[] steps = new double[1000];
    double[] values = new double[1000];
    for (int i = 0; i < 1000; i++) {
      steps[i] = i;
      values[i] = 2 * i;
    }
    Curve thinned = new Curve("l1", steps, values).thinned(10);
    assertThat(thinned.steps()).hasSize(10).startsWith(49.5).endsWith(949.5);
    assertThat(thinned.values()).startsWith(99).endsWith(1899);
  }

  private static List<ChartGroup> groups(Curve... curves) {
    return ChartGroup.of(Stream.of(curves).toList());
  }

  private static Curve curve(String name, double value) {
    return new Curve(name, new double[] {1, 2}, new double[] {0, value});
  }
}
