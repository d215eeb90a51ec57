/** The networks, each described once as a program, and a loaded program that can be trained. */
@NullMarked
package org.ganvas.training.network;

import org.jspecify.annotations.NullMarked;
