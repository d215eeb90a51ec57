package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import org.ganvas.training.data.UnsharpMask;
import org.ganvas.training.gan.SuperResolution;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.plan.LocalPath;
import org.ganvas.training.plan.MethodSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is trained for fidelity, on which part of the photos.
 *
 * @param network the network that is trained
 * @param startFrom a model file whose tensors of equal name and shape are taken over; may be null
 * @param loss how far a picture is from the original
 * @param teacher what else it learns from than the originals
 * @param crop side of the small picture, in pixels
 * @param shrinkAbove photos with a longer side than this are first shrunk twofold, which removes
 *     the traces of JPEG and demosaicing
 * @param degradation how the small pictures are made
 * @param sharpening of the originals that are learned from
 */
public record SuperResolutionSettings(
    SuperResolutionNetwork network,
    @LocalPath @Nullable String startFrom,
    SuperResolution.Loss loss,
    TeacherSettings teacher,
    int crop,
    int shrinkAbove,
    DegradationSettings degradation,
    UnsharpMask sharpening)
    implements MethodSettings {
  public SuperResolutionSettings {
    require(given(network), "settings.network is an object", network);
    require(given(loss), "settings.loss is L1 or L2", loss);
    require(given(teacher), "settings.teacher is an object", teacher);
    require(crop >= 8 && crop <= 512, "settings.crop is 8 to 512 pixels", crop);
    require(shrinkAbove >= 1, "settings.shrinkAbove is at least 1 pixel", shrinkAbove);
    require(given(degradation), "settings.degradation is an object", degradation);
    require(given(sharpening), "settings.sharpening is an object", sharpening);
    require(
        network.projection() != BackProjection.PICTURE || degradation.reducesOnly(),
        "settings.network.backProjection=true brings back what a small picture has, its noise too, and so"
            + " goes with --degradation bicubic",
        degradation.kind());
  }

  SuperResolutionSettings withTeacher(TeacherSettings found) {
    return new SuperResolutionSettings(
        network, startFrom, loss, found, crop, shrinkAbove, degradation, sharpening);
  }
}
