package org.ganvas.cli.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.Quality;
import org.ganvas.training.report.ComparisonPage;

/** A comparison as a page, written at its end. */
final class ComparisonPageReport implements ComparisonReport {
  private final ComparisonPage page;
  private final Path file;
  private final int scale;

  ComparisonPageReport(ComparisonPage page, Path file, int scale) {
    this.page = page;
    this.file = file;
    this.scale = scale;
  }

  @Override
  public void measured(ComparedPicture picture) {
    page.add(picture);
  }

  @Override
  public void failed(PairFiles files, String message) {
    // Told by the report beside this one.
  }

  @Override
  public void ended(int pictures, Map<String, Quality> means) {
    try {
      page.write(file, means, pictures, scale);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
