package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.UnsharpMask;
import org.ganvas.training.gan.AdversarySettings;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.SrGan;
import org.ganvas.training.plan.LocalPath;
import org.ganvas.training.plan.MethodSettings;
import org.jspecify.annotations.Nullable;

/**
 * What SRGAN is trained from, against and towards.
 *
 * @param generator the model to start from: a name, or a .pt file
 * @param start what that model is; found out at the start of the run
 * @param discriminator which network judges
 * @param crop side of the small picture, in pixels
 * @param shrinkAbove photos with a longer side than this are first shrunk twofold
 * @param checkerboardFree whether the generator's pixel shuffles are kept from weaving a grid, see
 *     {@link org.ganvas.training.gan.CheckerboardConstraint}
 * @param degradation how the small pictures are made
 * @param sharpening of the originals that are learned from
 * @param adversary how the discriminator is trained
 * @param losses what the parts of the generator's loss count
 * @param features whose features are compared; without a file the discriminator's inner layers
 * @param linear the weights per channel that LPIPS publishes for the features' network, for the
 *     distance that a validation measures; null to count all channels alike
 */
public record SrGanSettings(
    @LocalPath @Nullable String generator,
    @Nullable Start start,
    Discriminator discriminator,
    int crop,
    int shrinkAbove,
    boolean checkerboardFree,
    DegradationSettings degradation,
    UnsharpMask sharpening,
    AdversarySettings adversary,
    SrGan.Weights losses,
    FeatureSettings features,
    @LocalPath @Nullable String linear)
    implements MethodSettings {
  public SrGanSettings {
    require(given(discriminator), "settings.discriminator is an object", discriminator);
    require(crop >= 8 && crop <= 512, "settings.crop is 8 to 512 pixels", crop);
    require(shrinkAbove >= 1, "settings.shrinkAbove is at least 1 pixel", shrinkAbove);
    require(given(degradation), "settings.degradation is an object", degradation);
    require(given(sharpening), "settings.sharpening is an object", sharpening);
    require(given(adversary), "settings.adversary is an object", adversary);
    adversary.requireSuitable(
        "settings.discriminator.normalization", discriminator.normalization());
    require(given(losses), "settings.losses is an object", losses);
    require(given(features), "settings.features is an object", features);
    require(
        linear == null || features.file() != null,
        "settings.linear goes with settings.features.file (--features)",
        linear);
  }

  /**
   * The model that the run started from.
   *
   * @param name on its card
   * @param network its architecture with its options
   * @param scale output pixels per input pixel along one side
   * @param degradation how the small pictures were made that it was trained on, as in {@link
   *     DegradationSettings}; older plans and cards say nothing of it, and mean bicubic
   * @param sharpens the name of the model that it is a sharp twin of; null if it is of none
   */
  public record Start(
      String name,
      NetworkChoice network,
      int scale,
      @Nullable String degradation,
      @Nullable String sharpens) {
    public Start {
      degradation = degradation == null ? DegradationSettings.BICUBIC : degradation;
    }
  }

  /**
   * The network that judges.
   *
   * @param architecture {@code strided}, which judges a crop as a whole, {@code patch}, or {@code
   *     unet-discriminator}, which judges every pixel
   * @param channels of its first layer
   * @param normalization {@code batch}, {@code instance}, {@code layer} or {@code none}
   * @param spectralNorm whether its weights are spectrally normalized
   */
  public record Discriminator(
      String architecture, int channels, String normalization, boolean spectralNorm) {
    private static final List<String> ARCHITECTURES =
        List.of("strided", "patch", "unet-discriminator");

    public Discriminator {
      require(
          given(architecture) && ARCHITECTURES.contains(architecture),
          "settings.discriminator.architecture is one of " + String.join(", ", ARCHITECTURES),
          architecture);
      require(given(normalization), "settings.discriminator.normalization is a name", null);
    }

    /** The network for crops of so many pixels per side. */
    NetworkChoice on(int side) {
      Map<String, String> options =
          new HashMap<>(
              Map.of(
                  "channels", Integer.toString(channels),
                  "normalization", normalization,
                  "spectralNorm", Boolean.toString(spectralNorm)));
      if (architecture.equals("strided")) {
        options.put("side", Integer.toString(side));
      }
      return new NetworkChoice(architecture, options);
    }
  }

  SrGanSettings withStart(Start found) {
    return new SrGanSettings(
        generator,
        found,
        discriminator,
        crop,
        shrinkAbove,
        checkerboardFree,
        degradation,
        sharpening,
        adversary,
        losses,
        features,
        linear);
  }

  /**
   * A sharp twin of what the run starts from, if both learn to undo the same. A model that is
   * trained on under its own name stays what it is.
   *
   * @param name of what comes out
   */
  Purpose purpose(String name) {
    Start found = requireStart();
    String faithful = found.name().equals(name) ? found.sharpens() : found.name();
    return faithful != null && degradation.kind().equals(found.degradation())
        ? Purpose.sharpening(faithful)
        : Purpose.SUPER_RESOLUTION;
  }

  /** What the run starts from; a complete plan has it. */
  Start requireStart() {
    if (start == null) {
      throw new IllegalArgumentException(
          "srgan starts from a super-resolution model, found none; give --generator NAME");
    }
    return start;
  }
}
