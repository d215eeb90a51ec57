package org.ganvas.cli.generate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.console.Interruption;
import org.ganvas.cli.console.ProgressLine;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.console.Watched;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.SampleGrid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas generate}: seeds in, pictures out. */
@Command(
    name = "generate",
    description = {
      "Makes pictures out of noise.",
      "The noise is named by a seed: the same seed gives the same picture every time."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage, or a file exists"})
public final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      required = true,
      description = "A model's name (see ganvas models) or .pt file.")
  private String model = "";

  @Mixin private SampleOptions samples = new SampleOptions();

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      description =
          "Write all pictures as one: .png, .jpg, .tif or .webp. Default, without -o: a .png named"
              + " after the model and the seeds, in this folder.")
  private @Nullable Path grid;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write each picture as a .png into this folder.")
  private @Nullable Path folder;

  @Option(
      names = "--overwrite",
      description = "Replace files that exist; else nothing is generated.")
  private boolean overwrite;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(names = "--json", description = "Print one line of JSON per file.")
  private boolean json;

  @Mixin private ModelsOption models = new ModelsOption();

  @Override
  public Integer call() throws IOException {
    ModelFile file = models.catalogue().find(model);
    try (Interruption interruption = new Interruption(spec.commandLine().getErr());
        ImageSampler sampler = ImageSampler.open(file, compute.choice())) {
      return generate(sampler, interruption::requested);
    } catch (CancellationException e) {
      return ExitCode.SOFTWARE;
    }
  }

  private int generate(ImageSampler sampler, BooleanSupplier stop) throws IOException {
    long start = System.nanoTime();
    GeneratedFiles files;
    SampleGrid wanted;
    try {
      wanted = samples.grid(sampler.latentSpace());
      files = files(wanted, sampler.card().name());
      files.check();
    } catch (IllegalArgumentException | ImageRefusedException | FileAlreadyExistsException e) {
      throw new ParameterException(spec.commandLine(), Failures.message(e), e);
    }
    ProgressLine line = new ProgressLine(spec.commandLine().getErr());
    boolean watched = Terminal.isAttached() && !quiet && !json;
    Progress shown = watched ? line.begin(sampler.card().name()) : Progress.NONE;
    List<Picture> pictures;
    try {
      pictures = sampler.sample(wanted, new Watched(shown, stop));
    } finally {
      line.clear();
    }
    List<GeneratedFiles.Written> written = files.write(pictures);
    double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
    GenerateReport report = new GenerateReport(sampler.card().name(), sampler.method(), seconds);
    PrintWriter out = spec.commandLine().getOut();
    if (json || !quiet) {
      written.forEach(file -> out.println(json ? report.json(file) : report.text(file)));
    }
    out.flush();
    return ExitCode.OK;
  }

  private GeneratedFiles files(SampleGrid wanted, String name) throws ImageRefusedException {
    GeneratedFiles files = new GeneratedFiles(wanted, overwrite ? IfExists.REPLACE : IfExists.FAIL);
    if (folder != null) {
      files.addSingles(folder, name);
    }
    if (grid != null) {
      OutputFormat.ofName(grid);
      files.addGrid(grid);
    } else if (folder == null) {
      files.addNewGrid(name, samples.title());
    }
    return files;
  }
}
