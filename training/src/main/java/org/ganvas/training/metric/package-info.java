/** How close pictures are to others, one by one or as sets, and how natural one looks. */
@NullMarked
package org.ganvas.training.metric;

import org.jspecify.annotations.NullMarked;
