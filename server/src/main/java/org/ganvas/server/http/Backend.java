package org.ganvas.server.http;

import java.nio.file.Path;
import org.ganvas.server.work.Admission;
import org.ganvas.server.work.InstalledModels;
import org.ganvas.server.work.PictureTasks;
import org.ganvas.server.work.UploadGate;

/**
 * What the routes lead to.
 *
 * @param models what is installed
 * @param tasks what can be done with it
 * @param admission when it is done
 * @param uploads which bodies may be in memory
 * @param scratch a folder for results that are being made
 */
public record Backend(
    InstalledModels models,
    PictureTasks tasks,
    Admission admission,
    UploadGate uploads,
    Path scratch) {}
