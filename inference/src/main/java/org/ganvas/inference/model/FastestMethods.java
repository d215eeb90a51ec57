package org.ganvas.inference.model;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Which method was measured to be the fastest, remembered between runs in a small file of the
 * user's cache folder. A lost or broken file only costs another measurement, so nothing here ever
 * fails.
 */
final class FastestMethods {
  /** The system property that puts the cache folder elsewhere. */
  static final String CACHE_PROPERTY = "ganvas.cache";

  private final Path file;

  FastestMethods(Path folder) {
    this.file = folder.resolve("fastest-methods.properties");
  }

  static FastestMethods ofThisUser() {
    return new FastestMethods(cacheFolder());
  }

  /** Which of the candidates it was. */
  Optional<ProgramMethod> find(
      ModelCard card, Processor processor, List<ProgramMethod> candidates) {
    String name = load().getProperty(key(card, processor, candidates));
    return candidates.stream().filter(method -> method.methodName().equals(name)).findFirst();
  }

  void remember(
      ModelCard card, Processor processor, List<ProgramMethod> candidates, ProgramMethod fastest) {
    Properties known = load();
    known.setProperty(key(card, processor, candidates), fastest.methodName());
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "fastest-methods", ".tmp");
      try {
        try (Writer out = Files.newBufferedWriter(written)) {
          known.store(out, "Measured by Ganvas; may be deleted");
        }
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      // A full or read-only home folder: measured again next time.
    }
  }

  private Properties load() {
    Properties known = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      known.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return new Properties();
    }
    return known;
  }

  private static String key(ModelCard card, Processor processor, List<ProgramMethod> candidates) {
    String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
    String names =
        candidates.stream().map(ProgramMethod::methodName).collect(Collectors.joining("+"));
    String name = processor.name().replace(' ', '_');
    return String.join("/", card.weightsSha256(), name, processors, names);
  }

  private static Path cacheFolder() {
    String chosen = System.getProperty(CACHE_PROPERTY);
    if (chosen != null) {
      return Path.of(chosen);
    }
    String home = System.getProperty("user.home", ".");
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      return Path.of(home, "AppData", "Local", "ganvas");
    }
    return system.contains("mac")
        ? Path.of(home, "Library", "Caches", "ganvas")
        : Path.of(home, ".cache", "ganvas");
  }
}
