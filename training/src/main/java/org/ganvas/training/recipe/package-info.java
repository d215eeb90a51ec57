/**
 * The training methods as the plan, the loop and the command line see them: each recipe says what
 * can be set, where its pictures come from, what is trained and how the result is judged.
 */
@NullMarked
package org.ganvas.training.recipe;

import org.jspecify.annotations.NullMarked;
