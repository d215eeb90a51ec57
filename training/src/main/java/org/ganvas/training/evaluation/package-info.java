/** Measuring super-resolution by the field's protocol. */
@NullMarked
package org.ganvas.training.evaluation;

import org.jspecify.annotations.NullMarked;
