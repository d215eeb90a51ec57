package org.ganvas.training.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.network.FeatureLayer.Conv;
import org.ganvas.training.network.FeatureLayer.Fire;
import org.ganvas.training.network.FeatureLayer.MaxPool;
import org.ganvas.training.network.FeatureLayer.Relu;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * Networks that were trained to tell what is on a picture. What their inner layers make of two
 * pictures differs about as much as the pictures differ to people. The convolutional part only,
 * with torchvision's names of parameters: {@code features.0.weight} and so on.
 *
 * <p>(N, 3, H, W), RGB 0 to 1, to a list of the layers that are asked for.
 */
public enum FeatureArchitecture {
  /** Simonyan and Zisserman 2015, table 1, E. */
  VGG19("VGG19"),
  /** Simonyan and Zisserman 2015, table 1, D. */
  VGG16("VGG16"),
  /** Krizhevsky 2014, section 5, as torchvision has it. */
  ALEXNET("AlexNet"),
  /** Iandola et al. 2016, version 1.1. */
  SQUEEZENET("SqueezeNet");

  /** Of the photos of ImageNet, as torchvision gives them. */
  private static final List<Double> MEANS = List.of(0.485, 0.456, 0.406);

  private static final List<Double> DEVIATIONS = List.of(0.229, 0.224, 0.225);

  private final String title;

  FeatureArchitecture(String title) {
    this.title = title;
  }

  private List<FeatureLayer> network() {
    return switch (this) {
      case VGG19 -> vgg(2, 2, 4, 4, 4);
      case VGG16 -> vgg(2, 2, 3, 3, 3);
      case ALEXNET -> alexNet();
      case SQUEEZENET -> squeezeNet(0);
    };
  }

  private static List<FeatureLayer> vgg(int... convolutions) {
    List<FeatureLayer> layers = new ArrayList<>();
    for (int block = 1; block <= convolutions.length; block++) {
      int channels = Math.min(512, 32 << block);
      for (int i = 1; i <= convolutions[block - 1]; i++) {
        layers.add(new Conv("conv%d_%d".formatted(block, i), Convolution.same(channels, 3)));
        layers.add(new Relu("relu%d_%d".formatted(block, i)));
      }
      layers.add(new MaxPool("pool" + block, 2, false));
    }
    return layers;
  }

  private static List<FeatureLayer> alexNet() {
    return List.of(
        new Conv("conv1", new Convolution(64, 11, 4, 2, true)),
        new Relu("relu1"),
        new MaxPool("pool1", 3, false),
        new Conv("conv2", Convolution.same(192, 5)),
        new Relu("relu2"),
        new MaxPool("pool2", 3, false),
        new Conv("conv3", Convolution.same(384, 3)),
        new Relu("relu3"),
        new Conv("conv4", Convolution.same(256, 3)),
        new Relu("relu4"),
        new Conv("conv5", Convolution.same(256, 3)),
        new Relu("relu5"));
  }

  /**
   * SqueezeNet's layers.
   *
   * @param padding of the first convolution: 0 as it was trained; with 1 the sides are halved
   *     without a rest
   */
  static List<FeatureLayer> squeezeNet(int padding) {
    return List.of(
        new Conv("conv1", new Convolution(64, 3, 2, padding, true)),
        new Relu("relu1"),
        new MaxPool("pool1", 3, true),
        new Fire("fire2", 16, 64),
        new Fire("fire3", 16, 64),
        new MaxPool("pool3", 3, true),
        new Fire("fire4", 32, 128),
        new Fire("fire5", 32, 128),
        new MaxPool("pool5", 3, true),
        new Fire("fire6", 48, 192),
        new Fire("fire7", 48, 192),
        new Fire("fire8", 64, 256),
        new Fire("fire9", 64, 256));
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /**
   * The layers that LPIPS looks at (Zhang et al. 2018, section 3, and its code for SqueezeNet); for
   * VGG19, which it does not use, those before each pooling.
   */
  public List<String> distanceLayers() {
    return switch (this) {
      case VGG19 -> List.of("relu1_2", "relu2_2", "relu3_4", "relu4_4", "relu5_4");
      case VGG16 -> List.of("relu1_2", "relu2_2", "relu3_3", "relu4_3", "relu5_3");
      case ALEXNET -> List.of("relu1", "relu2", "relu3", "relu4", "relu5");
      case SQUEEZENET -> List.of("relu1", "fire3", "fire5", "fire6", "fire7", "fire8", "fire9");
    };
  }

  /**
   * The layers that a loss is measured on if nothing else is said: the last convolution, which
   * SRGAN chose of VGG19 (Ledig et al. 2017, section 2.2.1), before its rectifier (Wang et al.
   * 2018, ESRGAN, section 3.3); of SqueezeNet, whose modules all end in one, three of different
   * scales.
   */
  public List<String> lossLayers() {
    return switch (this) {
      case VGG19 -> List.of("conv5_4");
      case VGG16 -> List.of("conv5_3");
      case ALEXNET -> List.of("conv5");
      case SQUEEZENET -> List.of("fire3", "fire5", "fire9");
    };
  }

  /** Every layer's name, in order. */
  public List<String> layers() {
    return network().stream().map(FeatureLayer::name).toList();
  }

  /**
   * The layout to compute in. Not measured on these networks, but on other stacks of zero-padded
   * convolutions it was the faster one.
   */
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }

  /** The whole convolutional part, which gives its last layer. */
  Program program() {
    List<String> layers = layers();
    return program(List.of(layers.get(layers.size() - 1)));
  }

  /**
   * The program that gives these layers, in this order, each (N, C, H', W') in float32; it ends
   * with the last of them.
   *
   * @throws IllegalArgumentException if there is no such layer, or none is named
   */
  public Program program(List<String> wanted) {
    Script script = new Script(title, 3);
    return script.returns(describe(script, wanted));
  }

  /** The channels of these layers. */
  public List<Integer> channels(List<String> wanted) {
    return describe(new Script(title, 3), wanted).stream().map(Value::channels).toList();
  }

  private List<Value> describe(Script script, List<String> wanted) {
    check(wanted);
    Value x = standardized(script);
    Map<String, Value> found = new HashMap<>();
    List<FeatureLayer> layers = network();
    for (int i = 0; !found.keySet().containsAll(wanted); i++) {
      FeatureLayer layer = layers.get(i);
      x = layer.append(script, x, module(i));
      if (wanted.contains(layer.name())) {
        found.put(layer.name(), script.leave(x));
      }
    }
    return wanted.stream().map(layer -> Objects.requireNonNull(found.get(layer))).toList();
  }

  /** The input as the photos of ImageNet were given, in the precision that is asked for. */
  static Value standardized(Script script) {
    return script.enter(script.standardize(script.input(), MEANS, DEVIATIONS));
  }

  /** What the parameters of the layer of that index are named after. */
  static String module(int index) {
    return "features." + index;
  }

  private void check(List<String> wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "at least one layer of %s is to be named, found none".formatted(title));
    }
    for (String layer : wanted) {
      if (!layers().contains(layer)) {
        throw new IllegalArgumentException(
            "the layers of %s are %s, found %s"
                .formatted(title, String.join(", ", layers()), layer));
      }
    }
  }
}
