/** The upload page and the HTTP API. */
@NullMarked
package org.ganvas.server;

import org.jspecify.annotations.NullMarked;
