/** What a run's folder tells about the run, as one HTML page. */
@NullMarked
package org.ganvas.training.report;

import org.jspecify.annotations.NullMarked;
