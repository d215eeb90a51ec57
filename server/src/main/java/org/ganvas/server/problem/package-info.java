/** What the server refuses, and how it says so. */
@NullMarked
package org.ganvas.server.problem;

import org.jspecify.annotations.NullMarked;
