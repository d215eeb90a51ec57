package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium that looks at the page of a server. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Says at each start that it has no types for this very version of the browser's protocol. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;
  private String opened = "";

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts a browser of its own, without anybody's settings; skips the tests where none is
   * installed.
   *
   * @param downloads where it puts what it downloads
   */
  static Browser start(Path downloads) {
    Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "skipped: the page is tested in Chromium, which is not installed here together with"
            + " chromedriver (Debian: apt-get install chromium chromium-driver)");
    DEVTOOLS.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments(
        "--window-size=1280,1000", "--disable-gpu", "--lang=en", "--force-prefers-reduced-motion");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.get().toFile()).build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String... names) {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a page as in a new tab. */
  void open(String address) {
    script("try { sessionStorage.clear(); } catch { /* a blank page has none */ }");
    driver.get("about:blank"); // what was there before ends, and is not taken for the new page
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    driver.get(address);
    opened = URI.create(address).getAuthority();
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  /** The value of a promise. */
  Object promised(String expression) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(
        "const done = arguments[arguments.length - 1]; (async () => "
            + expression
            + ")().then(done);");
  }

  void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(what)
        .until(any -> condition.getAsBoolean());
  }

  /** What an element is called by a screen reader. */
  String accessibleName(String selector) {
    return find(selector).getAccessibleName();
  }

  void emulate(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand("Emulation." + command, parameters);
  }

  /** Runs a script in each page that is opened from now on, before the page's own; its name. */
  String runBeforePages(String script) {
    return (String)
        driver
            .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
            .get("identifier");
  }

  void runNoLonger(String name) {
    driver.executeCdpCommand(
        "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", name));
  }

  /** The console's errors and warnings since the page was opened. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .collect(Collectors.toList());
  }

  /** Asserts that all requests since the page was opened went to the server that it came from. */
  void assertNobodyElseWasAsked() {
    List<URI> asked =
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .map(entry -> JsonParser.parseString(entry.getMessage()).getAsJsonObject())
            .map(entry -> entry.getAsJsonObject("message"))
            .filter(event -> event.get("method").getAsString().equals("Network.requestWillBeSent"))
            .map(Browser::address)
            .collect(Collectors.toList());
    assertThat(asked)
        .isNotEmpty()
        .allMatch(
            address -> address.getScheme().equals("blob") || address.getAuthority().equals(opened));
  }

  private static URI address(JsonObject event) {
    JsonObject request = event.getAsJsonObject("params").getAsJsonObject("request");
    return URI.create(request.get("url").getAsString());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
