/** The command line: one class a command, each of which parses and delegates. */
@NullMarked
package org.ganvas.cli;

import org.jspecify.annotations.NullMarked;
