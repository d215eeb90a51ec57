package org.ganvas.inference.model;

/**
 * One measured figure.
 *
 * @param dataSet the pictures it was measured on, such as {@code Set5}
 * @param metric what was measured, such as {@code PSNR-Y}
 * @param value the figure
 * @param unit its unit, such as {@code dB}; may be empty
 * @param protocol how it was measured, in one sentence
 */
public record Measurement(
    String dataSet, String metric, double value, String unit, String protocol) {}
