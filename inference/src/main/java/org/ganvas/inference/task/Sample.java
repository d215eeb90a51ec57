package org.ganvas.inference.task;

import org.jspecify.annotations.Nullable;

/**
 * A picture to be generated.
 *
 * @param name what it is called: its seed, or what it was made of, such as {@code 12-7+3}
 * @param latent what it is made of
 * @param label one of the model's labels; null for a model without labels
 */
public record Sample(String name, Latent latent, @Nullable String label) {}
