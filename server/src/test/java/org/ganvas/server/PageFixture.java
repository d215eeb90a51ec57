package org.ganvas.server;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A visitor of the page for all tests of a class, who comes in anew for each; none of the tests may
 * have the browser ask another server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageFixture {
  Path folder;
  PageVisitor visitor;
  Browser browser;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    visitor = new PageVisitor(folder);
    browser = visitor.browser();
  }

  @AfterAll
  void stop() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @BeforeEach
  void comeIn() {
    visitor.comeIn();
  }

  @AfterEach
  void nobodyElseWasAsked() {
    browser.assertNobodyElseWasAsked();
  }
}
