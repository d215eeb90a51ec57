/** HTTP: requests in, pictures and problems out. */
@NullMarked
package org.ganvas.server.http;

import org.jspecify.annotations.NullMarked;
