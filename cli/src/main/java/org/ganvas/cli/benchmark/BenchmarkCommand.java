package org.ganvas.cli.benchmark;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.ganvas.cli.model.CardText;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas benchmark}: how fast the models are on this machine's processor. */
@Command(
    name = "benchmark",
    description = {
      "Measures the models on this machine's processor: output megapixels a second by each"
          + " precision and memory layout, and time and memory of a whole run.",
      "Let nothing else run meanwhile."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {
  private static final int COLD_STARTS = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-n", "--model"},
      paramLabel = "MODEL",
      description = "A model to measure; may be repeated. Default: all for super-resolution.")
  private List<String> names = List.of();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "15",
      description = "Measured runs of each kind. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(names = "--no-start", description = "Leave out the measuring of whole runs.")
  private boolean withoutStart;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Mixin private ModelsOption models = new ModelsOption();

  /** What was measured of one model. */
  private record Figures(
      ModelFile model, Map<ProgramMethod, Spread> throughput, Map<Precision, ColdStart> starts) {}

  @Override
  public Integer call() throws IOException {
    if (repeats < 1) {
      throw new ParameterException(spec.commandLine(), "--repeats is at least 1, found " + repeats);
    }
    List<Figures> all = new ArrayList<>();
    for (ModelFile model : chosen()) {
      all.add(measure(model));
    }
    spec.commandLine().getOut().println(json ? json(all) : text(all));
    return ExitCode.OK;
  }

  private List<ModelFile> chosen() throws ModelException {
    ModelCatalogue catalogue = models.catalogue();
    List<ModelFile> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(catalogue.find(name));
    }
    if (names.isEmpty()) {
      catalogue.list().models().values().stream()
          .filter(model -> model.card().task() == Task.SUPER_RESOLUTION)
          .forEach(chosen::add);
    }
    return chosen;
  }

  private Figures measure(ModelFile model) throws IOException {
    Processor processor = Processor.ofThisMachine();
    // Whole runs first: this process then sleeps, and holds no threads of libtorch yet.
    Map<Precision, ColdStart> starts = new EnumMap<>(Precision.class);
    if (!withoutStart) {
      for (Precision precision : processor.precisions()) {
        String word = precision.name().toLowerCase(Locale.ROOT);
        List<String> arguments = List.of("-n", model.path().toString(), "--precision", word);
        starts.put(
            precision,
            ColdStart.measure(
                ColdStart.ownCommand(spec.root().userObject().getClass()),
                arguments,
                Math.min(repeats, COLD_STARTS)));
      }
    }
    ComputeChoice onProcessor = new ComputeChoice(DeviceChoice.CPU, null);
    try (GeneratorModel generator = GeneratorModel.load(model, onProcessor)) {
      List<ProgramMethod> methods =
          ProgramMethod.in(processor.precisions(), generator.hasWinograd());
      return new Figures(model, Throughput.measure(generator, methods, repeats), starts);
    }
  }

  private String text(List<Figures> all) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "Output megapixels a second: median (smallest to largest) of %d tiles of %dx%d pixels,",
            repeats, Throughput.TILE, Throughput.TILE));
    text.append(
        line(
            "after %d runs to warm up, on %d processors; by Winograd's convolution a tile on each.",
            Throughput.WARM_UP_RUNS, Runtime.getRuntime().availableProcessors()));
    for (Figures figures : all) {
      text.append(line("")).append(line("%s", figures.model.card().name()));
      double plain = Objects.requireNonNull(figures.throughput.get(ProgramMethod.PLAIN)).median();
      figures.throughput.forEach(
          (method, rate) ->
              text.append(
                  line(
                      "  %-24s %7.2f  (%.2f to %.2f)  %.1f times the plain way",
                      method.methodName(),
                      rate.median(),
                      rate.min(),
                      rate.max(),
                      rate.median() / plain)));
      figures.starts.forEach((precision, start) -> text.append(line(precision, start)));
    }
    return text.toString().stripTrailing();
  }

  private static String line(Precision precision, ColdStart start) {
    Spread seconds = start.seconds();
    OptionalLong peak = start.peakBytes();
    return line(
        "  a 256x256 photo, from start to file, %s: %.2f s (%.2f to %.2f), peak memory %s",
        precision.name().toLowerCase(Locale.ROOT),
        seconds.median(),
        seconds.min(),
        seconds.max(),
        peak.isPresent() ? CardText.bytes(peak.getAsLong()) : "unknown");
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }

  private String json(List<Figures> all) {
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    JsonArray list = new JsonArray();
    for (Figures figures : all) {
      JsonObject rates = new JsonObject();
      figures.throughput.forEach((method, rate) -> rates.add(method.methodName(), json(rate)));
      JsonObject object = new JsonObject();
      object.addProperty("model", figures.model.card().name());
      object.addProperty("tile", Throughput.TILE);
      object.addProperty("repeats", repeats);
      object.addProperty("processors", Runtime.getRuntime().availableProcessors());
      object.add("outputMegapixelsPerSecond", rates);
      JsonObject starts = new JsonObject();
      figures.starts.forEach(
          (precision, start) -> {
            JsonObject one = new JsonObject();
            one.add("seconds", json(start.seconds()));
            OptionalLong peak = start.peakBytes();
            one.addProperty("peakBytes", peak.isPresent() ? peak.getAsLong() : null);
            starts.add(precision.name().toLowerCase(Locale.ROOT), one);
          });
      object.add("coldStarts", starts);
      list.add(object);
    }
    return gson.toJson(list);
  }

  private static JsonElement json(Spread spread) {
    JsonObject object = new JsonObject();
    object.addProperty("median", spread.median());
    object.addProperty("min", spread.min());
    object.addProperty("max", spread.max());
    return object;
  }
}
