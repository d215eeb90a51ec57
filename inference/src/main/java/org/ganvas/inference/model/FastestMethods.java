package org.ganvas.inference.model;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

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

  Optional<ProgramMethod> find(ModelCard card, Processor processor) {
    try {
      String name = load().getProperty(key(card, processor));
      return name == null ? Optional.empty() : Optional.of(ProgramMethod.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void remember(ModelCard card, Processor processor, ProgramMethod method) {
    Properties known = load();
    known.setProperty(key(card, processor), method.methodName());
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

  private static String key(ModelCard card, Processor processor) {
    int processors = Runtime.getRuntime().availableProcessors();
    return card.weightsSha256() + "/" + processor.name().replace(' ', '_') + "/" + processors;
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
