package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import org.ganvas.training.data.BicubicDegradation;
import org.ganvas.training.data.Degradation;
import org.ganvas.training.data.DegradationStrength;
import org.ganvas.training.data.PhotoDegradation;

/**
 * How the small pictures are made.
 *
 * @param kind {@code bicubic}, or {@code photo}: as real life makes them
 * @param photo how strongly; bicubic has no strength
 */
public record DegradationSettings(String kind, DegradationStrength photo) {
  static final String BICUBIC = "bicubic";
  private static final String PHOTO = "photo";

  public DegradationSettings {
    require(
        BICUBIC.equals(kind) || PHOTO.equals(kind),
        "settings.degradation.kind is bicubic or photo",
        kind);
    require(given(photo), "settings.degradation.photo is an object", photo);
  }

  /** Whether the small pictures are the large ones reduced, and nothing else. */
  boolean reducesOnly() {
    return kind.equals(BICUBIC);
  }

  /** The degradation itself. */
  Degradation create() {
    return kind.equals(PHOTO) ? new PhotoDegradation(photo) : new BicubicDegradation();
  }
}
