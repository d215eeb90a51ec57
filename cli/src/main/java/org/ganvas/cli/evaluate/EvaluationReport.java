package org.ganvas.cli.evaluate;

import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.ganvas.training.evaluation.Score;

/** Tells how an evaluation goes, picture by picture. */
interface EvaluationReport {
  /** A picture was measured: the model, and bicubic interpolation beside it. */
  void measured(PicturePair pair, Score model, Score bicubic);

  /** A picture could not be measured; why, in one line. */
  void failed(PairFiles files, String message);

  /** The means over at least one picture. */
  void ended(int pictures, Score model, Score bicubic);
}
