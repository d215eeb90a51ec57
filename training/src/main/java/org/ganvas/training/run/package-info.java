/** The training loop, and what follows it: plan, schedule, checkpoints, observers. */
@NullMarked
package org.ganvas.training.run;

import org.jspecify.annotations.NullMarked;
