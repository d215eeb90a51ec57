/** Model files: the card, the catalogue, and the generator that runs in libtorch. */
@NullMarked
package org.ganvas.inference.model;

import org.jspecify.annotations.NullMarked;
