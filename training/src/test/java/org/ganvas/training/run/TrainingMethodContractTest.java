package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.training.data.Batch;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered training method must do; a new one needs a tiny plan in TinyPlans. */
class TrainingMethodContractTest {
  private static final long STEPS = 6;
  private static final String HALF = "step-000000003";
  private static final String END = "step-000000006";

  /** Bytes that a step may leave behind: half of a (2, 3, 16, 16) picture. */
  private static final long LEAK = 2 * 3 * 16 * 16 * Float.BYTES / 2;

  @TempDir Path folder;

  static Stream<String> methods() {
    return Recipes.all().stream().map(Recipe::name);
  }

  private TrainingPlan plan(String method, Precision precision) throws IOException {
    TrainingPlan plan =
        TinyPlans.of(method, folder)
            .set("precision", precision)
            .set("optimization.steps", STEPS)
            .set("intervals.checkpoint", 3)
            .finish();
    return Recipes.named(method).complete(plan, true);
  }

  private void run(Path run, TrainingPlan plan) throws Exception {
    try (TrainingSession session = TinyTraining.open(run, plan)) {
      assertThat(session.prepare().run(session.done())).isEqualTo(STEPS);
    }
  }

  private static Path checkpoint(Path run, String name) {
    return run.resolve("run").resolve("checkpoints").resolve(name);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void continuesBitByBitFromACheckpoint(String method) throws Exception {
    checkResumed(plan(method, Precision.FLOAT32));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void continuesBitByBitInBfloat16(String method) throws Exception {
    assumeTrue(Processor.ofThisMachine().computesBfloat16());
    checkResumed(plan(method, Precision.BFLOAT16));
  }

  private void checkResumed(TrainingPlan plan) throws Exception {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    run(whole, plan);
    Path half = checkpoint(resumed, HALF);
    Files.createDirectories(half);
    try (Stream<Path> files = Files.list(checkpoint(whole, HALF))) {
      for (Path file : files.toList()) {
        Files.copy(file, half.resolve(file.getFileName()));
      }
    }
    run(resumed, plan);
    Map<String, StateDict.Entry> expected = tensors(checkpoint(whole, END));
    Map<String, StateDict.Entry> found = tensors(checkpoint(resumed, END));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(Objects.requireNonNull(found.get(name)).data())
                .as(name)
                .isEqualTo(tensor.data()));
    assertThat(Files.readString(checkpoint(resumed, END).resolve("state.json")))
        .isEqualTo(Files.readString(checkpoint(whole, END).resolve("state.json")));
    assertThat(changed(tensors(half), expected)).as("weights that were trained").isNotEmpty();
  }

  private static Map<String, StateDict.Entry> tensors(Path checkpoint) throws IOException {
    return Safetensors.read(checkpoint.resolve("tensors.safetensors"));
  }

  private static List<String> changed(
      Map<String, StateDict.Entry> before, Map<String, StateDict.Entry> after) {
    List<String> changed = new ArrayList<>();
    after.forEach(
        (name, tensor) -> {
          if (!Arrays.equals(Objects.requireNonNull(before.get(name)).data(), tensor.data())) {
            changed.add(name);
          }
        });
    return changed;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void leavesNothingBehind(String method) throws Exception {
    assumeTrue(NativeMemory.isCounted());
    Recipe recipe = Recipes.named(method);
    TrainingPlan plan = plan(method, Precision.FLOAT32);
    Batch batch = recipe.open(plan, line -> {}).batch(0);
    try (TrainingMethod training = recipe.create(plan, Device.cpu(), true, line -> {})) {
      assertThat(NativeMemory.leftByAStep(training, batch, LEAK)).as("bytes").isLessThan(LEAK);
    }
  }

  /** Or else the test above would say nothing. */
  @ParameterizedTest
  @EnumSource
  void aLeakIsSeen(LeakingMethod.Leak leak) throws Exception {
    assumeTrue(NativeMemory.isCounted());
    Recipe recipe = Recipes.named("super-resolution");
    TrainingPlan plan = plan("super-resolution", Precision.FLOAT32);
    Batch batch = recipe.open(plan, line -> {}).batch(0);
    try (TrainingMethod sound = recipe.create(plan, Device.cpu(), true, line -> {});
        LeakingMethod leaking = new LeakingMethod(sound, leak)) {
      assertThat(NativeMemory.leftByAStep(leaking, batch, LEAK)).isGreaterThan(LEAK);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void exportsModelsThatLoad(String method) throws Exception {
    TrainingPlan plan = plan(method, Precision.FLOAT32);
    Path out = folder.resolve("out");
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      List<ModelFile> written = session.export(name -> out.resolve(name + ".pt"), 0, Map.of());
      assertThat(written)
          .extracting(model -> model.card().name())
          .isEqualTo(Recipes.named(method).modelNames(plan));
      for (ModelFile model : written) {
        // The exporter has loaded and run it.
        ModelFile.read(model.path()).verify();
      }
    }
  }
}
