package org.ganvas.training.gan;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ganvas.training.network.LoadedProgram;
import org.ganvas.training.script.TorchScriptArchive;

/**
 * What is done to every weight in every step, as a program of libtorch's that works in place. DJL's
 * operations make several tensors of the weights' size for each of them, which takes longer than
 * the passes through a network of many weights.
 */
final class UpdateRules implements AutoCloseable {
  private static final String NAME = "UpdateRules";

  private static final String CODE =
      """
      class UpdateRules(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.UpdateRules, x: Tensor) -> Tensor:
          return x
        def adam(self: __torch__.UpdateRules, weight: Tensor, gradient: Tensor,
            first: Tensor, second: Tensor, numbers: Tensor) -> List[Tensor]:
          firstShare = float(torch.select(numbers, 0, 0))
          secondKept = float(torch.select(numbers, 0, 1))
          secondShare = float(torch.select(numbers, 0, 2))
          epsilon = float(torch.select(numbers, 0, 3))
          minusRate = float(torch.select(numbers, 0, 4))
          mean = torch.lerp_(first, gradient, firstShare)
          old = torch.mul_(second, secondKept)
          square = torch.addcmul_(old, gradient, gradient, value=secondShare)
          root = torch.add_(torch.sqrt(square, out=gradient), epsilon)
          updated = torch.addcdiv_(weight, mean, root, value=minusRate)
          return [updated, torch.zero_(root)]
        def muon(self: __torch__.UpdateRules, weight: Tensor, gradient: Tensor,
            momentum: Tensor, numbers: Tensor) -> List[Tensor]:
          share = float(torch.select(numbers, 0, 0))
          kept = float(torch.select(numbers, 0, 1))
          minusRate = float(torch.select(numbers, 0, 2))
          mean = torch.lerp_(momentum, gradient, share)
          ahead = torch.flatten(torch.lerp(gradient, mean, kept), 1)
          x = torch.div(ahead, torch.add(torch.norm(ahead), 1e-12))
          for i in range(5):
            square = torch.matmul(x, torch.t(x))
            fourth = torch.matmul(square, square)
            polynomial = torch.add(torch.mul(square, -4.775), fourth, alpha=2.0315)
            nearer = torch.add(torch.matmul(polynomial, x), x, alpha=3.4445)
            x = nearer
          updated = torch.add_(weight, torch.view_as(x, weight), alpha=minusRate)
          return [updated, torch.zero_(gradient)]
        def approach(self: __torch__.UpdateRules, average: Tensor, weight: Tensor,
            share: Tensor) -> Tensor:
          return torch.lerp_(average, weight, float(share))
      """;

  private final LoadedProgram program;

  private UpdateRules(LoadedProgram program) {
    this.program = program;
  }

  static UpdateRules load(Device device) {
    try {
      return new UpdateRules(
          LoadedProgram.load(NAME, device, out -> TorchScriptArchive.write(out, NAME, CODE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The numbers of an update by Adam (Kingma and Ba 2015, algorithm 1, with the bias correction
   * folded into the rate as in section 2).
   *
   * @param firstBeta share of the old mean gradient that is kept
   * @param secondBeta share of the old mean square gradient that is kept
   * @param epsilon what is added to the root of the mean square
   * @param rate the step size alpha, corrected
   */
  record Adam(double firstBeta, double secondBeta, double epsilon, double rate) {}

  /** Updates a weight and its moments; its gradient, which is worked in, is zero afterwards. */
  void adam(Adam rule, NDArray weight, NDArray gradient, NDArray first, NDArray second) {
    double[] numbers = {
      1 - rule.firstBeta, rule.secondBeta, 1 - rule.secondBeta, rule.epsilon, -rule.rate
    };
    // Without a name: DJL takes the dots in it for structure.
    try (NDManager scope = program.manager().newSubManager();
        NDArray constant = weight.stopGradient()) {
      NDList inputs = new NDList(constant, gradient, first, second, scope.create(numbers));
      program.call("adam", inputs, false).close();
    }
  }

  /**
   * Updates a weight of two or more dimensions and its momentum; its gradient is zero afterwards.
   *
   * @param kept share of the old momentum that is kept
   * @param rate length of each of the step's singular vectors, of the weight as a matrix of its
   *     outputs (rows) and all else
   */
  void muon(double kept, double rate, NDArray weight, NDArray gradient, NDArray momentum) {
    double[] numbers = {1 - kept, kept, -rate};
    try (NDManager scope = program.manager().newSubManager();
        NDArray constant = weight.stopGradient()) {
      NDList inputs = new NDList(constant, gradient, momentum, scope.create(numbers));
      program.call("muon", inputs, false).close();
    }
  }

  /**
   * Moves an average towards a tensor.
   *
   * @param share of the difference that it moves, 0 to 1
   */
  void approach(NDArray average, NDArray tensor, double share) {
    try (NDManager scope = program.manager().newSubManager();
        NDArray unnamed = average.stopGradient();
        NDArray constant = tensor.stopGradient()) {
      NDList inputs = new NDList(unnamed, constant, scope.create(share));
      program.call("approach", inputs, false).close();
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
