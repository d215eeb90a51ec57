package org.ganvas.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.PairOptions;
import org.ganvas.inference.model.CardReplacement;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Task;
import org.ganvas.training.recipe.CardFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ganvas models measure}: figures for the card of a model that is there. */
@Command(
    name = "measure",
    description = {
      "Measures a model and puts the figures onto its card, in place of those that it has of the"
          + " same NAME. The weights stay as they are.",
      "The figures are those of export --measure: of super-resolution PSNR and SSIM on Y, of a"
          + " translator L1, PSNR and SSIM in red, green and blue on 50 squares of the pairs that"
          + " --pair names, of a generator with labels how often it obeys them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class MeasureModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name or .pt file.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NAME=DIR",
      description = "What the pictures are called on the card, and their folder.")
  private Map<String, Path> sets = new LinkedHashMap<>();

  @Mixin private PairOptions pair = new PairOptions();

  @Override
  public Integer call() throws IOException {
    ModelFile model = models.find(name);
    requireUsable(model.card().task());
    CardReplacement.requireWritable(model);
    PrintWriter out = spec.commandLine().getOut();
    List<Measurement> figures = new ArrayList<>();
    for (Map.Entry<String, Path> set : sets.entrySet()) {
      List<Measurement> found = measure(model, set.getKey(), set.getValue());
      if (!models.isJson()) {
        found.forEach(figure -> out.println(CardText.figure(figure)));
      }
      figures.addAll(found);
    }
    ModelFile written = CardReplacement.write(model, model.card().withMeasurements(figures));
    out.println(models.written(written));
    return ExitCode.OK;
  }

  private void requireUsable(Task task) {
    sets.forEach(
        (set, folder) -> {
          if (set.isBlank() || !Files.isDirectory(folder)) {
            throw wrongUsage(
                "NAME=DIR is a name for the card and a folder of pictures, found %s=%s"
                    .formatted(set, folder));
          }
        });
    boolean translates = task == Task.TRANSLATION;
    if (translates && !pair.isChosen()) {
      throw wrongUsage("a translator is measured on pairs; give --pair KIND");
    }
    if (!translates && !pair.given().isEmpty()) {
      throw wrongUsage(
          "%s: for translators only, found a model for %s; leave it out"
              .formatted(String.join(", ", pair.given()), task.word()));
    }
  }

  private List<Measurement> measure(ModelFile model, String set, Path pictures) throws IOException {
    return switch (model.card().task()) {
      case SUPER_RESOLUTION -> CardFigures.ofUpscaler(model, set, pictures);
      case GENERATION -> CardFigures.ofGenerator(model, set, pictures);
      case TRANSLATION ->
          CardFigures.ofTranslator(model, set, pictures, pair.settings(null), pair.framing());
    };
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
