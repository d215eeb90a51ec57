package org.ganvas.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.tile.Rectangle;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.Contestant;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Quality;
import org.ganvas.training.evaluation.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
  private static final Judge JUDGE = new Judge(null, null);
  private static final Pattern IMAGE = Pattern.compile("base64,([A-Za-z0-9+/=]+)\"");

  @TempDir Path folder;

  @Test
  void theCropIsWhereTheResultsDifferMost() {
    Picture plain = gray(300, 200);
    Picture spotted = withSpot(plain, 240, 30);
    Crop crop = Crop.mostDifferent(List.of(plain, spotted, plain), 160);
    assertThat(crop.place().contains(new Rectangle(236, 26, 8, 8))).isTrue();
    assertThat(List.of(crop.place().width(), crop.place().height())).containsExactly(160, 160);
    assertThat(crop.difference()).isEqualTo(64 * 100 / (160.0 * 160));
    Picture small = gray(90, 300);
    assertThat(Crop.mostDifferent(List.of(small, withSpot(small, 50, 250)), 160).place().width())
        .isEqualTo(90);
  }

  @Test
  void showsTheSameCropOfEveryResultAndNeedsNoOtherFile() throws IOException {
    PicturePair pair = pair("cat & dog");
    ComparedPicture compared =
        ComparedPicture.of(
            pair,
            List.of(
                new Contestant("plain", low -> bicubic(low, pair)),
                new Contestant("<spotted>", low -> withSpot(bicubic(low, pair), 240, 30))),
            JUDGE);
    ComparisonPage page = new ComparisonPage("plain & <spotted>", new QualityColumns(JUDGE));
    page.add(compared);
    Path file = folder.resolve("page.html");
    page.write(file, means(compared), 1, 2);
    String html = Files.readString(file);

    assertThat(html)
        .contains("<h1>plain &amp; &lt;spotted&gt;</h1>", "cat &amp; dog", "1 picture, enlarged 2")
        .doesNotContain("<spotted>", "{{", "http://", "https://", "<script");
    List<BufferedImage> crops = crops(html);
    assertThat(crops).hasSize(4);
    assertThat(crops).allSatisfy(crop -> assertThat(crop.getWidth()).isEqualTo(160));
    // Original, bicubic and plain have no spot.
    assertThat(crops.stream().map(ComparisonPageTest::bright)).containsExactly(0L, 0L, 0L, 64L);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void thePicturesThatDifferMostComeFirstAndTheOthersAreLeftOut() throws IOException {
    ComparisonPage page = new ComparisonPage("many", new QualityColumns(JUDGE));
    for (int i = 0; i < 30; i++) {
      int shift = i;
      PicturePair pair = pair("picture-" + i);
      page.add(
          ComparedPicture.of(
              pair,
              List.of(new Contestant("brighter", low -> brighter(bicubic(low, pair), shift))),
              JUDGE));
    }
    Path file = Files.writeString(folder.resolve("page.html"), "an older one");
    page.write(file, Map.of("brighter", new Quality(new Score(30, 0.9, 0.1), null, null)), 30, 2);
    String html = Files.readString(file);
    assertThat(html).contains("6 are left out").doesNotContain("an older one");
    assertThat(html.indexOf("picture-29")).isLessThan(html.indexOf("picture-28")).isPositive();
    assertThat(html).contains("picture-6<").doesNotContain("picture-5<");
  }

  @Test
  void theBestOfEachColumnIsMarkedAndTheOriginalDoesNotCompete() {
    Map<String, Quality> rows = new LinkedHashMap<>();
    rows.put("original", new Quality(new Score(Double.POSITIVE_INFINITY, 1, 0), null, null));
    rows.put("a", new Quality(new Score(30, 0.9, 0.5), null, null));
    rows.put("b", new Quality(new Score(29, 0.95, 0.1), null, null));
    String html = new QualityColumns(JUDGE).html(rows);
    assertThat(html)
        .contains("<tr><td>original</td><td>-</td><td>-</td><td>-</td></tr>")
        .contains("<tr><td>a</td><td class=\"best\">30.00</td><td>0.9000</td><td>0.500</td></tr>")
        .contains("<tr><td>b</td><td>29.00</td><td class=\"best\">0.9500</td><td>0.100</td></tr>");
  }

  private static Map<String, Quality> means(ComparedPicture compared) {
    Map<String, Quality> means = new LinkedHashMap<>();
    compared.results().forEach(result -> means.put(result.name(), result.quality()));
    return means;
  }

  private static List<BufferedImage> crops(String html) throws IOException {
    List<BufferedImage> crops = new ArrayList<>();
    for (MatchResult match : IMAGE.matcher(html).results().toList()) {
      byte[] png = Base64.getDecoder().decode(match.group(1));
      crops.add(ImageIO.read(new ByteArrayInputStream(png)));
    }
    return crops;
  }

  private static long bright(BufferedImage image) {
    long bright = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        bright += (image.getRGB(x, y) & 255) > 200 ? 1 : 0;
      }
    }
    return bright;
  }

  private static PicturePair pair(String name) {
    return new PicturePair(name, gray(150, 100), gray(300, 200), 2, false);
  }

  private static Picture bicubic(Picture low, PicturePair pair) {
    return Bicubic.resize(low, pair.high().width(), pair.high().height());
  }

  private static Picture gray(int width, int height) {
    return brighter(
        new Picture(width, height, PixelLayout.RGB, 8, new short[width * height * 3]), 120);
  }

  private static Picture brighter(Picture picture, int by) {
    short[] samples = picture.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (short) by;
    }
    return new Picture(picture.width(), picture.height(), PixelLayout.RGB, 8, samples);
  }

  /** 8 x 8 pixels, brighter by 100, around a place. */
  private static Picture withSpot(Picture picture, int x, int y) {
    short[] samples = picture.samples().clone();
    for (int i = 0; i < 64; i++) {
      int pixel = (y - 4 + i / 8) * picture.width() + x - 4 + i % 8;
      for (int c = 0; c < 3; c++) {
        samples[3 * pixel + c] += 100;
      }
    }
    return new Picture(picture.width(), picture.height(), PixelLayout.RGB, 8, samples);
  }
}
