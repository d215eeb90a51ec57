package org.ganvas.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.training.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas report}: a run on one page. */
@Command(
    name = "report",
    description =
        "Writes report.html into a run's folder: curves, samples, timings, warnings, the plan.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, such as runs/photo-x4.")
  private Path run = Path.of("");

  @Override
  public Integer call() throws IOException {
    Path report = new RunFolder(run).writeReport();
    spec.commandLine().getOut().println("wrote " + report);
    return ExitCode.OK;
  }
}
