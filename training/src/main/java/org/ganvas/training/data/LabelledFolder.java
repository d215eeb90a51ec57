package org.ganvas.training.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ganvas.training.data.PhotoFolder.Skipped;
import org.jspecify.annotations.Nullable;

/** Picture files with their labels: the names of the folders that they lie in, or from a list. */
public final class LabelledFolder implements PictureSet {
  private static final String UNLABELLED = "";

  /** A name, which may have commas, and behind the last a label, which has them in quotes. */
  private static final Pattern LINE = Pattern.compile("(.+?),\\s*(\"(?:[^\"]|\"\")+\"|[^,]+)");

  private final List<Photo> photos;
  private final List<String> labels;
  private final int[] numbers;
  private final List<Skipped> skipped;
  private final PhotoCache cache;

  private LabelledFolder(Map<Photo, String> labelOf, List<Skipped> skipped, int side) {
    this.photos = List.copyOf(labelOf.keySet());
    this.labels = sorted(labelOf.values());
    this.numbers = photos.stream().mapToInt(photo -> labels.indexOf(labelOf.get(photo))).toArray();
    this.skipped = List.copyOf(skipped);
    Framing framing = new Framing(side, side, false);
    // Kept as small as they are used: a network for 64 pixels wants hundreds of photos a second.
    this.cache = PhotoCache.ofHalfTheHeap(framing::sized);
  }

  /**
   * The pictures of a folder. If it has subfolders with pictures, the label of each is the name of
   * the topmost folder that it lies in, and those beside the subfolders are listed and left out;
   * else there are no labels.
   *
   * @param side of the squares that will be cut out of them, in pixels
   */
  public static LabelledFolder bySubfolder(PhotoFolder folder, int side) {
    if (folder.photos().stream().noneMatch(photo -> photo.name().contains("/"))) {
      return unlabelled(folder, side);
    }
    Map<Photo, String> labelOf = new LinkedHashMap<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Photo photo : folder.photos()) {
      String label = topmost(photo);
      if (label == null) {
        skipped.add(
            new Skipped(photo.file(), "a label is a subfolder's name, found it beside subfolders"));
      } else {
        labelOf.put(photo, label);
      }
    }
    return new LabelledFolder(labelOf, skipped, side);
  }

  /**
   * All pictures of a folder, at any depth, without labels.
   *
   * @param side of the squares that will be cut out of them, in pixels
   */
  static LabelledFolder unlabelled(PhotoFolder folder, int side) {
    Map<Photo, String> labelOf = new LinkedHashMap<>();
    folder.photos().forEach(photo -> labelOf.put(photo, UNLABELLED));
    return new LabelledFolder(labelOf, List.of(), side);
  }

  private static @Nullable String topmost(Photo photo) {
    int slash = photo.name().indexOf('/');
    return slash < 0 ? null : photo.name().substring(0, slash);
  }

  /**
   * Pictures with their labels from a list; a picture without a line and a line without a picture
   * are listed and left out.
   *
   * @param folder that the list's file names are relative to
   * @param list lines of {@code file,label}, the first of which may say just that
   * @param side of the squares that will be cut out of them, in pixels
   * @throws IOException if a line is wrong, or the list names no picture of the folder
   */
  public static LabelledFolder byList(PhotoFolder folder, Path list, int side) throws IOException {
    Map<String, String> lines = lines(list);
    Map<Photo, String> labelOf = new LinkedHashMap<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Photo photo : folder.photos()) {
      String label = lines.remove(photo.name());
      if (label == null) {
        skipped.add(new Skipped(photo.file(), "a label is a line in the list, found none"));
      } else {
        labelOf.put(photo, label);
      }
    }
    lines.forEach(
        (name, label) ->
            skipped.add(
                new Skipped(
                    list, "a line names a picture that is whole, found none named " + name)));
    if (labelOf.isEmpty()) {
      throw new IOException(
          "%s: a list names pictures relative to their folder, found none of %d, such as %s"
              .formatted(list, folder.photos().size(), folder.photos().get(0).name()));
    }
    return new LabelledFolder(labelOf, skipped, side);
  }

  private static Map<String, String> lines(Path list) throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    List<String> lines = text(list).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || (i == 0 && line.equalsIgnoreCase("file,label"))) {
        continue;
      }
      Matcher fields = LINE.matcher(line);
      if (!fields.matches()) {
        throw new IOException(
            "%s, line %d: a line is file,label, found %s".formatted(list, i + 1, line));
      }
      String name = unquoted(fields.group(1));
      String label = unquoted(fields.group(2));
      String other = labels.putIfAbsent(name, label);
      if (other != null && !other.equals(label)) {
        throw new IOException(
            "%s, line %d: a picture has one label, found %s and %s for %s; leave one of them out"
                .formatted(list, i + 1, other, label, name));
      }
    }
    return labels;
  }

  /** Without the mark that spreadsheets put before UTF-8. */
  private static String text(Path list) throws IOException {
    try {
      String text = Files.readString(list);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException(list + ": a list is UTF-8, found other bytes; save it as UTF-8", e);
    }
  }

  private static String unquoted(String field) {
    String text = field.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
  }

  /** Each once: numbers by their value, other names by the alphabet. */
  private static List<String> sorted(Collection<String> names) {
    TreeSet<String> distinct = new TreeSet<>(names);
    distinct.remove(UNLABELLED);
    Comparator<String> order =
        distinct.stream().allMatch(name -> name.matches("\\d{1,9}"))
            ? Comparator.comparingInt(Integer::parseInt)
            : Comparator.naturalOrder();
    return distinct.stream().sorted(order).toList();
  }

  /** The pictures that are not used for want of a label. */
  public List<Skipped> skipped() {
    return skipped;
  }

  @Override
  public int size() {
    return photos.size();
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public int label(int index) {
    return numbers[index];
  }

  @Override
  public RgbPhoto picture(int index) throws IOException {
    return cache.get(photos.get(index));
  }

  @Override
  public Path file(int index) {
    return photos.get(index).file();
  }
}
