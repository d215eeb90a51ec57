/**
 * {@code ganvas upscale} and {@code ganvas translate}: photos in, photos out, one by one or by the
 * folder.
 */
@NullMarked
package org.ganvas.cli.picture;

import org.jspecify.annotations.NullMarked;
