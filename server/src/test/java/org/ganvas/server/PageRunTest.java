package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** A photo's way through the server: progress, cancel, refusal. */
class PageRunTest extends PageFixture {
  private static final String CANCEL_ONCE_SENT =
      "const send = XMLHttpRequest.prototype.send;"
          + " XMLHttpRequest.prototype.send = function (body) {"
          + "   this.upload.addEventListener("
          + "     'load', () => document.querySelector('.cancel').click());"
          + "   send.call(this, body); }";

  @Test
  void progressIsShownWhileThePhotoIsComputed() throws IOException {
    visitor.add(visitor.photo("large.jpg", 2400, 1800));
    browser.script(
        "window.seen = new Set(); new MutationObserver(() => window.seen.add("
            + "document.querySelector('.photo-state').textContent.split(',')[0]))"
            + ".observe(document.querySelector('.photo-state'), {childList: true})");
    visitor.run();
    @SuppressWarnings("unchecked")
    List<String> seen = (List<String>) browser.script("return [...window.seen]");
    assertThat(seen).contains("Computing").anyMatch(state -> state.startsWith("Done in"));
  }

  @Test
  void aPhotoThatRunsIsCanceledHereAndOnTheServer() throws IOException {
    visitor.add(visitor.photo("huge.jpg", 3000, 2000));
    browser.find("#start").click();
    browser.await("it is computed", () -> visitor.text(".photo-state").startsWith("Computing"));
    browser.find(".cancel").click();
    browser.await("it is canceled", () -> visitor.text(".photo-state").equals("Canceled"));
    browser.await("the server was told", () -> visitor.server().log().contains("\"DELETE\""));
    assertThat(browser.find(".again").getText()).isEqualTo("Try again");
    assertThat(browser.find(".download").isDisplayed()).isFalse();
  }

  @Test
  void aPhotoThatIsCanceledBeforeTheServerHasAnsweredIsCanceledThereToo() throws IOException {
    visitor.add(visitor.photo("huge.jpg", 3000, 2000));
    browser.script(CANCEL_ONCE_SENT);
    browser.find("#start").click();
    browser.await("it is canceled", () -> visitor.text(".photo-state").equals("Canceled"));
    browser.await("the server was told", () -> visitor.server().log().contains("\"DELETE\""));
  }

  @Test
  void aFileThatIsNoPictureIsRefusedInOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("letter.jpg"), "Dear Madam or Sir");
    visitor.add(file);
    visitor.run();
    assertThat(browser.find(".photo").getDomAttribute("data-state")).isEqualTo("failed");
    assertThat(visitor.text(".photo-state"))
        .contains("JPEG", "PNG")
        .endsWith(".")
        .doesNotContain("Exception");
    assertThat(visitor.announced()).startsWith("letter.jpg failed: ");
    assertThat(browser.complaints()).allMatch(line -> line.contains("/v1/jobs"));
  }

  @Test
  void aPhotoThatFailsAmongOthersIsCountedAboveThem() throws IOException {
    visitor.add(Files.writeString(folder.resolve("letter.jpg"), "Dear Madam or Sir"));
    visitor.add(visitor.photo("cat.jpg", 20, 10), visitor.photo("cat.jpg", 24, 10));
    assertThat(visitor.text("#photos-title")).isEqualTo("Photos");
    visitor.run();
    assertThat(visitor.text("#photos-title")).isEqualTo("Photos 1 of 3 failed");
    assertThat(browser.findAll(".photo[data-state=succeeded]")).hasSize(2);
  }

  @Test
  void aFileThatIsNoLongerThereIsNotCalledABrokenConnection() throws IOException {
    Path file = visitor.photo("gone.jpg", 20, 10);
    visitor.add(file);
    browser.await("it is looked at", () -> visitor.text(".photo-facts").startsWith("20 × 10"));
    Files.delete(file);
    visitor.run();
    assertThat(visitor.text(".photo-state")).startsWith("The file can no longer be read.");
  }

  @Test
  void aConnectionThatIsLostForAMomentEndsNothing() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    browser.script("window.online = fetch; fetch = () => Promise.reject(new TypeError('lost'))");
    browser.script(
        "const send = XMLHttpRequest.prototype.send;"
            + " XMLHttpRequest.prototype.send = function () {"
            + "   XMLHttpRequest.prototype.send = send; this.onerror(); }");
    browser.find("#start").click();
    browser.await(
        "that is told",
        () ->
            visitor.text(".photo-state").equals("The server does not answer; asking again in 2 s"));
    browser.await(
        "it is in the queue, of which nothing is heard",
        () -> browser.script("return sessionStorage['ganvas-jobs']") != null);
    browser.script("fetch = window.online");
    visitor.awaitEnd();
    assertThat(visitor.text(".photo-state")).startsWith("Done in");
    assertThatTheResultIs(256);
  }

  @Test
  void whatWasDoneBeforeStaysWhereItCannotBeDoneAgain() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    String before = visitor.text(".photo-facts");
    browser.script("document.forms.settings.elements.scale.add(new Option('99', '99'))");
    visitor.select("scale", "99");
    browser.find(".again").click();
    visitor.awaitEnd();
    assertThat(visitor.text(".photo-state")).contains("from 1 to 16");
    assertThat(visitor.announced()).startsWith("cat.jpg failed: ");
    assertThatTheResultIs(256);
    assertThat(visitor.text(".photo-facts")).isEqualTo(before);
    visitor.select("scale", "2");
    browser.find(".again").click();
    browser.await("it is done again", () -> visitor.text(".photo-facts").contains("128 × 96"));
    assertThatTheResultIs(128);
    assertThat(browser.script("return JSON.parse(sessionStorage['ganvas-jobs']).length"))
        .isEqualTo(1L);
    browser.await(
        "the server was told of the first", () -> visitor.server().log().contains("\"DELETE\""));
  }

  @Test
  void whatWasDoneBeforeStaysWhenDoingItAgainIsCanceled() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    String done = visitor.text(".photo-state");
    browser.script(CANCEL_ONCE_SENT);
    browser.find(".again").click();
    browser.await(
        "it is canceled",
        () -> browser.findAll(".cancel").stream().noneMatch(WebElement::isDisplayed));
    assertThat(visitor.text(".photo-state")).isEqualTo(done);
    assertThatTheResultIs(256);
    visitor.reload();
    browser.await("it is found again", () -> !browser.findAll(".photo").isEmpty());
    visitor.awaitEnd();
    assertThat(browser.findAll(".photo")).hasSize(1);
    assertThatTheResultIs(256);
  }

  private void assertThatTheResultIs(long width) {
    assertThat(browser.find(".download").isDisplayed()).isTrue();
    browser.await("the result is shown", () -> visitor.shown("result") == width);
  }
}
