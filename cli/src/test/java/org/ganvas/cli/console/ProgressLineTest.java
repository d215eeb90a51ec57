package org.ganvas.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.ganvas.inference.task.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  @Test
  void showsHowFarItIsAndHowLongItWillTake() {
    assertThat(ProgressLine.text("a.jpg", 6, 24, TimeUnit.SECONDS.toNanos(60)))
        .isEqualTo("a.jpg [######..................] 25% 3:01 left");
    assertThat(ProgressLine.text("a.jpg", 1, 100, TimeUnit.SECONDS.toNanos(60)))
        .endsWith(" 1% 1:39:01 left");
    assertThat(ProgressLine.text("a.jpg", 0, 24, 0)).endsWith("] 0%");
  }

  @Test
  void aTerminalThatIsNarrowerThanTheLineDoesNotWrapIt() {
    StringWriter written = new StringWriter();
    new ProgressLine(new PrintWriter(written)).begin("a.jpg").advanced(1, 2);
    String noWrap = "\u001b[?7l";
    String wrap = "\u001b[?7h";
    assertThat(written.toString()).containsSubsequence("\r", noWrap, "a.jpg [####", " left", wrap);
    assertThat(written.toString()).endsWith(wrap);
  }

  @Test
  void aNameThatMovesTheCursorIsShownWithoutThat() {
    StringWriter written = new StringWriter();
    new ProgressLine(new PrintWriter(written)).begin("a\n\u001b[2J\u009bb.jpg").advanced(1, 2);
    assertThat(written.toString()).contains("a??[2J?b.jpg [####");
  }

  @Test
  void aThousandTilesInAMomentAreShownOnce() {
    StringWriter written = new StringWriter();
    ProgressLine line = new ProgressLine(new PrintWriter(written));
    Progress progress = line.begin("a.jpg");
    for (int i = 0; i < 1000; i++) {
      progress.advanced(i, 1000);
    }
    assertThat(written.toString().split("\r")).hasSizeLessThan(4);
    line.clear();
    assertThat(written.toString()).endsWith("\r\u001b[K");
  }
}
