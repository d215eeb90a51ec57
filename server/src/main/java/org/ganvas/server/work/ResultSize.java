package org.ganvas.server.work;

/**
 * How large a result is.
 *
 * @param width pixels per row
 * @param height rows
 */
public record ResultSize(int width, int height) {
  long pixels() {
    return (long) width * height;
  }
}
