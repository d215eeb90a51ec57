package org.ganvas.inference.model;

import java.util.List;

/**
 * What a model file says about itself; it travels inside the file as {@code extra/card.json}.
 *
 * <p>The programs in the file take and give float32 tensors (N, C, H, W) with values from 0 to 1
 * (RGB); results may overshoot a little and are clamped by the caller.
 *
 * @param name the name it is called by, such as {@code photo-x4}
 * @param description one sentence for people who choose a model
 * @param task what it is for
 * @param network what the description of the network says
 * @param provenance where the weights come from
 * @param measurements figures measured with this file
 * @param weightsSha256 SHA-256, in hexadecimal, of the bytes of all tensors in the file's order
 */
public record ModelCard(
    String name,
    String description,
    Task task,
    NetworkFacts network,
    Provenance provenance,
    List<Measurement> measurements,
    String weightsSha256) {}
