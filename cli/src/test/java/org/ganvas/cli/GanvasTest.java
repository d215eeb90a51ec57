package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GanvasTest {
  @Test
  void theHelpListsAllCommands() {
    CommandRun help = CommandRun.of("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .containsSubsequence("\n  upscale ", "\n  train ", "\n  evaluate ", "\n  blend ");
    assertThat(Ganvas.commandLine().getSubcommands()).hasSize(16);
  }

  @Test
  void aCommandIsReadWithoutTheOthers() {
    assertThat(Ganvas.commandLine("upscale", "--help").getSubcommands())
        .containsOnlyKeys("upscale");
    assertThat(Ganvas.commandLine("train", "srgan").getSubcommands().get("train").getSubcommands())
        .containsKeys("super-resolution", "srgan", "pix2pix", "cyclegan", "dcgan");
  }

  @Test
  void anUnknownCommandIsAnsweredWithThoseThatAreLikeIt() {
    CommandRun run = CommandRun.of("upscal", "photo.jpg");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Unmatched arguments").contains("Did you mean: ganvas upscale");
  }

  @Test
  void noCommandAtAllIsWrongUsage() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand").contains("see ganvas --help");
  }
}
