package org.ganvas.training.plan;

/**
 * The settings of a plan that belong to one training method alone: a record that checks itself,
 * such as the network's size and the weights of the losses.
 */
public interface MethodSettings {}
