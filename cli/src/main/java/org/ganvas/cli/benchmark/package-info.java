/**
 * {@code ganvas benchmark} and {@code benchmark-training}: how fast models and trainings are here.
 */
@NullMarked
package org.ganvas.cli.benchmark;

import org.jspecify.annotations.NullMarked;
