package org.ganvas.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.ganvas.cli.Ganvas;
import org.ganvas.cli.benchmark.ColdStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ganvas train} and {@code ganvas export}, with a network that learns in a blink. */
class TrainCommandTest {
  /** Of util-linux: limits the size of the files that a process may write. */
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void drawPhotos() throws IOException {
    photos = Files.createDirectories(folder.resolve("Föto s").resolve("nested"));
    Random random = new Random(5);
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(90 + i, 80, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          image.setRGB(x, y, (x * 2) << 16 | (y * 3) << 8 | random.nextInt(60));
        }
      }
      ImageIO.write(image, "png", photos.resolve("photo " + i + ".png").toFile());
    }
    Files.writeString(photos.resolve("broken.jpg"), "no picture");
    model = folder.resolve("out").resolve("tiny.pt");
  }

  @Test
  void trainsWritesAModelThatUpscaleRunsAndListsWhatItSkipped() throws IOException {
    Files.move(photos.resolve("broken.jpg"), photos.resolve("bro\u001b[2Jken.jpg"));
    CommandRun run = CommandRun.of(train("--steps", "60", "--validation", photos));
    assertThat(run.exitCode()).as(run.err()).isZero();
    String broken = "skipped " + photos.resolve("bro?[2Jken.jpg") + ": ";
    assertThat(run.err()).contains("3 photos, 1 skipped", "step 50/60", "steps/s");
    assertThat(run.err().lines()).anyMatch(line -> line.startsWith(broken));
    assertThat(run.err().lines()).anyMatch(line -> line.startsWith("validation: " + broken));
    assertThat(run.err()).contains("validation after step 60: PSNR-Y", "wrote " + model);
    Path result = folder.resolve("result.png");
    CommandRun upscaled =
        CommandRun.upscale("-n", model, photos.resolve("photo 0.png"), "-o", result);
    assertThat(upscaled.exitCode()).as(upscaled.err()).isZero();
    assertThat(ImageIO.read(result.toFile()).getWidth()).isEqualTo(180);
    assertThat(CommandRun.of("models", "show", model).out()).contains("60 steps");
  }

  /** What it says from then on, until it has ended. */
  private static List<String> stopAfterStep50(Process process) throws Exception {
    try (BufferedReader said = process.errorReader()) {
      awaitStep50(said);
      process.toHandle().destroy(); // unlike Process.destroy(), leaves the stream open
      List<String> last = said.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return last;
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which has no SIGTERM
  void sigtermLeavesACheckpointThatResumeContinuesFrom() throws Exception {
    Process process = start(train("--steps", "1000000"));
    List<String> last = stopAfterStep50(process);
    long stopped = newestCheckpoint();
    assertThat(stopped).isGreaterThanOrEqualTo(50);
    assertThat(last)
        .last()
        .isEqualTo("stopped after step %d; continue with --resume".formatted(stopped));
    String steps = Long.toString(stopped + 10);
    CommandRun resumed = CommandRun.of(train("--resume", "--steps", steps));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("continuing after step " + stopped);
    assertThat(newestCheckpoint()).isEqualTo(stopped + 10);
    Path exported = folder.resolve("again.pt");
    CommandRun export =
        CommandRun.of("export", folder.resolve("runs").resolve("tiny"), "-o", exported);
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(exported).hasSameBinaryContentAs(model);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which has no SIGTERM
  void sigtermDuringTheLastValidationLeavesTheModel() throws Exception {
    Path held = Files.createDirectory(folder.resolve("held out"));
    for (int i = 0; i < 12; i++) {
      Files.copy(photos.resolve("photo 0.png"), held.resolve(i + ".png"));
    }
    Process process = start(train("--steps", "50", "--validation", held));
    List<String> last = stopAfterStep50(process);
    assertThat(last).last().isEqualTo("wrote " + model);
    assertThat(CommandRun.of("models", "show", model).out()).contains("50 steps");
  }

  /** As on a full disk, a file cannot grow any more in the middle of being written. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aCheckpointWithoutRoomStopsTheRunWithTheEarlierOnesIntact() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT));
    Process process = start(train("--steps", "1000000", "--set", "intervals.checkpoint=20"));
    List<String> last;
    try (BufferedReader said = process.errorReader()) {
      awaitStep50(said);
      long size = Files.size(checkpoint(newestCheckpoint()).resolve("tensors.safetensors"));
      String limit = "--fsize=" + size / 2;
      new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(process.pid()), limit)
          .start()
          .waitFor();
      last = said.lines().filter(line -> !line.startsWith("step ")).toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(last)
        .singleElement()
        .asString()
        .contains("the checkpoint of step ", "needs room in", "too large", "--resume");
    long whole = newestCheckpoint();
    String steps = Long.toString(whole + 2);
    CommandRun resumed = CommandRun.of(train("--resume", "--steps", steps));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("continuing after step " + whole)
        .doesNotContain("damaged", "unfinished");
  }

  @Test
  void trainsAModelAgainstAPatchDiscriminator() throws IOException {
    assertThat(CommandRun.of(train("--steps", "1")).exitCode()).isZero();
    Path sharp = folder.resolve("out").resolve("sharp.pt");
    CommandRun run =
        srGan("-o", sharp, "--steps", 2, "--set", "settings.adversary.warmUp=1", "--seed", 3);
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path folderOfRun = folder.resolve("runs").resolve("sharp");
    assertThat(folderOfRun.resolve("log.jsonl"))
        .content()
        .contains("discriminatorLoss", "adversarialLoss", "perceptualLoss", "\"step\":2");
    Path tensors = folderOfRun.resolve("checkpoints/step-000000002/tensors.safetensors");
    assertThat(Files.readString(tensors, StandardCharsets.ISO_8859_1))
        .as("the patch discriminator's name for its first layer")
        .contains("\"discriminator/model.0.weight\"");
    assertThat(CommandRun.of("models", "show", sharp).out())
        .contains("tiny; upscale --sharpness goes between the two");
    Path result = folder.resolve("result.png");
    CommandRun upscaled =
        CommandRun.upscale("-n", sharp, photos.resolve("photo 0.png"), "-o", result);
    assertThat(upscaled.exitCode()).as(upscaled.err()).isZero();
  }

  @Test
  void aPenaltyThatDoesNotGoWithTheDiscriminatorIsWrongUsage() {
    CommandRun run = srGan("--steps", 2, "--set", "settings.adversary.penalty.kind=R1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("settings.discriminator.normalization is layer, instance or none, found batch")
        .doesNotContain("\tat ");
  }

  private CommandRun srGan(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "srgan", "--name", "sharp"));
    arguments.addAll(List.of("--runs", folder.resolve("runs"), "--data", photos.getParent()));
    arguments.addAll(List.of("--generator", model, "--discriminator", "patch", "--crop", 12));
    arguments.addAll(List.of("--batch", 2, "--precision", "float32"));
    arguments.addAll(List.of("--set", "settings.discriminator.channels=4"));
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void aRunOfTheSameNameIsNotBegunAgainAndAModelIsNotReplaced() throws IOException {
    assertThat(CommandRun.of(train("--steps", "1")).exitCode()).isZero();
    CommandRun again = CommandRun.of(train("--steps", "1"));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("--resume");
    CommandRun other = CommandRun.of(train("--steps", "1", "--runs", folder.resolve("others")));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("a new run replaces no model");
  }

  @Test
  void aRunIsNotContinuedToAStepThatItHasPassed() throws IOException {
    assertThat(CommandRun.of(train("--steps", "3")).exitCode()).isZero();
    CommandRun shorter = CommandRun.of(train("--resume", "--steps", "2"));
    assertThat(shorter.exitCode()).isEqualTo(2);
    assertThat(shorter.err()).contains("found 2 after step 3; give more --steps");
    assertThat(CommandRun.of(train("--resume", "--steps", "3")).exitCode()).isZero();
  }

  @Test
  void whatARunIsContinuedWithOtherwiseIsToldAndItsStartIsNotAccepted() throws IOException {
    assertThat(CommandRun.of(train("--steps", "3")).exitCode()).isZero();
    CommandRun same = CommandRun.of(train("--resume", "--steps", "3"));
    assertThat(same.err()).doesNotContain("from step");
    CommandRun other = CommandRun.of(train("--resume", "--steps", "4", "--lr", "0.02"));
    assertThat(other.exitCode()).as(other.err()).isZero();
    String told = "from step 4 on networks.generator.learningRate is 0.02, it was 5.0E-4";
    assertThat(other.err()).contains(told, "from step 4 on optimization.steps is 4, it was 3");
    assertThat(folder.resolve("runs/tiny/report.html")).content().contains(told);
    CommandRun start = CommandRun.of(train("--resume", "--steps", "5", "--start-from", model));
    assertThat(start.exitCode()).isEqualTo(2);
    assertThat(start.err())
        .contains("a run that is continued has settings.startFrom as it began, null, found \"")
        .contains("begin another run with --name");
  }

  @Test
  void anExportReplacesAModelOnlyIfAsked() throws IOException {
    CommandRun.of(train("--steps", "1"));
    Files.writeString(model, "mine");
    Path run = folder.resolve("runs").resolve("tiny");
    CommandRun refused = CommandRun.of("export", run, "-o", model);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(model + " exists already; give --overwrite to replace it");
    assertThat(model).hasContent("mine");
    assertThat(CommandRun.of("export", run, "-o", model, "--overwrite").exitCode()).isZero();
    assertThat(CommandRun.of("models", "show", model).exitCode()).isZero();
  }

  @Test
  void theFastestLayoutIsMeasuredOnceAndKept() throws IOException {
    CommandRun run = CommandRun.of(train("--steps", "1", "--fastest-layouts"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("generator: CHANNELS_(FIRST|LAST)");
    Path plan = folder.resolve("runs").resolve("tiny").resolve("plan.json");
    assertThat(Files.readString(plan)).containsPattern("\"layout\": \"CHANNELS_(FIRST|LAST)\"");
    CommandRun resumed = CommandRun.of(train("--steps", "2", "--resume", "--fastest-layouts"));
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains("leave --fastest-layouts out");
  }

  @Test
  void onlyARunThatWasBegunIsResumed() {
    CommandRun run = CommandRun.of(train("--steps", "1", "--resume"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--resume continues a run, found none in", "leave it out");
  }

  @ParameterizedTest
  @CsvSource({
    "--architecture, unet, compact-sr",
    "--scale, 99, network.scale is 1 to 8",
    "--batch, 0, data.batch",
    "--precision, float16, precision",
    "--device, tpu, auto",
  })
  void wrongUsageIsOneLineAndExitCodeTwo(String option, String value, String told) {
    CommandRun run = CommandRun.of(train("--steps", "1", option, value));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(told).doesNotContain("\tat ");
  }

  @Test
  void aPlanThatIsNoTextFileIsNamed() throws IOException {
    Path picture = photos.resolve("photo 0.png");
    CommandRun run = CommandRun.of(train("--steps", "1", "--plan", picture));
    assertThat(run.err()).contains("a plan is JSON in UTF-8, found other bytes in " + picture);
    run = CommandRun.of(train("--steps", "1", "--plan", photos));
    assertThat(run.err()).contains("a plan is a JSON file, found a folder at " + photos);
    Path broken = Files.writeString(folder.resolve("plan.json"), "{\"data\": {\n \"batch\" 4}}");
    run = CommandRun.of(train("--steps", "1", "--plan", broken));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(broken + ": a plan is a JSON object, found something else at line 2 column ")
        .contains("; correct that");
  }

  private Object[] train(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", "super-resolution", "--name", "tiny", "-o", model));
    arguments.addAll(List.of("--runs", folder.resolve("runs"), "--data", photos.getParent()));
    arguments.addAll(List.of("--channels", 4, "--blocks", 1, "--crop", 16, "--batch", 2));
    arguments.addAll(List.of("--precision", "float32"));
    if (!Arrays.asList(more).contains("--scale")) {
      arguments.addAll(List.of("--scale", 2));
    }
    // What comes later goes before what came earlier.
    Arrays.stream(more)
        .filter(option -> option.toString().startsWith("--"))
        .map(arguments::indexOf)
        .filter(index -> index >= 0)
        .forEach(index -> arguments.subList(index, index + 2).clear());
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(ColdStart.ownCommand(Ganvas.class));
    command.removeIf(option -> option.startsWith("-javaagent"));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void awaitStep50(BufferedReader said) throws IOException {
    String line = said.readLine();
    while (line != null && !line.startsWith("step 50/")) {
      line = said.readLine();
    }
    assertThat(line).startsWith("step 50/");
  }

  private Path checkpoint(long step) {
    return checkpoints().resolve("step-%09d".formatted(step));
  }

  private Path checkpoints() {
    return folder.resolve("runs").resolve("tiny").resolve("checkpoints");
  }

  private long newestCheckpoint() throws IOException {
    try (Stream<Path> entries = Files.list(checkpoints())) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
          .max()
          .orElseThrow();
    }
  }
}
