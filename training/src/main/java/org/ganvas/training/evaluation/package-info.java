/**
 * Measuring models: super-resolution by the field's protocol, translations on pairs, and generators
 * against real pictures.
 */
@NullMarked
package org.ganvas.training.evaluation;

import org.jspecify.annotations.NullMarked;
