package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ganvas.cli.benchmark.ColdStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
  void theHelpSaysOfEachCommandInAWholeSentenceWhatItDoes() {
    for (CommandLine command : Ganvas.commandLine().getSubcommands().values()) {
      String shown = command.getCommandSpec().usageMessage().description()[0];
      assertThat(shown).as(command.getCommandName()).endsWith(".");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "upscale -V", "models show -V", "train srgan -V"})
  void eachCommandSaysItsVersionAsItsHelpPromises(String words) {
    CommandRun run = CommandRun.of((Object[]) words.split(" "));
    assertThat(run.out()).startsWith("ganvas ");
    assertThat(run.exitCode()).isZero();
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

  @Test
  void theNameOfAFileThatFailsMovesNoCursor() {
    CommandRun run = CommandRun.of("degrade", "a\u001b[2Jb.png");
    assertThat(run.err()).startsWith("ganvas degrade: a?[2Jb.png: ");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBePrintedIsToldAndNoSuccess() throws Exception {
    List<String> command = new ArrayList<>(ColdStart.ownCommand(Ganvas.class));
    command.removeIf(option -> option.startsWith("-javaagent"));
    command.add("--version");
    Process process = new ProcessBuilder(command).redirectOutput(new File("/dev/full")).start();
    try (BufferedReader said = process.errorReader()) {
      assertThat(said.lines()).singleElement().asString().contains("found it closed or full");
    }
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upscale _",
        "upscale a.png -o _",
        "translate -n tiny-paint _ a.png",
        "generate -n tiny-noise --grid _",
        "train super-resolution --name tiny --data _",
        "train super-resolution --name tiny --data . --plan _",
        "export _",
        "export runs --measure held-out=_"
      })
  void anEmptyPathIsWrongUsageAndNotTheWorkingFolder(String words) {
    Object[] arguments = Stream.of(words.split(" ")).map(w -> w.replace("_", "")).toArray();
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("a path names a file or a folder, found an empty text; give its name");
  }
}
