package org.ganvas.cli.evaluate;

import java.util.Map;
import org.ganvas.training.evaluation.ComparedPicture;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.Quality;

/** Tells how a comparison goes, picture by picture. */
interface ComparisonReport {
  /** A picture was measured. */
  void measured(ComparedPicture picture);

  /** A picture could not be measured; why, in one line. */
  void failed(PairFiles files, String message);

  /** The means over at least one picture, by name: the original, bicubic, and each model. */
  void ended(int pictures, Map<String, Quality> means);
}
