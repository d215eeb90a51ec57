package org.ganvas.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Score;
import org.jspecify.annotations.Nullable;

/** An evaluation as one JSON object a line for each picture and a last one for the means. */
final class EvaluationJson implements EvaluationReport {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final PrintWriter out;
  private final String model;
  private final int scale;

  EvaluationJson(PrintWriter out, String model, int scale) {
    this.out = out;
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
    print(line);
  }

  @Override
  public void failed(PairFiles files, String message) {
    JsonObject line = new JsonObject();
    line.addProperty("picture", files.name());
    line.addProperty("status", "failed");
    line.addProperty("message", message);
    print(line);
  }

  @Override
  public void ended(int pictures, Score score, Score bicubic) {
    JsonObject line = new JsonObject();
    line.addProperty("status", "mean");
    line.addProperty("pictures", pictures);
    addFigures(line, score, bicubic);
    print(line);
  }

  private void addFigures(JsonObject line, Score score, Score bicubic) {
    line.addProperty("model", model);
    line.addProperty("scale", scale);
    line.addProperty("psnr", finite(score.psnr()));
    line.addProperty("ssim", score.ssim());
    line.addProperty("seconds", Math.round(score.seconds() * 1000) / 1000.0);
    line.addProperty("bicubicPsnr", finite(bicubic.psnr()));
    line.addProperty("bicubicSsim", bicubic.ssim());
  }

  /** Equal pictures have an infinite ratio, which JSON can't say. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void print(JsonObject line) {
    out.println(GSON.toJson(line));
    out.flush();
  }
}
