package org.ganvas.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import org.ganvas.server.access.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * What the one who runs the server has to do with.
 *
 * @param keys the keys that clients need, or null
 * @param ready whether the server takes requests
 * @param log gets a line for each request
 * @param metrics the figures that are shown
 */
public record Operations(
    @Nullable ApiKeys keys,
    BooleanSupplier ready,
    PrintStream log,
    PrometheusMeterRegistry metrics) {}
