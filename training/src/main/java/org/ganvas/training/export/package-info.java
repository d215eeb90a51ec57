/**
 * Model files out of trained networks and out of weights from elsewhere, each proved by loading it.
 */
@NullMarked
package org.ganvas.training.export;

import org.jspecify.annotations.NullMarked;
