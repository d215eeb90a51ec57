/** Pictures: decoding with limits, encoding row by row, resampling. */
@NullMarked
package org.ganvas.inference.image;

import org.jspecify.annotations.NullMarked;
