package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page for those who use a keyboard, a finger or a screen reader, or see little. */
class PageAccessibilityTest extends PageFixture {
  @Test
  void theKeyboardReachesEverythingInReadingOrder() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    browser.script("document.querySelector('.skip').focus()");
    List<String> focused = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      focused.add(
          (String)
              browser.script(
                  "const e = document.activeElement; return e.id || e.name || e.className"));
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
    }
    assertThat(focused)
        .containsSubsequence(
            "skip",
            "brand",
            "files",
            "clear",
            "compare-toggle",
            "button download",
            "quiet again",
            "quiet remove",
            "divider",
            "model",
            "scale",
            "format",
            "quality");
    browser.find(".skip").sendKeys(Keys.ENTER);
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("work");
  }

  @Test
  void theFocusStaysAtThePhotoWhoseButtonIsPressed() throws IOException {
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    browser.script("window.send = XMLHttpRequest.prototype.send;");
    browser.script("XMLHttpRequest.prototype.send = () => {}"); // it never ends
    browser.find(".again").sendKeys(Keys.ENTER);
    browser.await("it can be canceled", () -> browser.find(".cancel").isDisplayed());
    assertThat(focused()).isEqualTo("quiet cancel");
    browser.script("XMLHttpRequest.prototype.send = window.send");
    visitor.reload();
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    browser.find("#start").click();
    browser.find(".photo:last-child .cancel").sendKeys(Keys.ENTER);
    visitor.awaitEnd();
    assertThat(focused()).isIn("quiet again", "quiet remove");
  }

  private Object focused() {
    return browser.script("return document.activeElement.className");
  }

  @Test
  void aFingerMovesTheBorderAndNothingIsWiderThanAPhone() throws IOException {
    try {
      browser.emulate(
          "setDeviceMetricsOverride",
          Map.of("width", 390, "height", 800, "deviceScaleFactor", 2, "mobile", true));
      browser.emulate("setTouchEmulationEnabled", Map.of("enabled", true));
      visitor.add(
          visitor.photo("a photo with a name that is longer than a phone is wide.jpg", 64, 48));
      visitor.run();
      assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(390L);
      WebElement divider = browser.find(".divider");
      browser.script(
          "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", divider);
      drag("touchStart", 0.5);
      drag("touchMove", 0.7);
      drag("touchMove", 0.8);
      browser
          .driver()
          .executeCdpCommand(
              "Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
      assertThat(PageVisitor.position(divider)).isBetween(78, 82);
    } finally {
      browser.emulate("setTouchEmulationEnabled", Map.of("enabled", false));
      browser.emulate("clearDeviceMetricsOverride", Map.of());
    }
  }

  /** 320 pixels are what the Web Content Accessibility Guidelines 2.2, 1.4.10, ask for. */
  @Test
  void nothingIsCutOffInTheNarrowestWindow() {
    try {
      browser.emulate(
          "setDeviceMetricsOverride",
          Map.of("width", 320, "height", 800, "deviceScaleFactor", 1, "mobile", true));
      assertThat(
              browser.script(
                  "return [...document.querySelectorAll('html, .panel, .segments')]"
                      + ".filter((box) => box.scrollWidth > box.clientWidth)"
                      + ".map((box) => box.className)"))
          .isEqualTo(List.of());
    } finally {
      browser.emulate("clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void theButtonThatStartsIsSeenWithoutScrollingAndHidesNothingThatHasTheFocus() {
    try {
      for (int width : List.of(1280, 390)) {
        browser.emulate(
            "setDeviceMetricsOverride",
            Map.of("width", width, "height", 640, "deviceScaleFactor", 1, "mobile", width < 900));
        browser.script("window.scrollTo(0, 0)");
        assertThat(isUncovered("#start")).isTrue();
        for (String control : List.of("[name=model][value=tiny-x2]", "[name=format]")) {
          browser.script("document.querySelector(arguments[0]).focus()", control);
          browser.await(control + " is not covered", () -> isUncovered(control));
        }
      }
    } finally {
      browser.emulate("clearDeviceMetricsOverride", Map.of());
    }
  }

  private boolean isUncovered(String control) {
    return (boolean)
        browser.script(
            "const box = document.querySelector(arguments[0]); const rect = box.getBoundingClientRect();"
                + " const top = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);"
                + " return top === box",
            control);
  }

  @Test
  void axeFindsNothingOnThePageInLightAndInDark() throws IOException {
    assertThat(violations()).isEmpty();
    visitor.add(visitor.photo("cat.jpg", 64, 48));
    visitor.run();
    browser.script("document.querySelector('.zoom input[value=\"1\"]').click()");
    assertThat(violations()).isEmpty();
    String light = browser.find("body").getCssValue("background-color");
    Map<String, String> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
    browser.emulate("setEmulatedMedia", Map.of("features", List.of(dark)));
    try {
      assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
      assertThat(violations()).isEmpty();
    } finally {
      browser.emulate("setEmulatedMedia", Map.of("features", List.of()));
    }
  }

  @Test
  void axeFindsNothingInTheReference() {
    browser.open("http://127.0.0.1:" + visitor.server().port() + "/docs");
    browser.await("the operations are shown", () -> browser.findAll(".operation").size() > 10);
    assertThat(violations()).isEmpty();
    assertThat(browser.find("#submitJob").getText())
        .contains("POST", "/v1/jobs", "Idempotency-Key");
    assertThat(browser.complaints()).isEmpty();
  }

  private List<String> violations() {
    List<Rule> rules = new AxeBuilder().analyze(browser.driver()).getViolations();
    return rules.stream().map(rule -> rule.getImpact() + ": " + rule + rule.getNodes()).toList();
  }

  private void drag(String type, double part) {
    @SuppressWarnings("unchecked")
    Map<String, Number> box =
        (Map<String, Number>)
            browser.script(
                "return document.querySelector('.stage').getBoundingClientRect().toJSON()");
    Map<String, Object> point =
        Map.of(
            "x", box.get("left").doubleValue() + part * box.get("width").doubleValue(),
            "y", box.get("top").doubleValue() + 0.5 * box.get("height").doubleValue());
    browser
        .driver()
        .executeCdpCommand(
            "Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", List.of(point)));
  }
}
