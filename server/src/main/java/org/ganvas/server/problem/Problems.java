package org.ganvas.server.problem;

import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.ImageWriteException;
import org.ganvas.inference.model.ModelException;

/** What the inference library refuses, as problems. */
public final class Problems {
  private static final String NO_MEMORY =
      "the server has too little memory for this picture at the moment; try a smaller one, or later";

  private static final String NO_ROOM =
      "a result is written to the server's disk before it is sent, found no room there; try again later";

  private Problems() {}

  /** The problem that a failure of a task is; never with a path or a stack trace in it. */
  public static Problem of(Throwable failure) {
    if (failure instanceof ProblemException refused) {
      return refused.problem();
    }
    if (failure instanceof ImageRefusedException refused) {
      return new Problem(kind(refused.reason()), String.valueOf(refused.getMessage()));
    }
    if (failure instanceof ModelException refused
        && refused.reason() == ModelException.Reason.UNSUITABLE) {
      return new Problem(
          ProblemKind.UNSUPPORTED, "the model cannot do this; choose another with ?model=");
    }
    if (failure instanceof ImageWriteException) {
      return new Problem(ProblemKind.NO_ROOM, NO_ROOM);
    }
    if (failure instanceof OutOfMemoryError) {
      return new Problem(ProblemKind.BUSY, NO_MEMORY);
    }
    return new Problem(
        ProblemKind.FAILED, "the server could not do it; its log says why, under the request's id");
  }

  private static ProblemKind kind(ImageRefusedException.Reason reason) {
    return switch (reason) {
      case EMPTY, NOT_A_PICTURE -> ProblemKind.NOT_A_PICTURE;
      case TRUNCATED, DAMAGED -> ProblemKind.DAMAGED;
      case TOO_LARGE -> ProblemKind.TOO_LARGE;
      case UNSUPPORTED -> ProblemKind.UNSUPPORTED;
      case UNREADABLE -> ProblemKind.FAILED;
    };
  }
}
