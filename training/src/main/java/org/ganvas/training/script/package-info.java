/**
 * Networks as TorchScript programs: the builder that a network describes its forward pass to, and
 * the archive that libtorch loads.
 */
@NullMarked
package org.ganvas.training.script;

import org.jspecify.annotations.NullMarked;
