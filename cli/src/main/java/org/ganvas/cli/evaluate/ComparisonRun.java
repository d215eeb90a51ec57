package org.ganvas.cli.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.cli.console.Failures;
import org.ganvas.inference.task.Progress;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.Contestant;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Quality;

/** Has several models enlarge the same pictures, and tells what comes out. */
final class ComparisonRun {
  private final List<Contestant> contestants;
  private final Judge judge;
  private final List<ComparisonReport> reports;
  private final Map<String, List<Quality>> qualities = new LinkedHashMap<>();
  private boolean warm;

  ComparisonRun(List<Contestant> contestants, Judge judge, List<ComparisonReport> reports) {
    this.contestants = contestants;
    this.judge = judge;
    this.reports = reports;
  }

  /** Whether all pictures could be measured. */
  boolean run(List<PairFiles> files, int scale, Progress progress) {
    int measured = 0;
    for (int i = 0; i < files.size(); i++) {
      progress.advanced(i, files.size());
      if (measure(files.get(i), scale)) {
        measured++;
      }
    }
    if (measured > 0) {
      Map<String, Quality> means = new LinkedHashMap<>();
      qualities.forEach((name, list) -> means.put(name, Quality.mean(list)));
      int pictures = measured;
      reports.forEach(report -> report.ended(pictures, means));
    }
    return measured == files.size();
  }

  private boolean measure(PairFiles file, int scale) {
    try {
      PicturePair pair = file.read(scale);
      judge.check(pair);
      if (!warm) {
        // The first run loads and optimizes; its time would say nothing about the models.
        contestants.forEach(contestant -> pair.score(contestant.upscaler()));
        warm = true;
      }
      ComparedPicture compared = ComparedPicture.of(pair, contestants, judge);
      for (ComparedPicture.Result result : compared.results()) {
        qualities.computeIfAbsent(result.name(), n -> new ArrayList<>()).add(result.quality());
      }
      reports.forEach(report -> report.measured(compared));
      return true;
    } catch (IOException e) {
      reports.forEach(report -> report.failed(file, Failures.message(e)));
      return false;
    }
  }
}
