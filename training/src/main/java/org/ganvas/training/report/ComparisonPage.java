package org.ganvas.training.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.tile.Rectangle;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Quality;

/**
 * A comparison as a page of its own, to look at in a browser without a network: the mean figures,
 * and of each picture the part in which the upscalers differ most, beside each other.
 */
public final class ComparisonPage {
  /** Of a crop, in pixels of the large picture. */
  private static final int SIDE = 160;

  /** Of so many pictures crops are shown, those that differ most. */
  private static final int SHOWN = 24;

  /** Beside each other, on a wide screen. */
  private static final int MOST_COLUMNS = 6;

  private final String title;
  private final QualityColumns columns;
  private final List<Shown> shown = new ArrayList<>();

  /** A picture's part of the page, and how much its upscalers differ. */
  private record Shown(double difference, String html) {}

  /**
   * @param title such as "photo-x4 and photo-x4-gan on set5"
   * @param columns the figures that are measured
   */
  public ComparisonPage(String title, QualityColumns columns) {
    this.title = title;
    this.columns = columns;
  }

  /** Takes a picture in; only its crops are kept. */
  public void add(ComparedPicture compared) {
    Crop crop = Crop.mostDifferent(compared.contested(), SIDE);
    shown.add(new Shown(crop.difference(), html(compared, crop.place())));
    shown.sort(Comparator.comparingDouble(Shown::difference).reversed());
    if (shown.size() > SHOWN) {
      shown.remove(SHOWN);
    }
  }

  private String html(ComparedPicture compared, Rectangle place) {
    PicturePair pair = compared.pair();
    StringBuilder html = new StringBuilder();
    html.append("<h2>%s</h2>\n".formatted(Html.escape(pair.name())));
    html.append("<div class=\"row\">\n");
    for (ComparedPicture.Result result : compared.results()) {
      String figures = columns.caption(result.name(), result.quality());
      html.append(
          "<figure><img width=\"%d\" height=\"%d\" alt=\"%s, %s\" src=\"data:image/png;base64,%s\">"
              .formatted(
                  place.width(),
                  place.height(),
                  Html.escape(pair.name()),
                  Html.escape(result.name()),
                  base64(result.picture(), place)));
      html.append(
          "<figcaption><b>%s</b><span>%s</span></figcaption></figure>\n"
              .formatted(Html.escape(result.name()), Html.escape(figures)));
    }
    return html.append("</div>\n").toString();
  }

  private static String base64(Picture picture, Rectangle place) {
    BufferedImage image =
        new BufferedImage(place.width(), place.height(), BufferedImage.TYPE_INT_RGB);
    short[] samples = picture.samples();
    for (int y = 0; y < place.height(); y++) {
      for (int x = 0; x < place.width(); x++) {
        int i = 3 * ((y + place.top()) * picture.width() + x + place.left());
        image.setRGB(x, y, samples[i] << 16 | samples[i + 1] << 8 | samples[i + 2]);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  /**
   * Writes the page: first beside the file, then renamed.
   *
   * @param means in the order of the results
   * @param pictures how many were measured
   * @param scale how many times as wide and high they were made
   */
  public void write(Path file, Map<String, Quality> means, int pictures, int scale)
      throws IOException {
    Map<String, String> words =
        Map.of(
            "title", Html.escape(title),
            "summary", Html.escape(summary(pictures, scale)),
            "means", columns.html(means),
            "legend", Html.escape(String.join(". ", columns.meanings()) + "."),
            "columns", Integer.toString(Math.min(MOST_COLUMNS, means.size())),
            "pictures", String.join("", shown.stream().map(Shown::html).toList()));
    String page = Html.page("comparison.html", words);
    Path unfinished = file.resolveSibling(".ganvas-" + UUID.randomUUID() + ".tmp");
    try {
      Files.writeString(unfinished, page);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private String summary(int pictures, int scale) {
    String measured =
        "%d picture%s, enlarged %d times; figures are means, without %d pixels at each border."
            .formatted(pictures, pictures == 1 ? "" : "s", scale, scale);
    String parts =
        " Below is the part of each picture in which the models differ most,"
            + " the pictures that differ most first";
    String left = pictures > shown.size() ? "; %d are left out".formatted(pictures - SHOWN) : "";
    return measured + parts + left + ".";
  }
}
