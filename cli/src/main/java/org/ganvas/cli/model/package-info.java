/**
 * {@code ganvas models}, {@code export}, {@code import} and {@code blend}: model files and their
 * cards.
 */
@NullMarked
package org.ganvas.cli.model;

import org.jspecify.annotations.NullMarked;
