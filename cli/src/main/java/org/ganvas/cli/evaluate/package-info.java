/**
 * {@code ganvas evaluate}, {@code evaluate-translation} and {@code evaluate-generator}: how good
 * models are.
 */
@NullMarked
package org.ganvas.cli.evaluate;

import org.jspecify.annotations.NullMarked;
