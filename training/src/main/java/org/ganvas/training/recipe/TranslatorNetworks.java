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
 * @param discriminator which judges them, patch by patch
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
   * @param startFrom a file whose tensors of equal name and shape are taken over, for CycleGAN also
   *     a folder with a model of each direction's name; may be null
   */
  public record Generator(
      String architecture,
      @Nullable Integer channels,
      @Nullable String normalization,
      @Nullable String dropout,
      String output,
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
      }
      return new NetworkChoice(architecture, options);
    }
  }

  /**
   * The network that judges.
   *
   * @param receptiveField side of the patches that it judges: 1, 16, 70 or 286 pixels
   * @param channels of its first layer
   * @param normalization {@code batch}, {@code instance}, {@code layer} or {@code none}
   * @param spectralNorm whether its weights are spectrally normalized
   */
  public record Discriminator(
      int receptiveField, int channels, String normalization, boolean spectralNorm) {
    public Discriminator {
      require(
          given(normalization), "settings.networks.discriminator.normalization is a name", null);
    }

    /**
     * The network itself, by name and options.
     *
     * @param inputChannels 3, or 6 where it sees the given picture as well
     */
    NetworkChoice choice(int inputChannels) {
      return new NetworkChoice(
          "patch",
          Map.of(
              "inputChannels", Integer.toString(inputChannels),
              "receptiveField", Integer.toString(receptiveField),
              "channels", Integer.toString(channels),
              "normalization", normalization,
              "spectralNorm", Boolean.toString(spectralNorm)));
    }

    /** The smallest picture in which it finds a patch to judge. */
    private int smallestSide() {
      return switch (receptiveField) {
        case 286 -> 3 * 32;
        case 70 -> 3 * 8;
        case 16 -> 3 * 2;
        default -> 1;
      };
    }
  }

  /**
   * Checks that the discriminator can be trained so.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(AdversarySettings adversary) {
    adversary.requireSuitable(
        "settings.networks.discriminator.normalization", discriminator.normalization());
  }

  /**
   * Checks that there are such networks, and that squares of that size go through them.
   *
   * @throws IllegalArgumentException if it is not so
   */
  void check(Framing framing) {
    int multiple = generator.choice().create().program().facts().sizeMultiple();
    require(
        framing.crop() % multiple == 0,
        "settings.framing.crop is a multiple of %d for %s"
            .formatted(multiple, generator.architecture()),
        framing.crop());
    discriminator.choice(3).create();
    require(
        framing.crop() >= discriminator.smallestSide(),
        "settings.framing.crop is at least %d for a discriminator that judges patches of %d"
            .formatted(discriminator.smallestSide(), discriminator.receptiveField()),
        framing.crop());
  }
}
