package org.ganvas.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkTrainingCommandTest {
  private static final List<String> WAYS =
      Stream.concat(BenchmarkCommandTest.WAYS.stream(), Stream.of("fastest_of_each_network"))
          .toList();

  @TempDir private Path photos;

  @BeforeEach
  void drawPhoto() throws IOException {
    BufferedImage image = new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 50; i++) {
      image.setRGB(i, i, 0x30A0F0);
    }
    ImageIO.write(image, "png", photos.resolve("photo.png").toFile());
  }

  private CommandRun pix2Pix(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("benchmark-training", "pix2pix"));
    arguments.addAll(List.of("--data", photos, "--pair", "colorize", "--load", 24, "--crop", 16));
    arguments.addAll(List.of("--generator", "resnet-6", "--channels", 2, "--patch", 16));
    arguments.addAll(List.of("--set", "settings.networks.discriminator.channels=4"));
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void wholeStepsAndTheirPartsAreMeasuredInEveryWayAndNothingIsWritten() throws IOException {
    CommandRun run = pix2Pix("--batch", 2, "--repeats", 2, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("1 photos, 0 skipped");
    assertThat(WAYS).allSatisfy(way -> assertThat(run.err()).contains("measuring " + way));
    JsonObject steps = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("steps");
    assertThat(steps.keySet()).containsExactlyElementsOf(WAYS);
    double plain = median(steps, "float32_channels_first");
    for (String way : WAYS) {
      JsonObject figures = steps.getAsJsonObject(way);
      assertThat(figures.get("timesPlain").getAsDouble()).isEqualTo(plain / median(steps, way));
      assertThat(figures.get("waitingShare").getAsDouble()).isBetween(0.0, 1.0);
      JsonObject parts = figures.getAsJsonObject("millisecondsOf");
      assertThat(parts.keySet()).containsExactly("discriminator", "generator", "the rest");
      double sum = parts.entrySet().stream().mapToDouble(p -> p.getValue().getAsDouble()).sum();
      assertThat(sum).isCloseTo(median(steps, way), within(1e-6));
    }
    assertThat(Path.of("runs")).doesNotExist();
    try (Stream<Path> files = Files.list(photos)) {
      assertThat(files).containsExactly(photos.resolve("photo.png"));
    }
  }

  private static double median(JsonObject steps, String way) {
    JsonObject milliseconds = steps.getAsJsonObject(way).getAsJsonObject("milliseconds");
    double median = milliseconds.get("median").getAsDouble();
    assertThat(median)
        .isPositive()
        .isBetween(milliseconds.get("min").getAsDouble(), milliseconds.get("max").getAsDouble());
    return median;
  }

  @Test
  void printsTablesForPeople() {
    CommandRun run = pix2Pix("--batch", 2, "--repeats", 1);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("a step of pix2pix, batches of 2")
        .contains(" 1.0 times the plain way")
        .containsPattern(" discriminator +generator +the rest")
        .containsPattern(" 3 passes +1 pass\\R")
        .containsPattern("The fastest of each network:\\R  discriminator: \\w+_channels_\\w+\\R");
    assertThat(run.out().lines().filter(line -> line.startsWith("  float32_channels_first")))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--repeats, 0, --repeats is at least 1",
    "--batch, 0, data.batch is 1 to 1024",
    "--device, tpu, a device is auto",
    "--set, settings.nonsense=1, settings.nonsense",
    "--set, method=srgan, the plan's method is srgan",
    "--set, data.folders=[], --data",
    "--name, x, Unknown option",
  })
  void wrongUsageIsTold(String option, String value, String told) {
    CommandRun run = pix2Pix(option, value);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).contains(told);
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    CommandRun run = pix2Pix("--device", "gpu:99");
    assertThat(run.exitCode()).as(run.out()).isNotZero();
    assertThat(run.err()).contains("there is no GPU 99 that libtorch can use");
  }

  @Test
  void aMethodThatNobodyKnowsIsWrongUsage() {
    assertThat(CommandRun.of("benchmark-training", "wgan").exitCode()).isEqualTo(2);
  }
}
