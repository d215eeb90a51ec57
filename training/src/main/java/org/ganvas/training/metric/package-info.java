/** How close a picture is to another one. */
@NullMarked
package org.ganvas.training.metric;

import org.jspecify.annotations.NullMarked;
