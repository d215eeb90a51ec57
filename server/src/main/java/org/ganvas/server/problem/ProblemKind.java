package org.ganvas.server.problem;

import java.util.Locale;

/** Every way in which a request can go wrong, with its HTTP status. */
public enum ProblemKind {
  BAD_REQUEST(400, "The request is not understood"),
  KEY_NEEDED(401, "An API key is needed"),
  FORBIDDEN(403, "This is not allowed from there"),
  NOT_FOUND(404, "There is nothing here"),
  UNKNOWN_MODEL(404, "There is no such model"),
  UNKNOWN_JOB(404, "There is no such job"),
  NO_RESULT_YET(404, "The job has no result"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "No accepted format is written"),
  TOO_SLOW(408, "The upload was too slow"),
  EXPIRED(410, "The result has been removed"),
  BODY_TOO_LARGE(413, "The body is too large"),
  NOT_A_PICTURE(415, "The body is no picture that is read"),
  TOO_LARGE(422, "The picture is too large"),
  DAMAGED(422, "The picture is damaged or cut off"),
  UNSUPPORTED(422, "This cannot be done with the picture or the model"),
  KEY_REUSED(422, "The idempotency key belongs to another request"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  FAILED(500, "The server failed"),
  BUSY(503, "The server is busy"),
  CLOSING(503, "The server is shutting down"),
  NO_ROOM(507, "The server has no room for the result");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** A URN, as RFC 9457 wants a type to be. */
  public String type() {
    return "urn:ganvas:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
