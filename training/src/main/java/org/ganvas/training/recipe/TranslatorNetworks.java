package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.HashMap;
import java.util.Map;
import org.ganvas.training.data.Framing;
import org.ganvas.training.gan.AdversarySettings;

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
   * @param architecture {@code unet-256}, {@code unet-128}, {@code resnet-9} or {@code resnet-6}
   * @param channels of its first layer
   * @param normalization {@code batch}, {@code instance}, {@code instance-affine} or {@code none}
   * @param dropout {@code training}, {@code never}, or for a U-Net {@code always}: at its use too
   * @param output {@code tanh}, or for a ResNet {@code residual}: what is to be added to the given
   *     picture
   */
  public record Generator(
      String architecture, int channels, String normalization, String dropout, String output) {
    public Generator {
      require(
          given(architecture) && architecture.matches("unet-(256|128)|resnet-[96]"),
          "settings.networks.generator.architecture is unet-256, unet-128, resnet-9 or resnet-6",
          architecture);
      require(given(normalization), "settings.networks.generator.normalization is a name", null);
      require(
          "training".equals(dropout)
              || "never".equals(dropout)
              || ("always".equals(dropout) && architecture.startsWith("unet")),
          "settings.networks.generator.dropout is training, never, or for a U-Net always",
          dropout);
      require(
          "tanh".equals(output) || ("residual".equals(output) && architecture.startsWith("resnet")),
          "settings.networks.generator.output is tanh, or for a ResNet residual",
          output);
    }

    /** The network itself, by name and options. */
    NetworkChoice choice() {
      boolean unet = architecture.startsWith("unet");
      Map<String, String> options = new HashMap<>();
      options.put("channels", Integer.toString(channels));
      options.put("normalization", normalization);
      options.put("dropout", unet ? dropout : Boolean.toString(dropout.equals("training")));
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
