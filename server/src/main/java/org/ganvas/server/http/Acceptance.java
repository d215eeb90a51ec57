package org.ganvas.server.http;

import io.javalin.http.Context;
import java.util.List;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.ganvas.server.work.WrittenFormats;
import org.jspecify.annotations.Nullable;

/** What the header {@code Accept} says about the format of a result. */
final class Acceptance {
  private Acceptance() {}

  /**
   * The written format that the client prefers; null if it leaves the choice to the server.
   *
   * @throws ProblemException if it accepts nothing that is written
   */
  static @Nullable OutputFormat preferred(Context ctx) {
    String accept = ctx.header("Accept");
    if (accept == null || accept.isBlank() || ctx.queryParam("format") != null) {
      return null;
    }
    QuotedQualityCSV types = new QuotedQualityCSV();
    types.addValue(accept);
    List<String> preferred = types.getValues();
    for (String type : preferred) {
      if (type.equals("*/*") || type.equalsIgnoreCase("image/*")) {
        return null;
      }
      OutputFormat format = WrittenFormats.ofMediaType(type);
      if (format != null) {
        return format;
      }
    }
    throw new ProblemException(
        ProblemKind.NOT_ACCEPTABLE,
        "results are written as %s, found none of them accepted; see ?format="
            .formatted(WrittenFormats.mediaTypes()));
  }
}
