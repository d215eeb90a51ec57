package org.ganvas.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.cli.CommandRun;
import org.ganvas.cli.Ganvas;
import org.ganvas.inference.model.Processor;
import org.junit.jupiter.api.Test;

class BenchmarkCommandTest {
  /** What is compared on this machine's processor. */
  static final List<String> WAYS =
      Processor.ofThisMachine().computesBfloat16()
          ? List.of(
              "float32_channels_first",
              "float32_channels_last",
              "bfloat16_channels_first",
              "bfloat16_channels_last")
          : List.of("float32_channels_first", "float32_channels_last");

  private static final Path MODEL = CommandRun.MODELS.resolve("tiny-x2.pt");

  @Test
  void measuresEveryLayoutInEachPrecisionThatTheProcessorHas() {
    CommandRun run =
        CommandRun.of("benchmark", "-n", MODEL, "--repeats", 2, "--no-start", "--json");
    assertThat(run.exitCode()).isZero();
    JsonObject model = JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
    JsonObject rates = model.getAsJsonObject("outputMegapixelsPerSecond");
    assertThat(rates.keySet()).containsExactlyElementsOf(WAYS);
    JsonObject rate = rates.getAsJsonObject("float32_channels_first");
    assertThat(rate.get("median").getAsDouble())
        .isPositive()
        .isBetween(rate.get("min").getAsDouble(), rate.get("max").getAsDouble());
  }

  @Test
  void printsATableForPeople() {
    CommandRun run = CommandRun.of("benchmark", "-n", MODEL, "--repeats", 1, "--no-start");
    assertThat(run.out()).contains("tiny-x2").contains("1.0 times the plain way");
  }

  @Test
  void aWholeRunIsMeasuredInAProcessOfItsOwn() throws IOException {
    ColdStart start =
        ColdStart.measure(ColdStart.ownCommand(Ganvas.class), List.of("-n", MODEL.toString()), 1);
    assertThat(start.seconds().median()).isBetween(0.2, 60.0);
    if (Path.of("/proc/self/status").toFile().exists()) {
      assertThat(start.peakBytes().orElseThrow()).isBetween(50_000_000L, 3_000_000_000L);
    }
  }

  @Test
  void aRunThatFailsIsNotMeasured() {
    assertThatThrownBy(
            () ->
                ColdStart.measure(
                    ColdStart.ownCommand(Ganvas.class), List.of("-n", "no-such-model"), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown model");
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleOnes() {
    assertThat(Spread.of(4, 1, 2, 9)).isEqualTo(new Spread(3, 1, 9));
    assertThat(Spread.of(5)).isEqualTo(new Spread(5, 5, 5));
    assertThat(List.of(Spread.of(3, 1, 2))).containsExactly(new Spread(2, 1, 3));
  }

  @Test
  void noRepeatsAreWrongUsage() {
    assertThat(CommandRun.of("benchmark", "--repeats", 0).exitCode()).isEqualTo(2);
  }
}
