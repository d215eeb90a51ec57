package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What a page that is loaded again knows of the photos that were sent before. */
class PageReloadTest extends PageFixture {
  @Test
  void aPhotoThatRunsIsFoundAgainWhenThePageIsLoadedAgain() throws IOException {
    visitor.add(visitor.photo("huge.jpg", 3000, 2000));
    browser.find("#start").click();
    browser.await("it is computed", () -> visitor.text(".photo-state").startsWith("Computing"));
    visitor.reload();
    visitor.awaitEnd();
    assertThat(visitor.text(".photo-state")).startsWith("Done in");
    assertThat(visitor.text(".photo-name")).isEqualTo("huge.jpg");
    assertThat(visitor.text(".photo-facts")).startsWith("12000 × 8000");
    assertThat(browser.find(".download").getDomProperty("download")).isEqualTo("huge-tiny-x4.jpg");
    assertThat(browser.find(".again").isDisplayed()).isFalse();
    browser.await("it is shown", () -> visitor.shown("result") == 12000);
    assertThat(visitor.text(".photo-view")).contains("The original was no longer here");
    Object path = browser.script("return JSON.parse(sessionStorage['ganvas-jobs'])[0].path");
    browser.find(".remove").click();
    browser.await(
        "the server has removed it",
        () ->
            browser
                .promised("(await fetch('" + path + "')).json()")
                .toString()
                .contains("expired"));
    visitor.reload();
    assertThat(browser.findAll(".photo")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aPhotoIsCanceledAfterThePageHasBeenLoadedAgain() throws IOException {
    visitor.add(visitor.photo("huge.jpg", 3000, 2000));
    browser.find("#start").click();
    browser.await("it is computed", () -> visitor.text(".photo-state").startsWith("Computing"));
    visitor.reload();
    browser.await("it is found again", () -> !browser.findAll(".cancel").isEmpty());
    browser.find(".cancel").click();
    browser.await("it is canceled", () -> visitor.text(".photo-state").equals("Canceled"));
    assertThat(browser.find(".again").isDisplayed()).isFalse();
    assertThat(browser.script("return sessionStorage.getItem('ganvas-jobs')")).isEqualTo("[]");
  }

  @Test
  void aPhotoWhoseResultIsGoneIsSpokenOfOnceWithoutAnOfferThatCannotHelp() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 20, 10));
    visitor.run();
    browser.script(
        "const [job] = JSON.parse(sessionStorage['ganvas-jobs']); const unknown = {...job,"
            + " path: 'v1/jobs/00000000-0000-0000-0000-000000000000', name: 'unknown.jpg'};"
            + " sessionStorage['ganvas-jobs'] = JSON.stringify([job, unknown])");
    browser.promised(
        "(await fetch(JSON.parse(sessionStorage['ganvas-jobs'])[0].path, {method: 'DELETE'})).status");
    visitor.reload();
    browser.await(
        "that both are gone is said",
        () -> browser.findAll(".photo[data-state=failed]").size() == 2);
    assertThat(visitor.text(".photo-state")).isEqualTo("The result is no longer kept.");
    assertThat(browser.findAll(".again")).noneMatch(WebElement::isDisplayed);
    visitor.reload();
    assertThat(browser.findAll(".photo")).isEmpty();
  }

  @Test
  void whatWasChosenIsStillChosenWhenThePageIsLoadedAgain() {
    visitor.choose("model", "tiny-x2");
    visitor.select("scale", "3");
    visitor.select("format", "webp");
    browser.find("[name=quality]").sendKeys(Keys.HOME);
    browser.find("[name=metadata]").click();
    List<String> chosen = chosen();
    assertThat(chosen).containsExactly("upscale", "tiny-x2", "3", "webp", "50", "on");
    visitor.reload();
    assertThat(chosen()).isEqualTo(chosen);
    assertThat(visitor.text("#quality-value")).isEqualTo("50");
    visitor.choose("task", "generate");
    visitor.choose("model", "tiny-digits");
    browser.find("[name=seed]").sendKeys("7");
    visitor.select("label", browser.findAll("[name=label] option").get(2).getDomProperty("value"));
    chosen = chosen();
    assertThat(chosen).doesNotContain("");
    visitor.reload();
    assertThat(chosen()).isEqualTo(chosen);
    assertThat(visitor.text("#heading")).isEqualTo("Make new pictures");
    browser.script(
        "sessionStorage['ganvas-settings'] = '[[\"model\",\"gone\"],[\"scale\",\"7\"]]'");
    visitor.reload();
    assertThat(chosen()).startsWith("upscale", "tiny-x4", "4", "jpg");
    assertThat(browser.complaints()).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private List<String> chosen() {
    return (List<String>)
        browser.script("return [...new FormData(document.forms.settings).values()]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.defineProperty(window, 'sessionStorage',"
            + " {get() { throw new DOMException('denied', 'SecurityError'); }})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
      })
  void aBrowserThatStoresNothingForgetsPhotosOnlyWhenThePageIsLoadedAgain(String script)
      throws IOException {
    String name = browser.runBeforePages(script);
    try {
      visitor.comeIn();
      for (int width = 20; width < 25; width++) {
        visitor.add(visitor.photo(width + ".jpg", width, 10));
      }
      visitor.run();
      assertThat(browser.findAll(".photo[data-state=succeeded]")).hasSize(5);
    } finally {
      browser.runNoLonger(name);
      visitor.comeIn();
    }
    assertThat(browser.findAll(".photo")).isEmpty();
  }
}
