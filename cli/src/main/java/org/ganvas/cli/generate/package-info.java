/** {@code ganvas generate}: pictures out of seeds and labels. */
@NullMarked
package org.ganvas.cli.generate;

import org.jspecify.annotations.NullMarked;
