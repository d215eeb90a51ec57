/** Model files out of trained networks, each proved by loading it again. */
@NullMarked
package org.ganvas.training.export;

import org.jspecify.annotations.NullMarked;
