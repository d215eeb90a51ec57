package org.ganvas.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.cli.console.Terminal;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.model.CardReplacement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCardJson;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.export.ModelRenewal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ganvas models}: which models there are. */
@Command(
    name = "models",
    description = {
      "Lists the models; \"models show NAME\" prints what one says about itself, \"models measure\""
          + " puts figures there and \"models describe\" another description, \"models renew\" brings"
          + " one up to this version."
    },
    subcommands = MeasureModelCommand.class,
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      converter = Converters.ModelsFolder.class,
      scope = ScopeType.INHERIT,
      description = "A folder of models to look in first.")
  private @Nullable Path models;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the cards as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ModelCatalogue.Listing listing = ModelsOption.catalogue(models).list();
    if (json) {
      List<String> cards =
          listing.models().values().stream().map(m -> ModelCardJson.write(m.card())).toList();
      out.println("[" + String.join(",\n", cards) + "]");
    } else if (listing.models().isEmpty()) {
      out.println("there are no models in " + ModelsOption.catalogue(models).places());
    } else {
      print(listing, out);
    }
    PrintWriter err = spec.commandLine().getErr();
    listing.damaged().forEach(e -> Terminal.tell(err, "ganvas models: " + e.getMessage()));
    return listing.damaged().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  @Command(
      name = "show",
      description = "Prints what a model says about itself.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "NAME", description = "A model's name or .pt file.") String name)
      throws ModelException {
    PrintWriter out = spec.commandLine().getOut();
    ModelFile model = find(name);
    out.println(json ? ModelCardJson.write(model.card()) : CardText.of(model));
    return ExitCode.OK;
  }

  @Command(
      name = "renew",
      description =
          "Writes the programs of models anew, so that those of an older version can compute in all"
              + " the ways of this one. Weights and cards stay; with --option the cards change, and"
              + " their figures have to be measured again.",
      mixinStandardHelpOptions = true)
  int renew(
      @Parameters(paramLabel = "NAME", arity = "1..*", description = "Models' names or .pt files.")
          List<String> names,
      @Option(
              names = "--option",
              paramLabel = "KEY=VALUE",
              description =
                  "An option of the networks that changes, such as backProjection=true; may be"
                      + " repeated.")
          @Nullable Map<String, String> options)
      throws IOException {
    for (String name : names) {
      ModelFile renewed = ModelRenewal.renew(find(name), options == null ? Map.of() : options);
      spec.commandLine().getOut().println(written(renewed));
    }
    return ExitCode.OK;
  }

  @Command(
      name = "describe",
      description =
          "Puts another description onto a model's card: one sentence for people who choose a"
              + " model. The weights stay as they are.",
      mixinStandardHelpOptions = true)
  int describe(
      @Parameters(index = "0", paramLabel = "NAME", description = "A model's name or .pt file.")
          String name,
      @Parameters(index = "1", paramLabel = "SENTENCE", description = "What the model does.")
          String sentence)
      throws IOException {
    ModelFile model = find(name);
    ModelFile described = CardReplacement.write(model, described(model.card(), sentence));
    spec.commandLine().getOut().println(written(described));
    return ExitCode.OK;
  }

  private ModelCard described(ModelCard card, String sentence) {
    try {
      return card.withDescription(sentence);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.subcommands().get("describe"), e.getMessage(), e);
    }
  }

  /** What is told of a model that was written: where, or to programs its card. */
  String written(ModelFile model) {
    return json ? ModelCardJson.write(model.card()) : "wrote " + model.path();
  }

  /** The model called so, in the folder that was named or the standard ones. */
  ModelFile find(String name) throws ModelException {
    return ModelsOption.catalogue(models).find(name);
  }

  /** Whether cards are printed for programs. */
  boolean isJson() {
    return json;
  }

  private static void print(ModelCatalogue.Listing listing, PrintWriter out) {
    int widest = listing.models().keySet().stream().mapToInt(String::length).max().orElse(0);
    String format = "%-" + Math.max(widest, 4) + "s  %-16s  %5s  %8s  %s";
    out.println(format.formatted("NAME", "TASK", "SCALE", "SIZE", "DESCRIPTION"));
    listing
        .models()
        .forEach(
            (name, model) ->
                out.println(
                    format.formatted(
                        name,
                        CardText.task(model.card()),
                        CardText.scale(model.card()),
                        CardText.bytes(size(model)),
                        model.card().description())));
  }

  private static long size(ModelFile model) {
    try {
      return Files.size(model.path());
    } catch (IOException e) {
      return 0; // deleted since it was listed
    }
  }
}
