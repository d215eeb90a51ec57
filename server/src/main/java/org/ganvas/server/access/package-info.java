/** Who may ask, and how often. */
@NullMarked
package org.ganvas.server.access;

import org.jspecify.annotations.NullMarked;
