/** Options that several commands take. */
@NullMarked
package org.ganvas.cli.option;

import org.jspecify.annotations.NullMarked;
