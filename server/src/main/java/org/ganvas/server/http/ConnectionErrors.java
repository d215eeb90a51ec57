package org.ganvas.server.http;

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.ganvas.server.problem.Problem;

/** Problem details for requests that Jetty refuses before anybody else sees them. */
final class ConnectionErrors extends ErrorHandler {
  private final PrintStream log;

  /**
   * @param log gets the line of JSON that other requests have from {@link RequestLog}
   */
  ConnectionErrors(PrintStream log) {
    this.log = log;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    String id = RequestIds.fresh();
    ByteBuffer body = body(code, id);
    response.getHeaders().put(RequestIds.HEADER, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    JsonObject line = RequestLog.line(id, Request.getRemoteAddr(request), request.getMethod());
    line.addProperty("status", code);
    log.println(line);
    response.write(true, body, callback);
  }

  private static ByteBuffer body(int status, String id) {
    JsonObject json = ErrorResponses.of(status).toJson(RequestIds.uri(id));
    json.addProperty("status", status);
    return ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
