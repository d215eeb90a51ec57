/** Training data: photos from folders, and the batches that are cut out of them. */
@NullMarked
package org.ganvas.training.data;

import org.jspecify.annotations.NullMarked;
