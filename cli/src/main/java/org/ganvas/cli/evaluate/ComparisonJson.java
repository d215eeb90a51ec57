package org.ganvas.cli.evaluate;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Map;
import org.ganvas.cli.console.JsonLines;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Quality;

/** A comparison as one JSON object a line for each result, and one for each mean. */
final class ComparisonJson implements ComparisonReport {
  private final JsonLines lines;
  private final int scale;

  ComparisonJson(PrintWriter out, int scale) {
    this.lines = new JsonLines(out);
    this.scale = scale;
  }

  @Override
  public void measured(ComparedPicture picture) {
    PicturePair pair = picture.pair();
    for (ComparedPicture.Result result : picture.results()) {
      JsonObject line = new JsonObject();
      line.addProperty("picture", pair.name());
      line.addProperty("status", "done");
      line.addProperty("width", pair.high().width());
      line.addProperty("height", pair.high().height());
      print(line, result.name(), result.quality());
    }
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
  public void ended(int pictures, Map<String, Quality> means) {
    means.forEach(
        (name, quality) -> {
          JsonObject line = new JsonObject();
          line.addProperty("status", "mean");
          line.addProperty("pictures", pictures);
          print(line, name, quality);
        });
  }

  private void print(JsonObject line, String model, Quality quality) {
    line.addProperty("model", model);
    line.addProperty("scale", scale);
    line.addProperty("psnr", JsonLines.finite(quality.score().psnr()));
    line.addProperty("ssim", quality.score().ssim());
    line.addProperty("perceptualDistance", quality.distance());
    line.addProperty("brisque", quality.brisque());
    line.addProperty("seconds", JsonLines.seconds(quality.score().seconds()));
    lines.print(line);
  }
}
