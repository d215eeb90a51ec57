/** Files of weights, by whomever they were published, read without executing anything in them. */
@NullMarked
package org.ganvas.training.weights;

import org.jspecify.annotations.NullMarked;
