package org.ganvas.server;

import java.nio.file.Path;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;

/**
 * All settings of a server.
 *
 * @param exposure to whom it shows itself
 * @param traffic what connections and clients may do
 * @param pictures how large pictures may be
 * @param capacity how much it does at a time
 * @param compute how models compute
 * @param jobs how jobs are kept and done
 * @param data a folder of its own
 */
public record ServerSettings(
    Exposure exposure,
    Traffic traffic,
    PictureLimits pictures,
    Capacity capacity,
    ComputeChoice compute,
    JobSettings jobs,
    Path data) {}
