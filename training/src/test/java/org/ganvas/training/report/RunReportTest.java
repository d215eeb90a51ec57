package org.ganvas.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
  @TempDir private Path folder;

  @BeforeEach
  void writePlan() throws IOException {
    Files.writeString(
        folder.resolve("plan.json"),
        """
        {"method":"some-gan","name":"a <b>","data":{"folders":["x","y & z"],"none":null},
         "optimization":{"steps":2000}}
        """);
  }

  @Test
  void everyFigureHasAWellFormedChartWithReadableLabels() throws Exception {
    StringBuilder log = new StringBuilder();
    for (int step = 50; step <= 1000; step += 50) {
      log.append(
          """
          {"time":"2026-01-31T12:00:00Z","step":%d,"l1":%s,"realAccuracy":0.9,\
          "generatedAccuracy":0.2,"secondsPerStep":0.5,"waitingShare":0.01}
          """
              .formatted(step, 0.02 + 0.1 / step));
    }
    Files.writeString(log(), log);
    String page = page();
    List<String> charts = found(page, "<svg.*?</svg>");
    // l1, accuracy, seconds per step, waiting share
    assertThat(charts).hasSize(4);
    for (String chart : charts) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(charts.get(0)).contains(">0.0205<").contains("stroke:var(--line0)");
    assertThat(charts.get(1)).contains(">real<", ">generated<").contains("stroke:var(--line1)");
    assertThat(found(page, "id=\"[^\"]*\"")).doesNotHaveDuplicates();
    assertThat(page)
        .contains("<dt>step</dt><dd>1,000 of 2,000</dd>")
        .contains("<dt>steps per second</dt><dd>2.00</dd>")
        .contains("<dt>time in steps</dt><dd>0:08:20</dd>")
        .contains("<dt>left at this pace</dt><dd>0:08:20</dd>")
        .contains("<dt>waiting for pictures</dt><dd>1.0%</dd>")
        .contains("real 0.9000 · generated 0.2000")
        .contains("No warnings.");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5002, 0.50010",
    "30, 30.0004, 30.00010",
    "0.0002, 0.0002, 0.000200",
    "1e-7, 6e-6, 0.000001",
    "1e-6, 1.1e-6, 1.02e-06",
    "1e-9, 1e-9, 1.00e-09",
    "0, 0, -0.2",
    "123000, 129000, '124,000'",
  })
  void ticksAreLabelledToBeToldApart(double low, double high, String label) throws IOException {
    Files.writeString(
        log(), "{\"step\":1,\"l1\":%s}\n{\"step\":2,\"l1\":%s}\n".formatted(low, high));
    assertThat(found(page(), "(?<=>)[^<>]*(?=</text>)"))
        .contains(label)
        .noneMatch(text -> text.contains("E"));
  }

  @Test
  void itNeedsNoScriptAndNoOtherFile() throws IOException {
    Files.writeString(log(), "{\"step\":1,\"l1\":1}\n");
    assertThat(page())
        .doesNotContain("<script", "http://", "https://", "<link", "url(\"", "{{")
        .contains("<title>a &lt;b&gt; – 0%</title>")
        .contains("<tr><th>data.folders</th><td>x<br>y &amp; z</td></tr>")
        .doesNotContain("data.none");
  }

  @Test
  void warningsAreToldOnceWithTheLastStep() throws IOException {
    Files.writeString(
        log(),
        """
        {"step":5,"warning":"the discriminator wins <always>"}
        {"step":9,"warning":"the discriminator wins <always>"}
        {"step":1000,"warning":"collapse"}
        """);
    assertThat(page())
        .contains("<b>step 9, 2 times</b> the discriminator wins &lt;always&gt;</li>")
        .contains("<b>step 1,000</b> collapse</li>");
  }

  @Test
  void aLongRunWithLargePicturesStaysBelowThreeMegabytes() throws IOException {
    StringBuilder log = new StringBuilder();
    Random random = new Random(1);
    for (int step = 1; step <= 20_000; step++) {
      log.append("{\"step\":%d".formatted(step * 50));
      for (int figure = 0; figure < 12; figure++) {
        log.append(",\"figure%d\":%s".formatted(figure, random.nextGaussian()));
      }
      log.append("}\n");
    }
    Files.writeString(log(), log);
    BufferedImage noise = new BufferedImage(700, 900, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 700 * 900; i++) {
      noise.setRGB(i % 700, i / 700, random.nextInt());
    }
    Path samples = Files.createDirectory(folder.resolve("samples"));
    Path first = samples.resolve("step-000000001.png");
    ImageIO.write(noise, "png", first.toFile());
    for (int i = 2; i <= 15; i++) {
      Files.copy(first, samples.resolve("step-%09d.png".formatted(i)));
    }
    String page = page();
    assertThat(page.length()).isLessThan(3_000_000);
    List<String> pictures = found(page, "(?<=src=\")data:image/jpeg;base64,[^\"]*");
    assertThat(pictures).hasSize(8);
    byte[] jpeg = Base64.getDecoder().decode(pictures.get(0).split(",")[1]);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(picture.getHeight()).isEqualTo(640);
    assertThat(picture.getWidth()).isEqualTo(498);
    assertThat(found(page, "(?<=<figcaption>)step [\\d,]+"))
        .startsWith("step 1")
        .endsWith("step 15");
  }

  @Test
  void itSaysInWhatPsnrIsCounted() throws IOException {
    Files.writeString(log(), "{\"step\":10,\"validationPsnr\":30,\"l1\":1}\n");
    assertThat(page()).contains("<h3>validation PSNR (dB)</h3>", "<h3>l1</h3>");
  }

  @Test
  void itSaysWhatIsWhereOnThePictures() throws IOException {
    Files.writeString(log(), "{\"step\":10,\"samples\":\"from left to right: <input>, result\"}\n");
    writeSample("step-000000010.png");
    assertThat(page()).contains("On each picture, from left to right: &lt;input&gt;, result.</p>");
  }

  @Test
  void picturesThatAreDamagedOrOfAnAbandonedPartAreLeftOut() throws IOException {
    Files.writeString(log(), "{\"step\":20,\"l1\":1}\n");
    Path samples = writeSample("step-000000010.png");
    writeSample("step-000000030.png");
    Files.writeString(samples.resolve("step-000000020.png"), "no picture");
    assertThat(found(page(), "(?<=<figcaption>)step [\\d,]+")).containsExactly("step 10");
  }

  @Test
  void aRunThatHasJustBegunHasAPageToo() throws IOException {
    assertThat(page()).contains("Nothing is logged yet.", "No sample pictures yet.", "0 of 2,000");
  }

  @Test
  void aFolderWithoutAPlanIsRefused() throws IOException {
    Files.delete(folder.resolve("plan.json"));
    assertThatThrownBy(this::page)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a run's folder has a plan.json, found none in " + folder);
    Files.writeString(folder.resolve("plan.json"), "[1");
    assertThatThrownBy(this::page)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plan.json");
  }

  /** The folder that it was written to. */
  private Path writeSample(String name) throws IOException {
    Path samples = Files.createDirectories(folder.resolve("samples"));
    BufferedImage picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", samples.resolve(name).toFile());
    return samples;
  }

  private Path log() {
    return folder.resolve("log.jsonl");
  }

  private String page() throws IOException {
    return RunReport.html(folder.resolve("plan.json"), log(), folder.resolve("samples"));
  }

  private static List<String> found(String page, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
