package org.ganvas.server.work;

/**
 * Memory that a picture takes while it is in work, as estimated.
 *
 * @param heapBytes of Java's heap: the picture's samples and the strips of its result
 * @param nativeBytes beyond it: what a network computes with
 */
public record Footprint(long heapBytes, long nativeBytes) {
  static final Footprint NONE = new Footprint(0, 0);

  Footprint plus(Footprint other) {
    return new Footprint(heapBytes + other.heapBytes, nativeBytes + other.nativeBytes);
  }

  Footprint minus(Footprint other) {
    return new Footprint(heapBytes - other.heapBytes, nativeBytes - other.nativeBytes);
  }

  boolean isWithin(Footprint limit) {
    return heapBytes <= limit.heapBytes && nativeBytes <= limit.nativeBytes;
  }
}
