/** {@code ganvas train} and what belongs to it: plans, reports, the sheet of degradations. */
@NullMarked
package org.ganvas.cli.train;

import org.jspecify.annotations.NullMarked;
