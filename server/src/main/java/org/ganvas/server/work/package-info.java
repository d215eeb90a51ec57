/** Tasks on pictures: what is asked for, whether there is room for it, and doing it. */
@NullMarked
package org.ganvas.server.work;

import org.jspecify.annotations.NullMarked;
