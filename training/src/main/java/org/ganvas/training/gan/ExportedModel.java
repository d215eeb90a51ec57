package org.ganvas.training.gan;

import org.ganvas.training.network.Architecture;
import org.ganvas.training.script.StateDict;

/**
 * A model that a training method gives.
 *
 * @param name of the model and its file, such as {@code photo-x4}
 * @param purpose what it is for
 * @param architectureName the registered name of its architecture, such as {@code compact-sr}
 * @param architecture the network
 * @param weights a copy of every tensor of it
 */
public record ExportedModel(
    String name,
    Purpose purpose,
    String architectureName,
    Architecture architecture,
    StateDict weights) {}
