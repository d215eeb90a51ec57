package org.ganvas.server.http;

import org.ganvas.server.job.JobQueue;
import org.ganvas.server.work.InstalledModels;
import org.ganvas.server.work.UploadGate;
import org.ganvas.server.work.Workshop;

/**
 * What the routes lead to.
 *
 * @param models what is installed
 * @param workshop where answers are made
 * @param uploads which bodies may be in memory
 * @param jobs what is made later
 */
public record Backend(
    InstalledModels models, Workshop workshop, UploadGate uploads, JobQueue jobs) {}
