package org.ganvas.server.http;

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
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    ByteBuffer body = body(code);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    response.write(true, body, callback);
  }

  private static ByteBuffer body(int status) {
    var json = ErrorResponses.of(status).toJson(RequestIds.uri(RequestIds.fresh()));
    json.addProperty("status", status);
    return ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
