package org.ganvas.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.training.export.ModelExporter;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.script.Program;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendCommandTest {
  @TempDir private Path folder;
  private Path models;
  private Path photo;

  @BeforeEach
  void createTwinsAndAPhoto() throws IOException {
    models = folder.resolve("models");
    write("photo", 1, null);
    write("photo-gan", 2, "photo");
    photo = folder.resolve("p.png");
    BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 72; i++) {
      image.setRGB(i % 9, i / 9, i * 0x030201);
    }
    ImageIO.write(image, "png", photo.toFile());
  }

  @Test
  void aBlendIsAModelLikeAnyOther() throws IOException {
    Path target = folder.resolve("soft.pt");
    CommandRun run = blend("photo", "photo-gan", "--alpha", "0.4", "-o", target);
    assertThat(run).isEqualTo(new CommandRun(0, "wrote " + target + System.lineSeparator(), ""));
    assertThat(ModelFile.read(target).card().name()).isEqualTo("soft");
    assertThat(CommandRun.of("models", "show", target).out())
        .contains("(0.4 of the way from photo)")
        .contains("blend.alpha=0.4");
    byte[] blended = upscaled("-n", target);
    assertThat(blended).isNotEqualTo(upscaled("-n", "photo"));
    assertThat(upscaled("-n", "photo", "--sharpness", "0.4")).isEqualTo(blended);
    assertThat(upscaled("-n", "photo-gan", "--sharpness", "0.4")).isEqualTo(blended);
  }

  @Test
  void whatWasLearnedCanBeGivenToAThirdModel() throws IOException {
    write("photo-new", 3, null);
    Path target = folder.resolve("photo-new-gan.pt");
    assertThat(blend("photo", "photo-gan", "--alpha", "1", "--onto", "photo-new", "-o", target))
        .isEqualTo(new CommandRun(0, "wrote " + target + System.lineSeparator(), ""));
    assertThat(CommandRun.of("models", "show", target).out())
        .contains("(1.0 of what it has learned since photo, on photo-new)");
    assertThat(upscaled("-n", target))
        .isNotEqualTo(upscaled("-n", "photo-new"))
        .isNotEqualTo(upscaled("-n", "photo-gan"));
    Path same = folder.resolve("photo-gan-again.pt");
    blend("photo", "photo-gan", "--alpha", "1", "--onto", "photo", "-o", same);
    assertThat(upscaled("-n", same)).isEqualTo(upscaled("-n", "photo-gan"));
  }

  @Test
  void aBlendCanBeTheSharpTwinOfASharpness() throws IOException {
    Path others = folder.resolve("others");
    CommandRun run =
        blend("photo", "photo-gan", "--alpha", "0.4", "-o", others.resolve("photo-soft.pt"));
    assertThat(run.exitCode()).isZero();
    assertThat(CommandRun.of("models", "show", others.resolve("photo-soft.pt")).out())
        .contains("photo; upscale --sharpness goes between the two");
    Files.delete(models.resolve("photo-gan.pt"));
    Files.move(others.resolve("photo-soft.pt"), models.resolve("photo-soft.pt"));
    byte[] soft = upscaled("-n", "photo-soft");
    assertThat(upscaled("-n", "photo", "--sharpness", "1")).isEqualTo(soft);
    assertThat(upscaled("-n", "photo", "--sharpness", "0.5"))
        .isNotEqualTo(soft)
        .isNotEqualTo(upscaled("-n", "photo"));
  }

  @Test
  void theSharpnessGoesFromOneTwinToTheOther() throws IOException {
    byte[] faithful = upscaled("-n", "photo");
    byte[] sharp = upscaled("-n", "photo-gan");
    assertThat(upscaled("-n", "photo-gan", "--sharpness", "0")).isEqualTo(faithful);
    assertThat(upscaled("-n", "photo", "--sharpness", "1")).isEqualTo(sharp).isNotEqualTo(faithful);
  }

  @Test
  void aSharpnessWithoutAModelTakesOneThatHasATwin() throws IOException {
    write("photo-restore-x4", 3, null);
    assertThat(upscaled()).as("without one").isEqualTo(upscaled("-n", "photo-restore-x4"));
    assertThat(upscaled("--sharpness", "0")).isEqualTo(upscaled("-n", "photo"));
    assertThat(upscaled("--sharpness", "0.5"))
        .isEqualTo(upscaled("-n", "photo", "--sharpness", "0.5"));
    assertThat(upscaled("--sharpness", "1", "-s", "2"))
        .isEqualTo(upscaled("-n", "photo-gan", "-s", "2"));
  }

  @Test
  void aSharpnessWithoutATwinOrOutOfRangeIsRefused() {
    CommandRun lonely =
        CommandRun.upscale("-n", "tiny-x2", "--sharpness", "0.5", photo, "-o", folder);
    assertThat(lonely.exitCode()).isEqualTo(1);
    assertThat(lonely.err()).contains("needs a model with a sharp twin, found none for tiny-x2");
    CommandRun any = CommandRun.upscale("--sharpness", "0.5", photo, "-o", folder);
    assertThat(any.exitCode()).isEqualTo(1);
    assertThat(any.err()).contains("needs a model with a sharp twin, found none in ");
    CommandRun wrong = CommandRun.upscale("--sharpness", "1.5", photo);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("sharpness is 0 to 1, found 1.5");
  }

  @Test
  void wrongUsageIsToldInOneLine() throws IOException {
    Path target = Files.createFile(folder.resolve("there.pt"));
    assertRefused(2, "exists already", blend("photo", "photo-gan", "--alpha", ".5", "-o", target));
    assertRefused(
        2,
        "alpha is 0 to 1, found 7.0",
        blend("photo", "photo-gan", "--alpha", "7", "--name", "x"));
    assertRefused(
        2,
        "one name and shape in all three models, found 0 of ",
        blend(
            "photo",
            "photo-gan",
            "--alpha",
            "1",
            "--onto",
            CommandRun.MODELS.resolve("tiny-paint.pt"),
            "--name",
            "x"));
    assertRefused(2, "give --name or -o", blend("photo", "photo-gan", "--alpha", "0.5"));
    assertRefused(
        2, "a name has no folder", blend("photo", "photo-gan", "--alpha", "0.5", "--name", "../x"));
    Path file = folder.resolve("x.pt");
    assertRefused(
        2,
        "a name has no folder",
        blend("photo", "photo-gan", "--alpha", ".5", "--name", "../x", "-o", file));
    assertRefused(
        2,
        "found the folder " + models,
        blend("photo", "photo-gan", "--alpha", ".5", "-o", models, "--overwrite"));
    assertRefused(
        2,
        "give --name or -o",
        blend("photo", "photo-gan", "--alpha", ".5", "-o", folder.getRoot(), "--overwrite"));
    assertRefused(
        2, "unknown model nobody", blend("photo", "nobody", "--alpha", "0.5", "--name", "x"));
    Path tiny = CommandRun.MODELS.resolve("tiny-x2.pt");
    assertRefused(
        1,
        "two models of one network",
        blend("photo", tiny, "--alpha", "0.5", "-o", folder.resolve("x.pt")));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(models, photo, target);
    }
  }

  private static void assertRefused(int exitCode, String reason, CommandRun run) {
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(reason);
  }

  private CommandRun blend(Object... arguments) {
    Stream<Object> fixed = Stream.of("blend", "--models", models);
    return CommandRun.of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }

  private byte[] upscaled(Object... arguments) throws IOException {
    Path result = folder.resolve("result.png");
    Stream<Object> fixed =
        Stream.of("upscale", "--models", models, "--precision", "float32", "--overwrite");
    Stream<Object> files = Stream.of(photo, "-o", result);
    CommandRun run =
        CommandRun.of(Stream.concat(Stream.concat(fixed, files), Stream.of(arguments)).toArray());
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    return Files.readAllBytes(result);
  }

  private void write(String name, long seed, @Nullable String sharpens) throws IOException {
    ModelCard tiny = ModelFile.read(CommandRun.MODELS.resolve("tiny-x4.pt")).card();
    CompactSr network = new CompactSr(4, 1, 4);
    NetworkFacts like = tiny.network();
    NetworkFacts facts =
        new NetworkFacts(
            "compact-sr",
            network.options(),
            like.inputChannels(),
            like.outputChannels(),
            like.scale(),
            like.sizeMultiple(),
            like.margin(),
            like.statistics(),
            network.program().trainedNumbers(),
            like.multiplyAddsPerOutputPixel(),
            network.fastLayout());
    ModelCard card =
        new ModelCard(
            name,
            "For tests.",
            tiny.task(),
            facts,
            null,
            null,
            sharpens,
            tiny.provenance(),
            List.of(),
            "");
    Program program = network.program();
    ModelExporter.export(program, program.initialize(seed), card, models.resolve(name + ".pt"));
  }
}
