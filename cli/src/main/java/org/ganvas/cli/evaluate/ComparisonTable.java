package org.ganvas.cli.evaluate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ganvas.cli.console.Terminal;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.Quality;
import org.ganvas.training.report.QualityColumns;

/** A comparison as a table for people: the means, a row for each model. */
final class ComparisonTable implements ComparisonReport {
  private static final int WIDTH = 9;

  private final PrintWriter out;
  private final PrintWriter err;
  private final QualityColumns columns;

  ComparisonTable(PrintWriter out, PrintWriter err, QualityColumns columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void measured(ComparedPicture picture) {
    // A hundred pictures of three models make no table that anybody reads.
  }

  @Override
  public void failed(PairFiles files, String message) {
    Terminal.tell(err, files.high() + ": " + message);
  }

  @Override
  public void ended(int pictures, Map<String, Quality> means) {
    int widest = means.keySet().stream().mapToInt(String::length).max().orElse(0);
    row(widest, "MODEL", columns.titles());
    means.forEach((name, quality) -> row(widest, name, columns.cells(name, quality)));
    out.printf(Locale.ROOT, "%nMeans of %d picture%s.%n", pictures, pictures == 1 ? "" : "s");
    columns.meanings().forEach(out::println);
    out.flush();
  }

  private void row(int widest, String name, List<String> cells) {
    List<String> padded = new ArrayList<>();
    padded.add(String.format(Locale.ROOT, "%-" + Math.max(widest, 8) + "s", name));
    cells.forEach(cell -> padded.add(String.format(Locale.ROOT, "%" + WIDTH + "s", cell)));
    out.println(String.join("  ", padded));
  }
}
