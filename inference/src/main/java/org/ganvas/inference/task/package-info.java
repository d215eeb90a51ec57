/** The Java API that programs embed: upscaling, translation and generation of pictures. */
@NullMarked
package org.ganvas.inference.task;

import org.jspecify.annotations.NullMarked;
