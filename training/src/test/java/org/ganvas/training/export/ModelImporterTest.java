package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.FormulaWeights;
import org.ganvas.training.network.ReferenceNetworks;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.ganvas.training.weights.WeightFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImporterTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  @TempDir Path folder;

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(ModelImporterTest.class.getResource(name).toURI());
  }

  private ModelFile importFrom(Path weights, String architecture, Map<String, String> options)
      throws IOException {
    return new ModelImporter(architecture, options, "imported", "MIT")
        .importFrom(weights, folder.resolve("imported.pt"));
  }

  private static void assertGives(ModelFile file, String name, int side) throws IOException {
    OracleCase oracle = ReferenceNetworks.named(name);
    FloatPlanes picture = FloatPlanes.zeros(3, side, side);
    float[] numbers = ReferenceNetworks.picture(3 * side * side);
    System.arraycopy(numbers, 0, picture.values(), 0, numbers.length);
    try (GeneratorModel model =
        GeneratorModel.load(file, new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32))) {
      FloatPlanes y = model.run(picture, PLAIN);
      long[] shape = {1, y.channels(), y.height(), y.width()};
      ReferenceNetworks.assertResult(oracle, shape, y.values());
    }
  }

  /** Wrapped for several GPUs, and with the running statistics that old versions saved. */
  @Test
  void aCycleGanGeneratorGivesWhatItGaveThere() throws Exception {
    ModelFile file = importFrom(fixture("latest_net_G.pth"), "resnet-6", Map.of("channels", "1"));
    assertGives(file, "latest_net_G", 32);
    assertThat(file.card().task()).isEqualTo(Task.TRANSLATION);
    assertThat(file.card().network().scale()).isEqualTo(1);
    assertThat(file.card().network().sizeMultiple()).isEqualTo(4);
    assertThat(file.card().network().statistics()).isPositive();
    assertThat(file.card().provenance().licence()).isEqualTo("MIT");
  }

  @Test
  void anSrganGeneratorGivesWhatItGaveThere() throws Exception {
    ModelFile file = importFrom(fixture("srgan.pth"), "srresnet", Map.of());
    assertGives(file, "srgan", 12);
    assertThat(file.card().task()).isEqualTo(Task.SUPER_RESOLUTION);
    assertThat(file.card().network().options())
        .containsEntry("blocks", "2")
        .containsEntry("channels", "2")
        .containsEntry("output", "tanh");
  }

  @Test
  void anSrganGeneratorComesBackUnderTheNamesItCameWith() throws Exception {
    Path file = fixture("srgan.pth");
    StateDict weights = WeightFile.read(file);
    assertComesBack(weights, importFrom(file, "srresnet", Map.of()));
  }

  private void assertComesBack(StateDict weights, ModelFile model) throws IOException {
    Path back = folder.resolve("back.safetensors");
    assertThat(StateDictExporter.export(model, back)).isEqualTo(weights.names().size());
    StateDict read = WeightFile.read(back);
    assertThat(read.names()).containsExactlyInAnyOrderElementsOf(weights.names());
    for (String name : weights.names()) {
      assertThat(read.get(name).shape()).isEqualTo(weights.get(name).shape());
      assertThat(read.get(name).data()).isEqualTo(weights.get(name).data());
    }
  }

  @Test
  void aUNetComesBackUnderItsNames() throws Exception {
    StateDict weights = ReferenceNetworks.weights(ReferenceNetworks.named("unet-256"));
    Path file = folder.resolve("latest_net_G.safetensors");
    Safetensors.write(file, weights);
    ModelFile model = importFrom(file, "unet-256", Map.of("channels", "2"));
    assertGives(model, "unet-256", 256);
    assertComesBack(weights, model);
  }

  /** Who halves all tensors of a state dict halves its counters too. */
  @Test
  void aCounterOfBatchesThatBecameAFractionIsNoWeight() throws Exception {
    StateDict weights = ReferenceNetworks.weights(ReferenceNetworks.named("unet-256"));
    weights.put(
        "model.model.1.model.2.num_batches_tracked",
        new StateDict.Entry(List.of(), new float[] {7}));
    Path file = folder.resolve("latest_net_G.safetensors");
    Safetensors.write(file, weights);
    assertGives(importFrom(file, "unet-256", Map.of("channels", "2")), "unet-256", 256);
  }

  @Test
  void aBatchNormUNetCanBeRunByThePicturesOwnStatistics() throws Exception {
    StateDict weights = ReferenceNetworks.weights(ReferenceNetworks.named("unet-256"));
    Path file = folder.resolve("latest_net_G.safetensors");
    Safetensors.write(file, weights);
    Map<String, String> options =
        Map.of("channels", "2", "normalization", "instance-affine", "dropout", "always");
    ModelFile model = importFrom(file, "unet-256", options);
    assertThat(model.card().network().statistics()).isPositive();
  }

  /** Its last layer makes what others round so much larger that it is seen in float32. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void aNetworkThatMakesMuchOfRoundingIsImportedToo(String channels) throws Exception {
    Map<String, String> options =
        Map.of("channels", "4", "normalization", "batch", "inputChannels", channels);
    Program program = Architectures.create("resnet-6", options).program();
    StateDict weights = FormulaWeights.of(program);
    for (String name : weights.names()) {
      if (name.endsWith("running_var")) {
        Arrays.fill(weights.get(name).data(), 1);
      }
    }
    float[] last = weights.get("model.23.weight").data();
    for (int i = 0; i < last.length; i++) {
      last[i] *= 20;
    }
    assertThat(importFrom(written(weights), "resnet-6", options).path()).exists();
  }

  /** The noise of two pictures at once is not that of one. */
  @Test
  void aGreyUNetWhoseNoiseStaysIsImportedToo() throws Exception {
    Map<String, String> options =
        Map.of(
            "channels", "2",
            "inputChannels", "1",
            "normalization", "instance-affine",
            "dropout", "always");
    StateDict weights = FormulaWeights.of(Architectures.create("unet-128", options).program());
    assertThat(importFrom(written(weights), "unet-128", options).path()).exists();
  }

  private Path written(StateDict weights) throws IOException {
    Path file = folder.resolve("latest_net_G.safetensors");
    Safetensors.write(file, weights);
    return file;
  }

  @Test
  void saysWhatDoesNotFit() throws Exception {
    Path srgan = fixture("srgan.pth");
    assertThatThrownBy(() -> importFrom(srgan, "resnet-9", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing model.1.weight\n  missing model.1.bias");
    Path cycle = fixture("latest_net_G.pth");
    assertThatThrownBy(() -> importFrom(cycle, "resnet-9", Map.of("channels", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the weights do not fit ResNetGenerator:\n  model.19.weight is [2, 1, 3, 3] where the"
                + " network has")
        // The three blocks that are not there, each with two convolutions.
        .hasMessageContaining(
            """

              missing model.16.conv_block.1.weight
              missing model.16.conv_block.1.bias
              missing model.16.conv_block.5.weight
              missing model.16.conv_block.5.bias
              missing model.17.conv_block.1.weight
              missing model.17.conv_block.1.bias
              missing model.17.conv_block.5.weight
              missing model.17.conv_block.5.bias
              missing model.18.conv_block.1.weight
              missing model.18.conv_block.1.bias
              missing model.18.conv_block.5.weight
              missing model.18.conv_block.5.bias
            """)
        .hasMessageContaining("\n  unexpected model.16.weight\n");
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void refusesNetworksThatMakeNoPictureOfAPicture() throws Exception {
    Path cycle = fixture("latest_net_G.pth");
    assertThatThrownBy(() -> importFrom(cycle, "patch", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network that makes a picture of a picture can be imported, patch does not");
  }

  @Test
  void aFirstBlockWithoutChannelsIsRefusedByItsShape() throws Exception {
    StateDict state = new StateDict();
    state.put("block1.0.weight", new StateDict.Entry(List.of(), new float[1]));
    Path weights = folder.resolve("odd.safetensors");
    Safetensors.write(weights, state);
    assertThatThrownBy(() -> importFrom(weights, "srresnet", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("head.0.weight is [] where the network has [64, 3, 9, 9]");
  }
}
