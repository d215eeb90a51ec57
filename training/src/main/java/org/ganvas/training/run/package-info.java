/** The training loop, and what goes with it: the run's folder, checkpoints, observers. */
@NullMarked
package org.ganvas.training.run;

import org.jspecify.annotations.NullMarked;
