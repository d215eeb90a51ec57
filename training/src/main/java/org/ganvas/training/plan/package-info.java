/** What is decided before a run: the training plan and what follows from it. */
@NullMarked
package org.ganvas.training.plan;

import org.jspecify.annotations.NullMarked;
