/** Training methods, each a readable step, and the parts that they share. */
@NullMarked
package org.ganvas.training.gan;

import org.jspecify.annotations.NullMarked;
