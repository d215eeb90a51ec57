/** Tiles: pure arithmetic of rectangles with margins, and their stitching. */
@NullMarked
package org.ganvas.inference.tile;

import org.jspecify.annotations.NullMarked;
