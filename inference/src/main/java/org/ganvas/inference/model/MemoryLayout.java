package org.ganvas.inference.model;

/**
 * How libtorch orders the numbers of a picture in memory; which one is faster depends on the
 * network.
 */
public enum MemoryLayout {
  /** N, C, H, W: one plane per channel. */
  CHANNELS_FIRST,
  /** N, H, W, C: one vector per pixel. */
  CHANNELS_LAST
}
