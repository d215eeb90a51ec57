package org.ganvas.training.plan;

/** How a network's weights are updated by their gradients. */
public enum Optimizer {
  /** Adam (Kingma and Ba 2015). */
  ADAM,
  /**
   * Muon (Jordan et al. 2024) for the convolutions and matrices between the first and the last,
   * Adam for these two and for all vectors. The rates are alike: a learning rate that suits Adam
   * suits Muon too.
   */
  MUON
}
