/** How long the steps of training take, and what takes the time in them. */
@NullMarked
package org.ganvas.training.benchmark;

import org.jspecify.annotations.NullMarked;
