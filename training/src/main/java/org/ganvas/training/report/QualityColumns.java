package org.ganvas.training.report;

import static org.ganvas.training.evaluation.ComparedPicture.ORIGINAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.Quality;
import org.jspecify.annotations.Nullable;

/** The figures of a comparison as columns of a table: their titles, numbers and meaning. */
public final class QualityColumns {
  private static final String NOTHING = "-";

  private final List<Column> columns;

  private enum Better {
    MORE,
    LESS,
    /** Told, but not compared. */
    NEITHER
  }

  /**
   * A figure.
   *
   * @param format of its number in a table
   * @param caption of its number under a picture
   */
  private record Column(
      String title,
      Function<Quality, @Nullable Double> figure,
      String format,
      String caption,
      Better better,
      String meaning) {

    /** Nothing where there is no number, or where it says nothing. */
    String text(String form, String name, Quality quality) {
      Double value = figure.apply(quality);
      boolean ofItself = name.equals(ORIGINAL) && !title.equals("BRISQUE");
      return value == null || !Double.isFinite(value) || ofItself
          ? NOTHING
          : String.format(Locale.ROOT, form, value);
    }
  }

  /** The columns of what a judge measures. */
  public QualityColumns(Judge judge) {
    columns = new ArrayList<>();
    columns.add(
        new Column(
            "PSNR-Y", q -> q.score().psnr(), "%.2f", "%.2f dB", Better.MORE, "in dB, on the luma"));
    columns.add(
        new Column("SSIM", q -> q.score().ssim(), "%.4f", "SSIM %.3f", Better.MORE, "on the luma"));
    if (judge.distanceName() != null) {
      String meaning = judge.distanceName() + ", 0 for what looks the same";
      columns.add(
          new Column("DISTANCE", Quality::distance, "%.4f", "distance %.3f", Better.LESS, meaning));
    }
    if (judge.brisque() != null) {
      String meaning = "how natural it looks without the original, from 0 (best) to 100";
      columns.add(
          new Column("BRISQUE", Quality::brisque, "%.1f", "BRISQUE %.0f", Better.LESS, meaning));
    }
    columns.add(
        new Column(
            "SECONDS",
            q -> q.score().seconds(),
            "%.3f",
            "%.2f s",
            Better.NEITHER,
            "for one picture"));
  }

  /** The titles in order. */
  public List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  /** The numbers under these titles. */
  public List<String> cells(String name, Quality quality) {
    return columns.stream().map(column -> column.text(column.format, name, quality)).toList();
  }

  /** The numbers in one line, each with its unit or name. */
  String caption(String name, Quality quality) {
    return String.join(
        " · ",
        columns.stream()
            .filter(column -> column.better != Better.NEITHER)
            .map(column -> column.text(column.caption, name, quality))
            .filter(text -> !text.equals(NOTHING))
            .toList());
  }

  /** What the titles mean, a line for each. */
  public List<String> meanings() {
    return columns.stream().map(QualityColumns::meaning).toList();
  }

  private static String meaning(Column column) {
    String text = "%s: %s".formatted(column.title, column.meaning);
    return switch (column.better) {
      case MORE -> text + "; more is better";
      case LESS -> text + "; less is better";
      case NEITHER -> text;
    };
  }

  /** The head and the body of an HTML table, the best number of each column marked. */
  String html(Map<String, Quality> rows) {
    StringBuilder html = new StringBuilder("<thead><tr><th>MODEL</th>");
    titles().forEach(title -> html.append("<th>").append(title).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    rows.forEach(
        (name, quality) -> {
          html.append("<tr><td>").append(Html.escape(name)).append("</td>");
          for (Column column : columns) {
            String text = column.text(column.format, name, quality);
            boolean best = !text.equals(NOTHING) && text.equals(best(column, rows));
            html.append(best ? "<td class=\"best\">" : "<td>").append(text).append("</td>");
          }
          html.append("</tr>\n");
        });
    return html.append("</tbody>\n").toString();
  }

  /** The best number of a column, as text; of nothing if they are not compared. */
  private static String best(Column column, Map<String, Quality> rows) {
    if (column.better == Better.NEITHER) {
      return "";
    }
    int sign = column.better == Better.MORE ? 1 : -1;
    return rows.entrySet().stream()
        .filter(row -> !row.getKey().equals(ORIGINAL))
        .filter(row -> column.figure.apply(row.getValue()) != null)
        .max(
            (a, b) ->
                sign
                    * Double.compare(
                        Objects.requireNonNull(column.figure.apply(a.getValue())),
                        Objects.requireNonNull(column.figure.apply(b.getValue()))))
        .map(row -> column.text(column.format, row.getKey(), row.getValue()))
        .orElse("");
  }
}
