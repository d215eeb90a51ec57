package org.ganvas.inference.model;

/** What a generator is for. */
public enum Task {
  /** A picture in, the same picture {@code scale} times as wide and high out. */
  SUPER_RESOLUTION,
  /** A picture in, a picture of the same size out. */
  TRANSLATION,
  /** Noise, and possibly a label, in; a picture out. */
  GENERATION
}
