package org.ganvas.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Provenance;
import org.ganvas.inference.model.Task;
import org.ganvas.inference.model.TranslationRule;
import org.jspecify.annotations.Nullable;

/** A model card for people. */
public final class CardText {
  private CardText() {}

  static String of(ModelFile model) {
    ModelCard card = model.card();
    List<String> lines = new ArrayList<>();
    lines.add(card.name() + ": " + card.description());
    lines.add(line("file", model.path()));
    lines.add(line("task", task(card)));
    addNetwork(lines, card);
    addTranslation(lines, card.translationRule());
    addLatentSpace(lines, card.latent());
    if (card.sharpens() != null) {
      lines.add(line("sharpens", card.sharpens() + "; upscale --sharpness goes between the two"));
    }
    addProvenance(lines, card.provenance());
    card.measurements().forEach(measurement -> lines.add(line("measured", figure(measurement))));
    lines.add(line("weights", "SHA-256 " + card.weightsSha256()));
    return String.join(System.lineSeparator(), lines);
  }

  static String task(ModelCard card) {
    return card.task().word();
  }

  /** {@code x4}; nothing where no picture goes in. */
  static String scale(ModelCard card) {
    return card.task() == Task.GENERATION ? "" : "x" + card.network().scale();
  }

  /** 1234567 as {@code 1.2 MB}. */
  public static String bytes(long count) {
    return count < 1_000_000
        ? String.format(Locale.ROOT, "%.0f kB", count / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }

  private static void addNetwork(List<String> lines, ModelCard card) {
    NetworkFacts network = card.network();
    lines.add(line("network", network.architecture() + settings(network.options())));
    lines.add(
        line("channels", network.inputChannels() + " in, " + network.outputChannels() + " out"));
    if (card.task() != Task.GENERATION) {
      lines.add(line("scale", scale(card)));
      lines.add(line("size multiple", network.sizeMultiple()));
      Integer margin = network.margin();
      lines.add(line("exact margin", margin == null ? "the whole picture" : margin + " pixels"));
    }
    if (network.statistics() != null) {
      lines.add(line("statistics", network.statistics() + " numbers of the whole picture"));
    }
    lines.add(line("parameters", String.format(Locale.ROOT, "%,d", network.parameters())));
    lines.add(
        line(
            "multiply-adds",
            String.format(
                Locale.ROOT, "%,.0f per output pixel", network.multiplyAddsPerOutputPixel())));
  }

  private static void addTranslation(List<String> lines, TranslationRule rule) {
    if (rule.output() == TranslationRule.Output.KEEP_LUMINANCE) {
      lines.add(line("result", "new colours, the brightness stays"));
    }
    if (rule.workingSide() != null) {
      lines.add(line("sees", "the picture reduced to %d pixels".formatted(rule.workingSide())));
    }
  }

  private static void addLatentSpace(List<String> lines, @Nullable LatentSpace space) {
    if (space == null) {
      return;
    }
    String distribution = space.distribution().name().toLowerCase(Locale.ROOT);
    lines.add(line("latent space", "%d numbers, %s".formatted(space.size(), distribution)));
    if (!space.labels().isEmpty()) {
      lines.add(line("labels", String.join(", ", space.labels())));
    }
  }

  private static void addProvenance(List<String> lines, Provenance provenance) {
    lines.add(line("licence", provenance.licence()));
    lines.add(
        line(
            "training",
            String.format(
                Locale.ROOT, "%,d steps, seed %d", provenance.steps(), provenance.seed())));
    if (!provenance.plan().isEmpty()) {
      lines.add(line("plan", settings(provenance.plan()).strip()));
    }
    for (Provenance.DataSet data : provenance.data()) {
      String attribution = data.attribution().isEmpty() ? "" : ", " + data.attribution();
      lines.add(
          line(
              "data",
              "%s: %d pictures, %s%s"
                  .formatted(data.name(), data.pictures(), data.licence(), attribution)));
    }
    lines.add(line("versions", settings(provenance.versions()).strip()));
  }

  static String figure(Measurement m) {
    String value = String.format(Locale.ROOT, "%.4g", m.value());
    return "%s %s %s %s (%s)".formatted(m.dataSet(), m.metric(), value, m.unit(), m.protocol());
  }

  private static String settings(Map<String, String> settings) {
    return settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(setting -> " " + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining());
  }

  private static String line(String label, Object value) {
    return "  %-14s %s".formatted(label, value);
  }
}
