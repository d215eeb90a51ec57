/** The Java API that programs embed: upscaling and translation of pictures. */
@NullMarked
package org.ganvas.inference.task;

import org.jspecify.annotations.NullMarked;
