package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImageSamplerTest {
  /** Seed 7 with the label "two", computed by PyTorch in double precision from the same file. */
  private static final int[] SEVEN_TWO = {
    226, 122, 252, 70, 249, 91, 219, 147, 243, 10, 145, 3, 243, 0, 189, 24,
    2, 0, 243, 214, 218, 0, 98, 30, 176, 0, 240, 0, 108, 9, 199, 4,
    72, 58, 237, 0, 255, 0, 144, 199, 220, 7, 231, 5, 249, 0, 255, 0,
    95, 10, 92, 3, 215, 1, 186, 238, 189, 88, 22, 6, 123, 1, 247, 24
  };

  private static ImageSampler digits;
  private static ImageSampler noise;

  @BeforeAll
  static void open() throws IOException {
    digits = ImageSampler.open(TestModels.named("tiny-digits"), ComputeChoice.AUTO);
    noise = ImageSampler.open(TestModels.named("tiny-noise"), ComputeChoice.AUTO);
  }

  @AfterAll
  static void close() {
    digits.close();
    noise.close();
  }

  @Test
  void aSeedAndALabelGiveThePictureThatTheNetworkDescribes() throws IOException {
    Picture picture = pictures(digits, List.of("two"), 7, 1).get(0);
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY);
    assertThat(List.of(picture.width(), picture.height())).containsExactly(8, 8);
    for (int i = 0; i < SEVEN_TWO.length; i++) {
      assertThat((int) picture.samples()[i]).isBetween(SEVEN_TWO[i] - 1, SEVEN_TWO[i] + 1);
    }
  }

  @Test
  void aClosedSamplerSaysThatItIs() throws IOException {
    ImageSampler closed = ImageSampler.open(TestModels.named("tiny-digits"), ComputeChoice.AUTO);
    closed.close();
    assertThatThrownBy(() -> pictures(closed, List.of("two"), 7, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found it closed; open it again");
  }

  @Test
  void aSeedGivesTheSamePictureHoweverManyAreMade() throws IOException {
    List<Picture> many = pictures(digits, List.of("one"), 0, 37);
    for (int seed : new int[] {0, 7, 15, 16, 36}) {
      assertThat(pictures(digits, List.of("one"), seed, 1).get(0).samples())
          .isEqualTo(many.get(seed).samples());
    }
  }

  @Test
  void labelsAndSeedsMakeADifference() throws IOException {
    List<Picture> pictures = pictures(digits, digits.latentSpace().labels(), 0, 2);
    assertThat(pictures.stream().map(p -> List.of(boxed(p))).distinct()).hasSize(6);
  }

  @Test
  void threeChannelsAreAColorPicture() throws IOException {
    Picture picture = pictures(noise, List.of(), 1, 1).get(0);
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGB);
    assertThat(picture.bitDepth()).isEqualTo(8);
  }

  @Test
  void itComputesInFloat32UnlessTold() throws IOException {
    assertThat(digits.method().precision()).isEqualTo(Precision.FLOAT32);
    ComputeChoice reduced = new ComputeChoice(TestModels.EXACT.device(), Precision.BFLOAT16);
    try (ImageSampler sampler = ImageSampler.open(TestModels.named("tiny-digits"), reduced)) {
      assertThat(sampler.method().precision()).isEqualTo(Precision.BFLOAT16);
      assertThat(pictures(sampler, List.of("two"), 7, 1)).hasSize(1);
    }
  }

  @Test
  void progressCountsTheBatchesAndCanCancel() {
    int[] last = new int[2];
    Progress cancelling =
        new Progress() {
          @Override
          public void advanced(int done, int total) {
            last[0] = done;
            last[1] = total;
          }

          @Override
          public boolean cancelled() {
            return last[0] == 2;
          }
        };
    SampleGrid grid = SampleGrid.ofSeeds(noise.latentSpace(), List.of(), 0, 49);
    assertThatThrownBy(() -> noise.sample(grid, cancelling))
        .isInstanceOf(CancellationException.class);
    assertThat(last).containsExactly(2, 4);
  }

  @Test
  void severalThreadsGetWhatOneThreadGets() throws IOException {
    short[] expected = pictures(noise, List.of(), 5, 1).get(0).samples();
    List<short[]> results =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return pictures(noise, List.of(), 5, 1).get(0).samples();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    assertThat(results).allSatisfy(samples -> assertThat(samples).isEqualTo(expected));
  }

  @Test
  void aSampleOfAnotherSpaceIsRefused() {
    LatentSpace other = noise.latentSpace();
    SampleGrid grid = SampleGrid.ofSeeds(other, List.of(), 0, 1);
    assertThatThrownBy(() -> digits.sample(grid, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("this model makes pictures of 10 numbers, found 16");
  }

  @Test
  void aModelForSomethingElseNamesTheCommandForIt() {
    assertThatThrownBy(() -> ImageSampler.open(TestModels.tiny(2), TestModels.EXACT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a model for generation is needed, found one for super-resolution")
        .hasMessageContaining("use ganvas upscale");
  }

  private static List<Picture> pictures(
      ImageSampler sampler, List<String> labels, long seed, int count) throws IOException {
    SampleGrid grid = SampleGrid.ofSeeds(sampler.latentSpace(), labels, seed, count);
    return sampler.sample(grid, Progress.NONE);
  }

  private static Short[] boxed(Picture picture) {
    return IntStream.range(0, picture.samples().length)
        .mapToObj(i -> picture.samples()[i])
        .toArray(Short[]::new);
  }
}
