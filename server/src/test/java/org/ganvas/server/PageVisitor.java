package org.ganvas.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openqa.selenium.WebElement;

/** Somebody who uses the page of a server in a browser. */
final class PageVisitor implements AutoCloseable {
  private final Browser browser;
  private final TestServer server;
  private final Path pictures;

  /**
   * @param folder for the browser's downloads, the server's data and the pictures that are made
   */
  PageVisitor(Path folder) throws IOException {
    browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    server = new TestServer(TestServer.settings(folder.resolve("data")));
    pictures = folder;
  }

  Browser browser() {
    return browser;
  }

  TestServer server() {
    return server;
  }

  /** Opens the page and chooses the model that makes photos four times as wide. */
  void comeIn() {
    open();
    choose("model", "tiny-x4");
    browser.await("the example is made", () -> browser.find("#example").isDisplayed());
  }

  /** Opens the page as in a new tab. */
  void open() {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    awaitModels();
  }

  /** Loads the page again in its tab. */
  void reload() {
    browser.driver().navigate().refresh();
    awaitModels();
  }

  private void awaitModels() {
    browser.await("the models are shown", () -> !browser.findAll("[name=model]").isEmpty());
  }

  Path photo(String name, int width, int height) throws IOException {
    Path file = Files.createDirectories(pictures.resolve(width + "x" + height)).resolve(name);
    return Files.write(file, TestPictures.jpeg(width, height));
  }

  void add(Path... photos) {
    String[] paths =
        Arrays.stream(photos)
            .map(photo -> photo.toAbsolutePath().normalize().toString())
            .toArray(String[]::new);
    browser.find("#files").sendKeys(String.join("\n", paths));
  }

  /** Presses the button and waits until nothing is left to do. */
  void run() {
    browser.find("#start").click();
    awaitEnd();
  }

  /**
   * Waits until nothing is left to do, however long that takes on a busy machine; but not without
   * news of the photos.
   */
  void awaitEnd() {
    while (!hasEnded()) {
      String news = text("#photos");
      browser.await(
          "all photos have ended, or there is news of them",
          () -> hasEnded() || !text("#photos").equals(news));
    }
  }

  private boolean hasEnded() {
    return browser.find("#start").getText().equals("Nothing left to do");
  }

  void choose(String name, String value) {
    browser.script(
        "document.querySelector('[name=' + arguments[0] + '][value=' + arguments[1] + ']').click()",
        name,
        value);
  }

  /** Chooses in a list. */
  void select(String name, String value) {
    browser.script(
        "const select = document.forms.settings.elements[arguments[0]];"
            + " select.value = arguments[1];"
            + " select.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
        value);
  }

  /** What a screen reader was given last. */
  String announced() {
    return browser.find("#announcement").getDomProperty("textContent").replace('\u00a0', ' ');
  }

  String text(String selector) {
    return browser.find(selector).getText().replace('\u00a0', ' ');
  }

  long shown(String image) {
    Object width =
        browser.script(
            "return document.querySelector('.stage .' + arguments[0])?.naturalWidth ?? 0", image);
    return ((Number) width).longValue();
  }

  static int position(WebElement divider) {
    return Integer.parseInt(divider.getDomAttribute("aria-valuenow"));
  }

  @Override
  public void close() {
    server.close();
    browser.close();
  }
}
