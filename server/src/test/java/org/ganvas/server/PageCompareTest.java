package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The result beside the original, and what there is where it cannot be shown. */
class PageCompareTest extends PageFixture {
  private static final Path PICTURES =
      Path.of("../inference/src/test/resources/org/ganvas/inference/image");

  @Test
  void theBorderIsMovedByKeysAndByPointer() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    WebElement divider = browser.find(".divider");
    assertThat(divider.getAriaRole()).isEqualTo("slider");
    assertThat(PageVisitor.position(divider)).isEqualTo(50);
    divider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(PageVisitor.position(divider)).isEqualTo(54);
    divider.sendKeys(Keys.HOME);
    assertThat(PageVisitor.position(divider)).isZero();
    divider.sendKeys(Keys.END);
    assertThat(PageVisitor.position(divider)).isEqualTo(100);
    WebElement stage = browser.find(".stage");
    int quarter = stage.getSize().getWidth() / 4;
    new Actions(browser.driver()).moveToElement(stage, -quarter, 10).click().perform();
    assertThat(PageVisitor.position(divider)).isBetween(24, 26);
    String cut = browser.find(".stage .result").getCssValue("clip-path");
    assertThat(Double.parseDouble(cut.replaceAll(".* |%\\)", ""))).isBetween(24.0, 26.0);
  }

  @Test
  void theLensShowsTheSamePlaceOfBothPictures() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    browser.script("document.querySelector('.zoom input[value=\"2\"]').click()");
    assertThat(browser.find(".lens").isDisplayed()).isTrue();
    for (WebElement pane : browser.findAll(".pane")) {
      assertThat(pane.getCssValue("background-size")).isEqualTo("512px 384px");
    }
    String before = browser.find(".pane-result").getCssValue("background-position");
    browser.find(".spot").sendKeys(Keys.ARROW_LEFT);
    assertThat(browser.find(".pane-result").getCssValue("background-position"))
        .isNotEqualTo(before);
    browser.script("document.querySelector('.zoom input[value=\"0\"]').click()");
    assertThat(browser.find(".lens").isDisplayed()).isFalse();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aTiffIsEnlargedThoughTheBrowserCannotShowIt() {
    visitor.add(PICTURES.resolve("rgb.tif"));
    browser.await(
        "that is told", () -> visitor.text(".photo-facts").endsWith("no preview in this browser"));
    visitor.run();
    browser.await("the result is decoded", () -> visitor.shown("result") > 0);
    assertThat(visitor.text(".photo-view")).contains("can’t show the original");
    assertThat(browser.findAll(".divider")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }
}
