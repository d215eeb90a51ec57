package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The networks by name, one line each. */
public final class Architectures {
  private static final Map<String, Function<Options, Architecture>> BY_NAME =
      Map.ofEntries(
          Map.entry("compact-sr", CompactSr::of),
          Map.entry("srresnet", SrResNet::of),
          Map.entry("resnet-6", options -> ResNetGenerator.of(6, options)),
          Map.entry("resnet-9", options -> ResNetGenerator.of(9, options)),
          Map.entry("unet-128", options -> UNetGenerator.of(7, options)),
          Map.entry("unet-256", options -> UNetGenerator.of(8, options)),
          Map.entry("squeeze-unet", SqueezeUNet::of),
          Map.entry("patch", PatchDiscriminator::of),
          Map.entry("squeeze", SqueezeDiscriminator::of),
          Map.entry("strided", StridedDiscriminator::of),
          Map.entry("unet-discriminator", UNetDiscriminator::of),
          Map.entry("dcgan", DcganGenerator::of),
          Map.entry("dcgan-discriminator", DcganDiscriminator::of),
          Map.entry("dense", DenseGenerator::of),
          Map.entry("dense-discriminator", DenseDiscriminator::of));

  private Architectures() {}

  /**
   * Creates the network of that name.
   *
   * @param options by name, as {@link Architecture#options} gives them; what is not there has its
   *     default
   * @throws IllegalArgumentException if there is no such network (the message lists the known
   *     ones), no such option (likewise), or if an option breaks its rule
   */
  public static Architecture create(String name, Map<String, String> options) {
    Options reading = new Options(name, options);
    Architecture architecture = constructor(name).apply(reading);
    reading.requireNoOthers();
    return architecture;
  }

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(new TreeMap<>(BY_NAME).keySet());
  }

  private static Function<Options, Architecture> constructor(String name) {
    Function<Options, Architecture> constructor = BY_NAME.get(name);
    if (constructor == null) {
      throw new IllegalArgumentException(
          "the architecture is one of %s, found %s".formatted(String.join(", ", names()), name));
    }
    return constructor;
  }
}
