/** Jobs: requests whose results are fetched later; they survive the end of the server. */
@NullMarked
package org.ganvas.server.job;

import org.jspecify.annotations.NullMarked;
