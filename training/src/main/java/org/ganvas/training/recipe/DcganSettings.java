package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.training.gan.AdversarySettings;
import org.ganvas.training.gan.Augmentation;
import org.ganvas.training.plan.LocalPath;
import org.ganvas.training.plan.MethodSettings;
import org.jspecify.annotations.Nullable;

/**
 * What DCGAN and its family are trained on, and which networks.
 *
 * @param architecture {@code dcgan}, or {@code dense}: the fully connected networks it grew from
 * @param pictures what the pictures are
 * @param latent what they are made of
 * @param convolutional the networks of {@code dcgan}
 * @param dense the networks of {@code dense}
 * @param adversary how the discriminator is trained
 * @param augmentation of the pictures that it is shown
 * @param features weights of a network, as torchvision publishes them, by whose features generated
 *     pictures are compared with real ones; null to compare none
 */
public record DcganSettings(
    String architecture,
    Pictures pictures,
    Latent latent,
    Convolutional convolutional,
    Dense dense,
    AdversarySettings adversary,
    Augmentation augmentation,
    @LocalPath @Nullable String features)
    implements MethodSettings {
  private static final String DCGAN = "dcgan";
  private static final String DENSE = "dense";

  public DcganSettings {
    require(
        DCGAN.equals(architecture) || DENSE.equals(architecture),
        "settings.architecture is dcgan or dense",
        architecture);
    require(given(pictures), "settings.pictures is an object", pictures);
    require(given(latent), "settings.latent is an object", latent);
    require(given(convolutional), "settings.convolutional is an object", convolutional);
    require(given(dense), "settings.dense is an object", dense);
    require(given(adversary), "settings.adversary is an object", adversary);
    require(given(augmentation), "settings.augmentation is an object", augmentation);
    if (DCGAN.equals(architecture)) {
      adversary.requireSuitable(
          "settings.convolutional.discriminatorNormalization",
          convolutional.discriminatorNormalization());
    } else {
      require(
          convolutional.normalizesByDefault(),
          "dense networks have no choice of norm: settings.convolutional.generatorNormalization and"
              + " discriminatorNormalization stay batch; leave --generator-norm and"
              + " --discriminator-norm out",
          convolutional.generatorNormalization()
              + ", "
              + convolutional.discriminatorNormalization());
      require(
          !convolutional.spectralNorm()
              && convolutional.leakySlope() == 0
              && convolutional.upsampling().equals("transposed"),
          "settings.convolutional.spectralNorm, leakySlope and upsampling are for settings.architecture dcgan",
          convolutional.spectralNorm()
              + ", "
              + convolutional.leakySlope()
              + ", "
              + convolutional.upsampling());
    }
  }

  /**
   * What the pictures are.
   *
   * @param side height and width in pixels
   * @param channels 3 for RGB, 1 for grey
   * @param mirror whether half of them are mirrored left to right
   * @param labels {@code auto}, {@code none}, or a file with lines of {@code file,label}
   * @param labelNames the labels' names; found out at the start of the run
   */
  public record Pictures(
      int side,
      int channels,
      boolean mirror,
      @LocalPath String labels,
      @Nullable List<String> labelNames) {
    public Pictures {
      require(side >= 8 && side <= 128, "settings.pictures.side is 8 to 128 pixels", side);
      require(channels == 1 || channels == 3, "settings.pictures.channels is 1 or 3", channels);
      require(given(labels), "settings.pictures.labels is auto, none or a file", labels);
      labelNames = labelNames == null ? null : List.copyOf(labelNames);
    }
  }

  /**
   * What the pictures are made of.
   *
   * @param size numbers in a latent vector, 100 in the paper
   * @param distribution how they are drawn; {@code UNIFORM} in the paper
   */
  public record Latent(int size, LatentSpace.Distribution distribution) {
    public Latent {
      require(size >= 1 && size <= 4096, "settings.latent.size is 1 to 4096", size);
      require(
          given(distribution),
          "settings.latent.distribution is GAUSSIAN, UNIFORM or SPHERE",
          distribution);
    }
  }

  /**
   * The networks of DCGAN.
   *
   * @param generatorChannels of the generator's last layer but one
   * @param generatorNormalization {@code batch}, {@code virtual-batch}, {@code layer} or {@code
   *     none}
   * @param leakySlope of the generator's rectifiers in hundredths; 0 for ReLU, as in the paper
   * @param upsampling how the generator doubles its sides: by {@code transposed} convolutions, as
   *     in the paper, or {@code nearest}, which leaves no checkerboard
   * @param discriminatorChannels of the discriminator's first layer
   * @param discriminatorNormalization {@code batch}, {@code instance}, {@code layer} or {@code
   *     none}
   * @param spectralNorm whether the discriminator's weights are spectrally normalized
   */
  public record Convolutional(
      int generatorChannels,
      String generatorNormalization,
      int leakySlope,
      String upsampling,
      int discriminatorChannels,
      String discriminatorNormalization,
      boolean spectralNorm) {
    public Convolutional {
      require(
          given(generatorNormalization),
          "settings.convolutional.generatorNormalization is a name",
          generatorNormalization);
      require(
          given(upsampling),
          "settings.convolutional.upsampling is transposed or nearest",
          upsampling);
      require(
          given(discriminatorNormalization),
          "settings.convolutional.discriminatorNormalization is a name",
          discriminatorNormalization);
    }

    private boolean normalizesByDefault() {
      return generatorNormalization.equals("batch") && discriminatorNormalization.equals("batch");
    }
  }

  /**
   * The fully connected networks.
   *
   * @param generatorWidth numbers in the generator's first hidden layer; each next one is twice as
   *     wide
   * @param discriminatorWidth numbers in the discriminator's first hidden layer; each next one is
   *     half as wide
   * @param layers hidden layers of either
   * @param dropout whether the discriminator drops values in training
   */
  public record Dense(int generatorWidth, int discriminatorWidth, int layers, boolean dropout) {}

  /** With the labels that were found. */
  DcganSettings withLabels(List<String> names) {
    Pictures labelled =
        new Pictures(
            pictures.side(), pictures.channels(), pictures.mirror(), pictures.labels(), names);
    return new DcganSettings(
        architecture, labelled, latent, convolutional, dense, adversary, augmentation, features);
  }

  /** What the generator makes pictures of; the labels of a complete plan are known. */
  LatentSpace latentSpace() {
    return new LatentSpace(latent.size(), latent.distribution(), labelNames());
  }

  private List<String> labelNames() {
    List<String> names = pictures.labelNames();
    return names == null ? List.of() : names;
  }

  /** The network that makes pictures. */
  NetworkChoice generator() {
    Map<String, String> common =
        Map.of(
            "side", text(pictures.side()),
            "latent", text(latent.size()),
            "classes", text(labelNames().size()),
            "outputChannels", text(pictures.channels()));
    return architecture.equals(DENSE)
        ? choice(
            DENSE,
            common,
            Map.of("width", text(dense.generatorWidth), "layers", text(dense.layers)))
        : choice(
            DCGAN,
            common,
            Map.of(
                "channels",
                text(convolutional.generatorChannels),
                "normalization",
                convolutional.generatorNormalization,
                "leakySlope",
                text(convolutional.leakySlope),
                "upsampling",
                convolutional.upsampling));
  }

  /** The network that judges them. */
  NetworkChoice discriminator() {
    Map<String, String> common =
        Map.of(
            "side", text(pictures.side()),
            "inputChannels", text(pictures.channels()),
            "classes", text(labelNames().size()));
    return architecture.equals(DENSE)
        ? choice(
            "dense-discriminator",
            common,
            Map.of(
                "width", text(dense.discriminatorWidth),
                "layers", text(dense.layers),
                "dropout", Boolean.toString(dense.dropout)))
        : choice(
            "dcgan-discriminator",
            common,
            Map.of(
                "channels", text(convolutional.discriminatorChannels),
                "normalization", convolutional.discriminatorNormalization,
                "spectralNorm", Boolean.toString(convolutional.spectralNorm)));
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  private static NetworkChoice choice(
      String name, Map<String, String> common, Map<String, String> own) {
    Map<String, String> options = new HashMap<>(common);
    options.putAll(own);
    return new NetworkChoice(name, options);
  }
}
