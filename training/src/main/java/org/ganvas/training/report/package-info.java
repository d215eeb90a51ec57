/** HTML pages: what a run's folder tells about the run, and models side by side. */
@NullMarked
package org.ganvas.training.report;

import org.jspecify.annotations.NullMarked;
