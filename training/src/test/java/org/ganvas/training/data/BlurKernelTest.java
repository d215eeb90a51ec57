package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values were computed with PyTorch; its Bessel function is exact to 1e-8. */
class BlurKernelTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.24226845767487387",
    "1, 0.44005058574493355",
    "5, -0.3275791437359959",
    "10, 0.043472745839915526",
    "25, -0.1253502495802893",
    "35, 0.043990942179625514"
  })
  void theBesselFunctionHasItsKnownValues(double x, double value) {
    assertThat(BlurKernel.besselJ1(x)).isCloseTo(value, within(1e-8));
  }

  @Test
  void theSincKernelIsTheLowPassFilterOfItsCutoff() {
    BlurKernel kernel = BlurKernel.sinc(Math.PI / 2);
    assertThat(kernel.side()).isEqualTo(17);
    assertThat(at(kernel, 0, 0)).isCloseTo(0.21063402269133452, within(1e-7));
    assertThat(at(kernel, 1, 0)).isCloseTo(0.15201517340979154, within(1e-7));
    assertThat(at(kernel, 3, 0)).isCloseTo(-0.02517904996479554, within(1e-7));
    assertThat(at(kernel, 2, -3)).isCloseTo(-0.024412443990992322, within(1e-7));
    assertThat(at(kernel, -8, -8)).isCloseTo(-0.004324687063926701, within(1e-7));
  }

  @Test
  void theGeneralisedGaussianTurnsAndStretchesAsTold() {
    BlurKernel kernel = BlurKernel.gaussian(2, 0.8, 0.5, 1.5);
    assertThat(kernel.side()).isEqualTo(11);
    assertThat(at(kernel, 0, 0)).isCloseTo(0.13893545848767597, within(1e-7));
    assertThat(at(kernel, 1, 0)).isCloseTo(0.11319712554228208, within(1e-7));
    assertThat(at(kernel, -1, -2)).isCloseTo(0.006162948321729616, within(1e-7));
    assertThat(at(kernel, 3, 2)).isCloseTo(0.00619970265204539, within(1e-7));
  }

  @Test
  void everyKernelKeepsBrightnessAndPlace() {
    for (BlurKernel kernel :
        List.of(
            BlurKernel.gaussian(0.1, 0.1, 0, 1),
            BlurKernel.gaussian(1.7, 0.3, 2.5, 0.5),
            BlurKernel.sinc(1),
            BlurKernel.sinc(Math.PI))) {
      double sum = 0;
      float[] weights = kernel.weights();
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i];
        assertThat(weights[i]).isEqualTo(weights[weights.length - 1 - i]);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  private static double at(BlurKernel kernel, int x, int y) {
    int middle = kernel.side() / 2;
    return kernel.weights()[(middle + y) * kernel.side() + middle + x];
  }
}
