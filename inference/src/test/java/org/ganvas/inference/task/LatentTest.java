package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.LatentSpace.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected numbers were computed by a Python program from the constants of SplitMix64. */
class LatentTest {
  @Test
  void aSeedGivesTheSameNumbersOnEveryMachine() {
    assertThat(Latent.ofSeed(space(5, Distribution.GAUSSIAN), 7).values())
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(0.98847433f, 0.10465665f, -1.8642558f, -1.0700431f, 0.0039202072f);
    assertThat(Latent.ofSeed(space(3, Distribution.UNIFORM), 7).values())
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(-0.2203405f, -0.9664234f, 0.80152136f);
    assertThat(Latent.ofSeed(space(5, Distribution.SPHERE), 7).values())
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(0.9333131f, 0.09881634f, -1.7602221f, -1.0103300f, 0.0037014423f);
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void numbersHaveTheMeanAndDeviationOfTheirDistribution(Distribution distribution) {
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < 200; seed++) {
      for (float value : Latent.ofSeed(space(101, distribution), seed).values()) {
        sum += value;
        squares += value * value;
      }
    }
    double deviation = distribution == Distribution.UNIFORM ? Math.sqrt(1.0 / 3) : 1;
    assertThat(sum / 20_200).isCloseTo(0, Offset.offset(0.03));
    assertThat(Math.sqrt(squares / 20_200)).isCloseTo(deviation, Offset.offset(0.02));
  }

  @Test
  void theWayToAnotherPointFollowsTheSphere() {
    Latent a = Latent.ofSeed(space(3, Distribution.GAUSSIAN), 7);
    Latent b = Latent.ofSeed(space(3, Distribution.GAUSSIAN), 8);
    assertThat(a.towards(b, 0).values()).isEqualTo(a.values());
    assertThat(a.towards(b, 1).values()).isEqualTo(b.values());
    assertThat(a.towards(b, 0.25).values())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0.4944659f, -0.19482416f, -2.0290592f);
  }

  @Test
  void pointsOnOneLineAreJoinedByIt() {
    Latent a = new Latent(new float[] {1, 2});
    assertThat(a.towards(a, 0.3).values())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1f, 2f);
    assertThat(a.towards(new Latent(new float[] {-1, -2}), 0.75).values())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(-0.5f, -1f);
  }

  @Test
  void thereIsNoWayToAPointOfAnotherSpace() {
    Latent point = new Latent(new float[] {1, 2});
    for (Latent other : List.of(new Latent(new float[1]), new Latent(new float[3]))) {
      assertThatThrownBy(() -> point.towards(other, 0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a way leads to a point of the same space, found %d numbers and 2"
                  .formatted(other.values().length));
    }
  }

  @Test
  void aSumHasTheMeanLengthOfItsOperands() {
    LatentSpace space = space(3, Distribution.GAUSSIAN);
    assertThat(SeedArithmetic.parse("7-8+9").result(space).values())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1.826272f, -0.45515364f, -0.18192398f);
    assertThat(SeedArithmetic.parse("7").result(space).values())
        .isEqualTo(Latent.ofSeed(space, 7).values());
    assertThat(SeedArithmetic.parse("7-7").result(space).values()).containsOnly(0f);
  }

  private static LatentSpace space(int size, Distribution distribution) {
    return new LatentSpace(size, distribution, List.of());
  }
}
