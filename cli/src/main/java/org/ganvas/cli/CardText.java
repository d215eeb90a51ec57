package org.ganvas.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Provenance;

/** A model card for people. */
final class CardText {
  private CardText() {}

  static String of(ModelFile model) {
    ModelCard card = model.card();
    List<String> lines = new ArrayList<>();
    lines.add(card.name() + ": " + card.description());
    lines.add(line("file", model.path()));
    lines.add(line("task", task(card)));
    addNetwork(lines, card.network());
    if (card.sharpens() != null) {
      lines.add(line("sharpens", card.sharpens() + "; upscale --sharpness goes between the two"));
    }
    addProvenance(lines, card.provenance());
    card.measurements().forEach(measurement -> lines.add(line("measured", text(measurement))));
    lines.add(line("weights", "SHA-256 " + card.weightsSha256()));
    return String.join(System.lineSeparator(), lines);
  }

  static String task(ModelCard card) {
    return card.task().word();
  }

  /** 1234567 as {@code 1.2 MB}. */
  static String bytes(long count) {
    return count < 1_000_000
        ? String.format(Locale.ROOT, "%.0f kB", count / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }

  private static void addNetwork(List<String> lines, NetworkFacts network) {
    lines.add(line("network", network.architecture() + settings(network.options())));
    lines.add(
        line("channels", network.inputChannels() + " in, " + network.outputChannels() + " out"));
    lines.add(line("scale", "x" + network.scale()));
    lines.add(line("size multiple", network.sizeMultiple()));
    Integer margin = network.margin();
    lines.add(line("exact margin", margin == null ? "the whole picture" : margin + " pixels"));
    lines.add(line("parameters", String.format(Locale.ROOT, "%,d", network.parameters())));
    lines.add(
        line(
            "multiply-adds",
            String.format(
                Locale.ROOT, "%,.0f per output pixel", network.multiplyAddsPerOutputPixel())));
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

  private static String text(Measurement m) {
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
