package org.ganvas.cli.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.cli.console.Failures;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.data.DegradationSheet;
import org.ganvas.training.data.DegradationStrength;
import org.ganvas.training.data.PhotoDegradation;
import org.ganvas.training.data.PhotoReader;
import org.ganvas.training.data.RgbPhoto;
import org.ganvas.training.data.UnreadablePhotoException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas degrade}: what training with {@code --degradation photo} makes of a photo. */
@Command(
    name = "degrade",
    description =
        "Draws twenty small pictures that training with --degradation photo makes of a photo.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage, or the sheet exists"})
public final class DegradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A photo; its middle is shown.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "SHEET",
      description =
          "The file to write: .png, .jpg, .tif or .webp. Default: the photo's name with"
              + " -degraded.png.")
  private @Nullable Path output;

  @Option(
      names = {"-s", "--scale"},
      paramLabel = "1-8",
      defaultValue = "4",
      description = "How many times smaller. Default: ${DEFAULT-VALUE}.")
  private int scale;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another number gives other pictures. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--overwrite", description = "Replace the sheet if it exists.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (scale < 1 || scale > 8) {
      throw wrongUsage("a scale is 1 to 8, found " + scale);
    }
    RgbPhoto photo = read();
    Path target = target();
    OutputFormat format = format(target);
    Picture sheet;
    try {
      PhotoDegradation degradation = new PhotoDegradation(DegradationStrength.WEB);
      sheet = DegradationSheet.of(photo, degradation, scale, seed);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
    IfExists ifExists = overwrite ? IfExists.REPLACE : IfExists.FAIL;
    new ImageEncoder().write(sheet, PhotoMetadata.NONE, format, target, ifExists);
    spec.commandLine().getOut().println("wrote " + target);
    return ExitCode.OK;
  }

  private RgbPhoto read() throws IOException {
    try {
      PhotoReader.header(file);
      return PhotoReader.decode(Files.readAllBytes(file));
    } catch (UnreadablePhotoException e) {
      throw new IOException("%s: %s".formatted(file, e.reason()), e);
    }
  }

  /** Refuses a target before anything is drawn. */
  private OutputFormat format(Path target) throws IOException {
    if (Files.exists(target) && Files.isSameFile(target, file)) {
      throw wrongUsage("a sheet must not replace its photo, found %s; use -o".formatted(target));
    }
    if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw wrongUsage(Failures.message(new FileAlreadyExistsException(target.toString())));
    }
    try {
      return OutputFormat.ofName(target);
    } catch (ImageRefusedException e) {
      throw wrongUsage(Failures.message(e));
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Path target() {
    if (output != null) {
      return output;
    }
    return file.resolveSibling(ImageFormat.stem(file) + "-degraded.png");
  }
}
