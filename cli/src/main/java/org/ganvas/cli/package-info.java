/**
 * The command line: one class a command, each of which parses and delegates. Beside this package
 * lie those of the commands and what they share, {@code console} and {@code option}.
 */
@NullMarked
package org.ganvas.cli;

import org.jspecify.annotations.NullMarked;
