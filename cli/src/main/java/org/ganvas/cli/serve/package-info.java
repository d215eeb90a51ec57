/** {@code ganvas serve}: the options of the server. */
@NullMarked
package org.ganvas.cli.serve;

import org.jspecify.annotations.NullMarked;
