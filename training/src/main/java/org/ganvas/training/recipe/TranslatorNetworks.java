package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.ganvas.training.data.Framing;
import org.ganvas.training.gan.AdversarySettings;
import org.ganvas.training.plan.LocalPath;
import org.jspecify.annotations.Nullable;

/**
 * The networks that learn to translate.
 *
 * @param generator which makes pictures
 * @param discriminator which judges them
 */
public record TranslatorNetworks(Generator generator, Discriminator discriminator) {
  public TranslatorNetworks {
    require(given(generator), "settings.networks.generator is an object", generator);
    require(given(discriminator), "settings.networks.discriminator is an object", discriminator);
  }

  /**
   * The network that makes pictures.
   *
   * @param architecture {@code unet-256}, {@code unet-128}, {@code resnet-9}, {@code resnet-6} or
   *     {@code squeeze-unet}
   * @param channels of its first layer, or of {@code squeeze-unet}'s decoder; null for its own
   *     number
   * @param normalization {@code batch}, {@code instance}, {@code instance-affine} or {@code none};
   *     null for {@code instance-affine} in a U-Net, which is batch norm with a batch of one,
   *     {@code instance} in a ResNet, and none in {@code squeeze-unet}, which can have no other
   * @param dropout {@code training}, {@code never}, or for a U-Net {@code always}: at its use too;
   *     null for {@code training}, but in {@code squeeze-unet}, which can have none
   * @param output {@code tanh}, or for a ResNet {@code residual}: what is to be added to the given
   *     picture
   * @param upsampling of a ResNet: {@code transposed} convolutions, or {@code nearest}, which
   *     leaves no checkerboard
   * @param startFrom a file whose tensors of equal name and shape are taken over, for CycleGAN also
   *     a folder with a model of each direction's name; may be null
   */
  public record Generator(
      String architecture,
      @Nullable Integer channels,
      @Nullable String normalization,
      @Nullable String dropout,
      String output,
      String upsampling,
      @LocalPath @Nullable String startFrom) {
    private static final String SQUEEZE_UNET = "squeeze-unet";

    public Generator {
      require(
          given(architecture) && architecture.matches("unet-(256|128)|resnet-[96]|" + SQUEEZE_UNET),
          "settings.networks.generator.architecture is unet-256, unet-128, resnet-9, resnet-6 or"
              + " squeeze-unet",
          architecture);
      boolean plain = architecture.equals(SQUEEZE_UNET);
      require(
          !plain || normalization == null || normalization.equals("none"),
          "settings.networks.generator.normalization is null or none for squeeze-unet, which has no"
              + " norm",
          normalization);
      require(
          !plain || dropout == null || dropout.equals("never"),
          "settings.networks.generator.dropout is null or never for squeeze-unet, which has none",
          dropout);
      require(
          dropout == null
              || dropout.equals("training")
              || dropout.equals("never")
              || (dropout.equals("always") && architecture.startsWith("unet")),
          "settings.networks.generator.dropout is training, never, or for a U-Net always",
          dropout);
      require(
          "tanh".equals(output) || ("residual".equals(output) && architecture.startsWith("resnet")),
          "settings.networks.generator.output is tanh, or for a ResNet residual",
          output);
      require(
          "transposed".equals(upsampling)
              || ("nearest".equals(upsampling) && architecture.startsWith("resnet")),
          "settings.networks.generator.upsampling is transposed, or for a ResNet nearest",
          upsampling);
    }

    /** The network itself, by name and options. */
    NetworkChoice choice() {
      Map<String, String> options = new HashMap<>();
      if (channels != null) {
        options.put("channels", channels.toString());
      }
      if (architecture.equals(SQUEEZE_UNET)) {
        return new NetworkChoice(architecture, options);
      }
      boolean unet = architecture.startsWith("unet");
      String noise = Objects.requireNonNullElse(dropout, "training");
      options.put(
          "normalization",
          Objects.requireNonNullElse(normalization, unet ? "instance-affine" : "instance"));
      options.put("dropout", unet ? noise : Boolean.toString(noise.equals("training")));
      if (!unet) {
        options.put("output", output);
        options.put("upsampling", upsampling);
      }
      return new NetworkChoice(architecture, options);
    }
  }

  /**
   * The network that judges.
   *
   * @param architecture {@code patch}, or {@code squeeze}, which can start from SqueezeNet
   * @param receptiveField of {@code patch}: side of the patches that it judges, 1, 16, 70 or 286
   *     pixels
   * @param levels of {@code squeeze}: how many sizes of features it judges, 1 to 4
   * @param channels of the first layer; of {@code squeeze} of each head
   * @param normalization of {@code patch}: {@code batch}, {@code instance}, {@code layer} or {@code
   *     none}; {@code squeeze} has none
   * @param spectralNorm whether its weights are spectrally normalized, of {@code squeeze} its
   *     heads'
   * @param startFrom a file whose tensors of equal name and shape are taken over; may be null
   */
  public record Discriminator(
      String architecture,
      int receptiveField,
      int levels,
      int channels,
      String normalization,
      boolean spectralNorm,
      @LocalPath @Nullable String startFrom) {
    private static final String PATCH = "patch";
    private static final String SQUEEZE = "squeeze";

    /** What the plans of defaults say, also where it is not looked at. */
    private static final int USUAL_FIELD = 70;

    public Discriminator {
      require(
          PATCH.equals(architecture) || SQUEEZE.equals(architecture),
          "settings.networks.discriminator.architecture is patch or squeeze",
          architecture);
      require(
          PATCH.equals(architecture) || receptiveField == USUAL_FIELD,
          "settings.networks.discriminator.receptiveField (--patch) is for patch and left out for"
              + " squeeze, which judges no patches",
          receptiveField);
      require(
          given(normalization), "settings.networks.discriminator.normalization is a name", null);
    }

    boolean isPatch() {
      return architecture.equals(PATCH);
    }

    /**
     * The network itself, by name and options.
     *
     * @param inputChannels 3, or 6 where it sees the given picture as well
     */
    NetworkChoice choice(int inputChannels) {
      Map<String, String> options =
          new HashMap<>(
              Map.of(
                  "channels", Integer.toString(channels),
                  "spectralNorm", Boolean.toString(spectralNorm)));
      if (isPatch()) {
        options.put("inputChannels", Integer.toString(inputChannels));
        options.put("receptiveField", Integer.toString(receptiveField));
        options.put("normalization", normalization);
      } else {
        options.put("levels", Integer.toString(levels));
      }
      return new NetworkChoice(architecture, options);
    }
  }

  /**
   * Checks that the discriminator can be trained so.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(AdversarySettings adversary) {
    if (discriminator.isPatch()) {
      adversary.requireSuitable(
          "settings.networks.discriminator.normalization", discriminator.normalization());
    }
  }

  /**
   * Checks that there are such networks, and that squares of that size go through them.
   *
   * @throws IllegalArgumentException if it is not so
   */
  void check(Framing framing) {
    String setting = "settings.framing.crop";
    generator.choice().requireMultiple(setting, framing.crop());
    generator.choice().requireAtLeast(setting, framing.crop());
    NetworkChoice judge = discriminator.choice(3);
    if (discriminator.isPatch()) {
      int smallest = judge.smallestSide();
      require(
          framing.crop() >= smallest,
          "%s is at least %d for a discriminator that judges patches of %d"
              .formatted(setting, smallest, discriminator.receptiveField()),
          framing.crop());
    } else {
      judge.requireMultiple(setting, framing.crop());
    }
  }
}
