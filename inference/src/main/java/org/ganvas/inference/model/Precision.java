package org.ganvas.inference.model;

/**
 * The number format that a network computes in. Its weights, input and output are float32 all the
 * same; the program itself casts.
 */
public enum Precision {
  FLOAT32,
  BFLOAT16,
  FLOAT16
}
