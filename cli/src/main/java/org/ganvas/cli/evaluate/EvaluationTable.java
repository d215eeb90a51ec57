package org.ganvas.cli.evaluate;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ganvas.cli.console.Terminal;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Score;

/** An evaluation as a table for people. */
final class EvaluationTable implements EvaluationReport {
  private final PrintWriter out;
  private final PrintWriter err;
  private final String columns;

  /** Begins the table; the pictures' names give the width of its first column. */
  EvaluationTable(PrintWriter out, PrintWriter err, List<PairFiles> files) {
    this.out = out;
    this.err = err;
    int widest = files.stream().mapToInt(file -> file.name().length()).max().orElse(0);
    columns = "%-" + Math.max(widest, 7) + "s  %11s  %6s  %6s  %7s  %7s  %6s%n";
    row("PICTURE", "SIZE", "PSNR-Y", "SSIM", "SECONDS", "BICUBIC", "SSIM");
  }

  @Override
  public void measured(PicturePair pair, Score model, Score bicubic) {
    row(
        Terminal.printable(pair.name()),
        pair.high().width() + "x" + pair.high().height(),
        model,
        bicubic);
  }

  @Override
  public void failed(PairFiles files, String message) {
    Terminal.tell(err, files.high() + ": " + message);
  }

  @Override
  public void ended(int pictures, Score model, Score bicubic) {
    row("mean", "of " + pictures, model, bicubic);
  }

  private void row(String name, String size, Score model, Score bicubic) {
    row(
        name,
        size,
        number("%.2f", model.psnr()),
        number("%.4f", model.ssim()),
        number("%.3f", model.seconds()),
        number("%.2f", bicubic.psnr()),
        number("%.4f", bicubic.ssim()));
  }

  private void row(Object... cells) {
    out.printf(Locale.ROOT, columns, cells);
    out.flush();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
