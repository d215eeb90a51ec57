/**
 * What all commands have in common when they talk to people and programs: lines, progress,
 * failures.
 */
@NullMarked
package org.ganvas.cli.console;

import org.jspecify.annotations.NullMarked;
