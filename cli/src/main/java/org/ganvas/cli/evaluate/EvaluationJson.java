package org.ganvas.cli.evaluate;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.ganvas.cli.console.JsonLines;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Score;

/** An evaluation as one JSON object a line for each picture and a last one for the means. */
final class EvaluationJson implements EvaluationReport {
  private final JsonLines lines;
  private final String model;
  private final int scale;

  EvaluationJson(PrintWriter out, String model, int scale) {
    this.lines = new JsonLines(out);
    this.model = model;
    this.scale = scale;
  }

  @Override
  public void measured(PicturePair pair, Score score, Score bicubic) {
    JsonObject line = new JsonObject();
    line.addProperty("picture", pair.name());
    line.addProperty("status", "done");
    line.addProperty("width", pair.high().width());
    line.addProperty("height", pair.high().height());
    addFigures(line, score, bicubic);
    lines.print(line);
  }

  @Override
  public void failed(PairFiles files, String message) {
    JsonObject line = new JsonObject();
    line.addProperty("picture", files.name());
    line.addProperty("status", "failed");
    line.addProperty("message", message);
    lines.print(line);
  }

  @Override
  public void ended(int pictures, Score score, Score bicubic) {
    JsonObject line = new JsonObject();
    line.addProperty("status", "mean");
    line.addProperty("pictures", pictures);
    addFigures(line, score, bicubic);
    lines.print(line);
  }

  private void addFigures(JsonObject line, Score score, Score bicubic) {
    line.addProperty("model", model);
    line.addProperty("scale", scale);
    line.addProperty("psnr", JsonLines.finite(score.psnr()));
    line.addProperty("ssim", score.ssim());
    line.addProperty("seconds", JsonLines.seconds(score.seconds()));
    line.addProperty("bicubicPsnr", JsonLines.finite(bicubic.psnr()));
    line.addProperty("bicubicSsim", bicubic.ssim());
  }
}
