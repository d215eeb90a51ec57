package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, with a real server behind it. */
class PageTest extends PageFixture {
  @Test
  void aPhotoBecomesLargerAndIsShownBesideTheOriginal() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    browser.await(
        "its size is known", () -> visitor.text(".photo-facts").startsWith("64 × 48 → 256 × 192"));
    assertThat(browser.find("#start").getText()).isEqualTo("Enlarge 1 photo");
    visitor.run();
    assertThat(visitor.text(".photo-facts")).startsWith("64 × 48 → 256 × 192");
    browser.await(
        "the result is decoded",
        () -> visitor.shown("result") == 256 && visitor.shown("original") == 64);
    assertThat(browser.find(".download").getDomProperty("download")).isEqualTo("cat-tiny-x4.jpg");
    assertThat(
            browser.promised(
                "{ const image = new Image(); image.src = document.querySelector('.download').href;"
                    + " await image.decode(); return image.naturalWidth; }"))
        .isEqualTo(256L);
    assertThat(visitor.announced()).isEqualTo("cat.jpg is done: 256 × 192");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsChosenIsWhatComesOut() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 20, 10));
    visitor.select("scale", "3");
    visitor.select("format", "png");
    assertThat(browser.find("#quality-field").isDisplayed()).isFalse();
    visitor.run();
    assertThat(visitor.text(".photo-facts")).startsWith("20 × 10 → 60 × 30");
    assertThat(browser.find(".download").getDomProperty("download")).isEqualTo("cat-tiny-x4.png");
  }

  @Test
  void thePageBeginsWithTheModelThatIsTakenUnasked() {
    visitor.choose("model", "tiny-x2");
    visitor.open();
    assertThat(browser.findAll("[name=model]").get(0).getDomProperty("value")).isEqualTo("tiny-x4");
    assertThat(browser.find("[name=model]:checked").getDomProperty("value")).isEqualTo("tiny-x4");
    assertThat(browser.find("[name=scale]").getDomProperty("value")).isEqualTo("4");
  }

  @Test
  void aPhotoIsTransformedByATranslator() throws IOException {
    visitor.choose("task", "translate");
    visitor.choose("model", "tiny-colorize");
    visitor.add(visitor.photo("cat.jpg", 40, 30));
    visitor.run();
    assertThat(visitor.text(".photo-facts")).startsWith("40 × 30 → 40 × 30");
    assertThat(browser.find(".divider").isDisplayed()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theExampleOfAModelThatGivesColorsIsGreyBefore() {
    visitor.choose("task", "translate");
    visitor.choose("model", "tiny-colorize");
    browser.await("the example is grey", () -> exampleBefore().endsWith("/example-grey.jpg"));
    visitor.choose("model", "tiny-sketch");
    browser.await("the example is in colour", () -> exampleBefore().endsWith("/example.jpg"));
    assertThat(browser.complaints()).isEmpty();
  }

  private String exampleBefore() {
    return String.valueOf(browser.find("#example-before").getDomProperty("src"));
  }

  @Test
  void picturesAreMadeWithoutAPhotoAndTheLabelsTakenInTurn() {
    visitor.choose("task", "generate");
    visitor.choose("model", "tiny-digits");
    assertThat(browser.find("#intake").isDisplayed()).isFalse();
    browser.find("[name=count]").clear();
    browser.find("[name=count]").sendKeys("3");
    browser.find("[name=seed]").sendKeys("7");
    browser.find("#start").click();
    browser.await("all are made", () -> browser.findAll("#gallery-list a[download]").size() == 3);
    List<String> labels =
        browser.findAll("[name=label] option").stream().map(WebElement::getText).skip(1).toList();
    assertThat(browser.findAll("#gallery-list span").stream().map(WebElement::getText))
        .containsExactly(
            labels.get(0) + ", seed 7", labels.get(1) + ", seed 8", labels.get(2) + ", seed 9");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void photosAreDroppedAndPasted() throws IOException {
    for (String event :
        List.of(
            "new DragEvent('drop', {dataTransfer: data, bubbles: true})",
            "new ClipboardEvent('paste', {clipboardData: data, bubbles: true})")) {
      browser.script(
          "const data = new DataTransfer(); const bytes = new Uint8Array([1]);"
              + " data.items.add(new File([bytes], 'one.png', {type: 'image/png'}));"
              + " document.body.dispatchEvent("
              + event
              + ")");
    }
    assertThat(browser.findAll(".photo")).hasSize(2);
    browser.find("#clear").click();
    assertThat(browser.findAll(".photo")).isEmpty();
    assertThat(browser.find("#photos").isDisplayed()).isFalse();
  }

  @Test
  void ofAFolderThatIsDroppedThePicturesAreTaken() throws IOException {
    Path album = Files.createDirectories(folder.resolve("album/more")).getParent();
    for (String name : List.of("10.jpg", "9.png", "more/1.tif")) {
      Files.write(album.resolve(name), new byte[] {1});
    }
    Files.writeString(album.resolve("notes.txt"), "not meant");
    Path beside = visitor.photo("beside.jpg", 20, 10);
    Map<String, Object> data =
        Map.of(
            "items",
            List.of(),
            "files",
            List.of(album.toAbsolutePath().toString(), beside.toAbsolutePath().toString()),
            "dragOperationsMask",
            1);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      browser
          .driver()
          .executeCdpCommand(
              "Input.dispatchDragEvent", Map.of("type", type, "x", 300, "y", 300, "data", data));
    }
    browser.await("they are taken", () -> browser.findAll(".photo").size() == 4);
    assertThat(browser.findAll(".photo-name").stream().map(WebElement::getText))
        .containsExactly("9.png", "10.jpg", "1.tif", "beside.jpg");
    assertThat(visitor.announced()).isEqualTo("4 photos added");
  }

  @Test
  void aServerWithKeysIsGivenOneForThisTab() throws IOException {
    ApiKeys.NewKey key = ApiKeys.create();
    Path keys = Files.writeString(folder.resolve("keys"), "somebody " + key.sha256());
    try (TestServer other = new TestServer(guarded(keys))) {
      String address = "http://127.0.0.1:" + other.port() + "/";
      browser.open(address);
      browser.await("a key is asked for", () -> browser.find("#key-dialog").isDisplayed());
      browser.find("#key").sendKeys("ключ", Keys.ENTER);
      browser.await(
          "what cannot be sent is refused",
          () -> visitor.text("#key-hint").contains("does not know"));
      browser.script("document.getElementById('key-hint').textContent = ''");
      browser.find("#key").sendKeys("a-guess", Keys.ENTER);
      browser.await(
          "the guess is refused", () -> visitor.text("#key-hint").contains("does not know"));
      browser.find("#key").sendKeys(key.key(), Keys.ENTER);
      browser.await("the models are shown", () -> !browser.findAll("[name=model]").isEmpty());
      browser.driver().navigate().refresh();
      browser.await("they still are", () -> !browser.findAll("[name=model]").isEmpty());
      assertThat(browser.find("#key-dialog").isDisplayed()).isFalse();
      assertThat(browser.script("return localStorage.length + document.cookie.length"))
          .isEqualTo(0L);
    }
  }

  @Test
  void timesAreRoundedBeforeTheyAreSplitIntoUnits() {
    assertThat(
            browser.promised(
                "(await import('/js/wording.js').then(({duration}) =>"
                    + " [3.14, 59.7, 75, 119.7, 3599.7].map(duration))).join()"))
        .isEqualTo("3.1 s,1 min 0 s,1 min 15 s,2 min 0 s,1 h 0 min");
  }

  @Test
  void severalResultsAreDownloadedAsOneArchive() throws Exception {
    visitor.add(visitor.photo("cat.jpg", 20, 10));
    visitor.add(visitor.photo("cat.jpg", 24, 10));
    visitor.add(visitor.photo("Straße.jpg", 16, 16));
    visitor.run();
    browser.find("#download-all").click();
    Path archive = folder.resolve("downloads/ganvas.zip");
    browser.await("the archive is there", () -> Files.exists(archive));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<String> names = new ArrayList<>();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        names.add(entry.getName());
        // Reading to the end compares the checksum.
        assertThat(TestPictures.decoded(zip.getInputStream(entry).readAllBytes()).getWidth())
            .isIn(80, 96, 64);
      }
      assertThat(names)
          .containsExactly("cat-tiny-x4.jpg", "cat-tiny-x4 (2).jpg", "Straße-tiny-x4.jpg");
    }
  }

  private ServerSettings guarded(Path keys) {
    ServerSettings open = TestServer.settings(folder.resolve("guarded"));
    return new ServerSettings(
        new Exposure("127.0.0.1", 0, keys, false, List.of(), false),
        open.traffic(),
        open.pictures(),
        open.capacity(),
        open.compute(),
        open.jobs(),
        open.data());
  }
}
