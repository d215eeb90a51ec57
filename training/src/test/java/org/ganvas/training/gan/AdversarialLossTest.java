package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.ganvas.training.script.OracleCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against PyTorch's losses in double precision, see {@code src/test/oracle/penalties.py}. */
class AdversarialLossTest {

  @ParameterizedTest
  @EnumSource
  void isWhatPyTorchComputes(AdversarialLoss loss) {
    OracleCase oracle =
        OracleCase.read("/org/ganvas/training/gan/penalties.txt").stream()
            .filter(found -> found.name().equals(loss.name()))
            .findFirst()
            .orElseThrow();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray logits = manager.create(oracle.tensor("logits").data());
      check(loss.real(logits, 0.9), oracle, "real");
      check(loss.generated(logits), oracle, "generated");
      check(loss.generator(logits), oracle, "generator");
    }
  }

  private static void check(NDArray found, OracleCase oracle, String part) {
    float expected = oracle.tensor(part).data()[0];
    assertThat(found.getFloat())
        .as(part)
        .isCloseTo(expected, within(1e-5f * Math.max(1, Math.abs(expected))));
  }
}
