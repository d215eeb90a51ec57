package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.LatentSpace.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleGridTest {
  private static final LatentSpace PLAIN = new LatentSpace(4, Distribution.GAUSSIAN, List.of());
  private static final LatentSpace PETS =
      new LatentSpace(4, Distribution.GAUSSIAN, List.of("cat", "dog", "cow"));

  @Test
  void seedsFollowEachOtherInASquare() {
    SampleGrid grid = SampleGrid.ofSeeds(PLAIN, List.of(), 7, 10);
    assertThat(grid.columns()).isEqualTo(4);
    assertThat(names(grid))
        .containsExactly("7", "8", "9", "10", "11", "12", "13", "14", "15", "16");
    assertThat(grid.samples().get(3).latent().values())
        .isEqualTo(Latent.ofSeed(PLAIN, 10).values());
    assertThat(labels(grid)).containsOnlyNulls();
  }

  @Test
  void theLastSeedIsASeedToo() {
    assertThat(names(SampleGrid.ofSeeds(PLAIN, List.of(), Long.MAX_VALUE, 1)))
        .containsExactly("9223372036854775807");
  }

  @Test
  void withoutAWishTheLabelsComeInTurn() {
    SampleGrid grid = SampleGrid.ofSeeds(PETS, List.of(), 0, 5);
    assertThat(labels(grid)).containsExactly("cat", "dog", "cow", "cat", "dog");
  }

  @Test
  void eachLabelHasARowOfTheSameSeeds() {
    SampleGrid grid = SampleGrid.ofSeeds(PETS, List.of("cow", "cat"), 3, 2);
    assertThat(grid.columns()).isEqualTo(2);
    assertThat(names(grid)).containsExactly("3", "4", "3", "4");
    assertThat(labels(grid)).containsExactly("cow", "cow", "cat", "cat");
  }

  @Test
  void anInterpolationBeginsAndEndsAtItsSeeds() {
    SampleGrid grid = SampleGrid.between(PETS, PETS.labels(), 5, 2, 4);
    assertThat(grid.columns()).isEqualTo(4);
    assertThat(grid.samples()).hasSize(12);
    assertThat(grid.samples().get(0).latent().values()).isEqualTo(Latent.ofSeed(PETS, 5).values());
    assertThat(grid.samples().get(3).latent().values()).isEqualTo(Latent.ofSeed(PETS, 2).values());
    assertThat(names(grid)).startsWith("5-to-2-1", "5-to-2-2");
  }

  @Test
  void arithmeticShowsTheOperandsAndTheResult() {
    SampleGrid grid = SampleGrid.of(PLAIN, List.of(), SeedArithmetic.parse(" 12 - 7 + 3"));
    assertThat(grid.columns()).isEqualTo(4);
    assertThat(names(grid)).containsExactly("12", "7", "3", "12-7+3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a-b", "1-", "1--2", "+", "1.5", "12345678901234567890", "1 2 x", "1 2+3"})
  void whatIsNoSumOfSeedsIsRefused(String text) {
    assertThatThrownBy(() -> SeedArithmetic.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as in 12-7+3, found " + text);
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PETS, List.of("pig"), 0, 1))
        .hasMessage("this model has the labels cat, dog, cow, found pig; choose one of them");
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PLAIN, List.of("pig"), 0, 1))
        .hasMessage("this model has no labels, found pig; leave the label out");
    assertThatThrownBy(() -> SampleGrid.between(PETS, List.of(), 0, 1, 5))
        .hasMessage("this model needs a label here, one of cat, dog, cow");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PETS, PETS.labels(), 0, 1366))
        .hasMessage("1 to 4096 pictures are generated at once, found 4098");
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PLAIN, List.of(), 0, 0))
        .hasMessageContaining("found 0");
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PLAIN, List.of(), -1, 1))
        .hasMessage("a seed is a whole number from 0, found -1");
    assertThatThrownBy(() -> SampleGrid.ofSeeds(PLAIN, List.of(), Long.MAX_VALUE, 2))
        .hasMessage(
            "the last seed is 9223372036854775807, found 2 pictures from seed"
                + " 9223372036854775807 on");
    assertThatThrownBy(() -> SampleGrid.between(PLAIN, List.of(), 0, 1, 1))
        .hasMessage("an interpolation has 2 to 4096 steps, found 1");
  }

  @Test
  void picturesAreLaidOutInRowsWithWhiteBetweenAndAfterThem() {
    List<Picture> pictures =
        List.of(flat(PixelLayout.RGB, 10), flat(PixelLayout.RGB, 20), flat(PixelLayout.RGB, 30));
    Picture grid = PictureGrid.of(pictures, 2);
    assertThat(List.of(grid.width(), grid.height())).containsExactly(3 + 2 + 3, 1 + 2 + 1);
    short[] row = new short[8 * 3];
    grid.readRow(0, row);
    assertThat(row).startsWith(10, 10).endsWith(20, 20).contains(255, 255);
    assertThat(row[8]).isEqualTo((short) 10);
    assertThat(row[9]).isEqualTo((short) 255);
    assertThat(row[15]).isEqualTo((short) 20);
    grid.readRow(3, row);
    assertThat(row).startsWith(30, 30).endsWith(255, 255);
    assertThat(PictureGrid.of(pictures, 100).width()).isEqualTo(3 * 3 + 2 * 2);
  }

  @Test
  void onlyPicturesOfOneKindAreLaidOutInAtLeastOneColumn() {
    Picture color = flat(PixelLayout.RGB, 10);
    assertThatThrownBy(() -> PictureGrid.of(List.of(color), 0))
        .hasMessage("a grid has at least 1 column, found 0");
    assertThatThrownBy(() -> PictureGrid.of(List.of(), 1))
        .hasMessage("a grid has at least 1 picture, found none");
    assertThatThrownBy(() -> PictureGrid.of(List.of(flat(PixelLayout.GRAY, 10), color), 2))
        .hasMessage("pictures of a grid are alike, found 3x1 GRAY of 8 bits and 3x1 RGB of 8 bits");
    Sample sample = SampleGrid.ofSeeds(PLAIN, List.of(), 0, 1).samples().get(0);
    assertThatThrownBy(() -> new SampleGrid(List.of(sample), 0))
        .hasMessage("a grid has at least 1 column, found 0");
  }

  private static Picture flat(PixelLayout layout, int value) {
    short[] samples = new short[3 * layout.channels()];
    java.util.Arrays.fill(samples, (short) value);
    return new Picture(3, 1, layout, 8, samples);
  }

  private static List<String> names(SampleGrid grid) {
    return grid.samples().stream().map(Sample::name).toList();
  }

  private static List<String> labels(SampleGrid grid) {
    return grid.samples().stream().map(Sample::label).toList();
  }
}
