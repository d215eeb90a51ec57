package org.ganvas.training.script;

/** What is noted about a network's sizes and cost while it is being described. */
final class FactSheet {
  private int inputSide;
  private int sizeMultiple = 1;
  private int smallestSide = 1;
  private double multiplyAddsPerInputPixel;

  /** The input has that height and width and no other. */
  void fixInputSide(int side) {
    inputSide = side;
  }

  /** A tensor of that size occurs. */
  void note(Grid grid) {
    sizeMultiple = sizeMultiple / Grid.gcd(sizeMultiple, grid.down()) * grid.down();
    smallestSide = Math.max(smallestSide, grid.smallestInput());
  }

  /** So many multiplications with addition for each pixel of a tensor. */
  void count(Grid grid, double multiplyAdds) {
    multiplyAddsPerInputPixel += positions(grid) * multiplyAdds;
  }

  /** Height and width of a tensor; an error if they depend on the picture. */
  int side(Value x) {
    if (x.grid().up() > 0 && inputSide == 0) {
      throw new IllegalArgumentException(
          "a linear layer needs pictures of one size only, found %s; name it by ofSide"
              .formatted(x));
    }
    return x.grid().side(inputSide);
  }

  /** Pixels of a tensor per pixel of the input, by area. */
  private double positions(Grid grid) {
    double scale = scale(grid);
    return scale * scale;
  }

  private double scale(Grid grid) {
    return inputSide == 0 ? grid.scale() : (double) grid.side(inputSide) / inputSide;
  }

  /**
   * @param statistics see {@link ProgramFacts}
   * @throws IllegalArgumentException if the side that was fixed is none that the layers can take
   */
  ProgramFacts facts(Value input, Value output, int statistics) {
    if (inputSide > 0 && (inputSide % sizeMultiple != 0 || inputSide < smallestSide)) {
      throw new IllegalArgumentException(
          "the side of the input is a multiple of %d and at least %d, found %d"
              .formatted(sizeMultiple, smallestSide, inputSide));
    }
    return new ProgramFacts(
        input.channels(),
        output.channels(),
        scale(output.grid()),
        inputSide == 0 ? output.grid().plus() : 0,
        inputSide == 0 ? sizeMultiple : inputSide,
        inputSide,
        inputSide == 0 ? smallestSide : inputSide,
        output.radiusOn(Grid.INPUT),
        statistics,
        multiplyAddsPerInputPixel / positions(output.grid()));
  }
}
