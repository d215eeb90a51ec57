package org.ganvas.inference.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ganvas.inference.model.ModelException.Reason;

/** Finds models by name: {@code photo-x4} is the first {@code photo-x4.pt} in a list of folders. */
public final class ModelCatalogue {
  /** The system property that names the installation's folder; the launchers set it. */
  public static final String HOME_PROPERTY = "ganvas.home";

  private static final String EXTENSION = ".pt";

  /** Taken before others of their scale, in this order, when the user names no model. */
  private static final List<String> PREFERRED =
      List.of("photo-restore-x4", "photo-restore-x2", "photo-x4", "photo-x2");

  private final List<Path> folders;

  /**
   * @param folders where models lie; a folder that does not exist is empty, an earlier one wins
   */
  public ModelCatalogue(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * What there is.
   *
   * @param models the models by name, in alphabetical order
   * @param damaged one refusal for each file that cannot be used
   */
  public record Listing(Map<String, ModelFile> models, List<ModelException> damaged) {
    /**
     * The super-resolution model that reaches a scale with the least work: the smallest scale that
     * is enough, else the largest there is. Among equals {@code photo-restore-…} comes first, then
     * {@code photo-x4} or {@code photo-x2}, so that no other model takes their place unasked; then
     * the first by name.
     */
    public Optional<ModelFile> nearest(double scale) {
      return nearest(scale, model -> true);
    }

    /** As {@link #nearest}, of those that have a sharp twin, see {@link Sharpness}. */
    public Optional<ModelFile> nearestWithTwin(double scale) {
      return nearest(
          scale,
          model -> models.values().stream().anyMatch(other -> Sharpness.isTwin(other, model)));
    }

    private Optional<ModelFile> nearest(double scale, Predicate<ModelFile> suitable) {
      Comparator<Map.Entry<String, ModelFile>> order =
          Comparator.comparingDouble(entry -> distance(entry.getValue(), scale));
      return models.entrySet().stream()
          .filter(entry -> entry.getValue().card().task() == Task.SUPER_RESOLUTION)
          .filter(entry -> suitable.test(entry.getValue()))
          .min(order.thenComparing(entry -> preference(entry.getKey())))
          .map(Map.Entry::getValue);
    }

    private static int preference(String name) {
      int index = PREFERRED.indexOf(name);
      return index < 0 ? PREFERRED.size() : index;
    }

    private static double distance(ModelFile model, double wanted) {
      int scale = model.card().network().scale();
      return scale >= wanted ? scale - wanted : 1e6 - scale;
    }
  }

  /**
   * The user's {@code ~/.ganvas/models} and the installation's {@code models}: below the folder
   * that the system property {@value #HOME_PROPERTY} names, else below the working directory.
   */
  public static ModelCatalogue standard() {
    return new ModelCatalogue(standardFolders());
  }

  /** The folders of {@link #standard}, to which a caller may add some. */
  public static List<Path> standardFolders() {
    return List.of(
        Path.of(System.getProperty("user.home", "."), ".ganvas", "models"), installedFolder());
  }

  /** The installation's {@code models}, where new ones go. */
  public static Path installedFolder() {
    return Path.of(System.getProperty(HOME_PROPERTY, "."), "models");
  }

  /**
   * The model called so, its weights checked against its card.
   *
   * @param nameOrPath a name such as {@code photo-x4}, or the path of a {@code .pt} file
   * @throws ModelException if it is unknown (the message lists the known ones) or damaged
   */
  public ModelFile find(String nameOrPath) throws ModelException {
    return nameOrPath.endsWith(EXTENSION) ? verified(path(nameOrPath)) : findNamed(nameOrPath);
  }

  /**
   * As {@link #find}, but never a file outside the folders: for names that strangers send.
   *
   * @throws ModelException if it is unknown (the message lists the known ones) or damaged
   */
  public ModelFile findNamed(String name) throws ModelException {
    return verified(locate(name));
  }

  private static ModelFile verified(Path file) throws ModelException {
    ModelFile model = ModelFile.read(file);
    model.verify();
    return model;
  }

  private static Path path(String path) throws ModelException {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new ModelException(
          Reason.UNKNOWN, "a model is a name or the path of a .pt file, found " + path, e);
    }
  }

  /**
   * As {@link Listing#nearest}, its weights checked against its card.
   *
   * @throws ModelException if there is none, or the one found is damaged; if no sound model's scale
   *     is enough, a damaged file is not passed over either, for it may be the one that is wanted
   */
  public ModelFile nearest(double scale) throws ModelException {
    Listing listing = list();
    return nearest(
        listing,
        listing.nearest(scale),
        scale,
        () ->
            new ModelException(
                Reason.UNKNOWN, "there is no super-resolution model in " + places()));
  }

  /**
   * As {@link Listing#nearestWithTwin}, its weights checked against its card.
   *
   * @throws ModelException as {@link #nearest}
   */
  public ModelFile nearestWithTwin(double scale) throws ModelException {
    Listing listing = list();
    return nearest(
        listing,
        listing.nearestWithTwin(scale),
        scale,
        () ->
            new ModelException(
                Reason.UNSUITABLE,
                "a sharpness needs a model with a sharp twin, found none in %s; leave it out"
                    .formatted(places())));
  }

  private static ModelFile nearest(
      Listing listing, Optional<ModelFile> best, double scale, Supplier<ModelException> none)
      throws ModelException {
    boolean enough = best.filter(model -> model.card().network().scale() >= scale).isPresent();
    if (!enough && !listing.damaged().isEmpty()) {
      throw listing.damaged().get(0);
    }
    ModelFile model = best.orElseThrow(none);
    model.verify();
    return model;
  }

  /** Every model, an unreadable one as its refusal. The weights are not checked. */
  public Listing list() {
    Map<String, ModelFile> models = new TreeMap<>();
    List<ModelException> damaged = new ArrayList<>();
    files()
        .forEach(
            (name, file) -> {
              try {
                models.put(name, ModelFile.read(file));
              } catch (ModelException e) {
                damaged.add(e);
              }
            });
    return new Listing(models, damaged);
  }

  private Path locate(String name) throws ModelException {
    Map<String, Path> files = files();
    Path file = files.get(name);
    if (file == null) {
      String known = files.isEmpty() ? "none" : String.join(", ", files.keySet());
      throw new ModelException(
          Reason.UNKNOWN, "unknown model %s; known in %s: %s".formatted(name, places(), known));
    }
    return file;
  }

  /** The folders, for a message. */
  public String places() {
    return String.join(
        ", ", folders.stream().map(f -> f.toAbsolutePath().normalize().toString()).toList());
  }

  private Map<String, Path> files() {
    Map<String, Path> found = new LinkedHashMap<>();
    for (Path folder : folders) {
      Map<String, Path> here = new TreeMap<>();
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
          entries.forEach(file -> here.put(stem(file), file));
        } catch (IOException e) {
          continue; // a folder that may not be read has no models for this user
        }
      }
      here.forEach(found::putIfAbsent);
    }
    return found;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - EXTENSION.length());
  }
}
