package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.SuperResolution;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.recipe.Validation;
import org.ganvas.training.weights.WeightFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  @TempDir Path folder;

  private TrainingPlan plan() throws IOException {
    return TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
        .set("optimization.steps", 6)
        .finish();
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("run/checkpoints"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunWithAdviceAndNoCheckpoint() throws Exception {
    List<TrainingObserver.Step> seen = new ArrayList<>();
    try (TrainingSession session = TinyTraining.open(folder, plan())) {
      session.prepare().run(0);
    }
    assertThat(checkpoints()).contains("step-000000006");
    LoadedNetwork network = network();
    try (TrainingMethod method = method(network)) {
      CheckpointStore store = new CheckpointStore(folder.resolve("nan"));
      TrainingRun run =
          new TrainingRun(
              plan(),
              method,
              new BatchLoader(step -> batch(step == 2 ? Float.NaN : 0.5f), 0),
              List.of(
                  new TrainingObserver() {
                    @Override
                    public void stepped(Step step) {
                      seen.add(step);
                    }
                  },
                  new CheckpointObserver(store, new RunState(method, new Balance()), 1)));
      assertThatThrownBy(() -> run.run(0))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "a loss must be a finite number, found l1 = NaN at step 3; resume from the last"
                  + " checkpoint with a lower --lr (try half) or --precision float32");
      assertThat(seen).extracting(TrainingObserver.Step::number).containsExactly(1L, 2L);
      assertThat(store.newest().orElseThrow().step()).isEqualTo(2);
      run.stop();
    }
  }

  @Test
  void theReportOfARunThatDivergedSaysSoWithAdvice() throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    run.writePlan(plan());
    List<String> sentences = new ArrayList<>();
    try (TrainingMethod method = method(network())) {
      BatchLoader loader = new BatchLoader(step -> batch(step == 2 ? Float.NaN : 0.5f), 0);
      LogObserver log = new LogObserver(run.log(), 50, 6, sentences::add);
      ReportObserver report = new ReportObserver(run, 50, sentences::add);
      TrainingRun diverging = new TrainingRun(plan(), method, loader, List.of(log, report));
      assertThatThrownBy(() -> diverging.run(0)).isInstanceOf(DivergedException.class);
    }
    assertThat(Files.readString(run.path().resolve("report.html")))
        .contains("<b>step 2</b> a loss must be a finite number", "with a lower --lr");
    // The steps before; that it diverged is told by the command.
    assertThat(sentences).singleElement().asString().startsWith("step 2/6 ");
  }

  @Test
  void picturesThatAllComeOutExactlyChooseNoBestCheckpointAndStopNothing() throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    Files.createDirectories(run.path());
    Picture samples = new Picture(1, 1, PixelLayout.GRAY, 8, new short[1]);
    List<String> sentences = new ArrayList<>();
    try (TrainingMethod method = method(network())) {
      for (double quality : new double[] {30, Double.POSITIVE_INFINITY, 29}) {
        LogObserver log = new LogObserver(run.log(), 1, 1, sentences::add);
        new ValidationObserver(
                step ->
                    new Validation.Result(
                        Map.of("psnr", quality), "", quality, new Validation.Samples(samples, "")),
                new RunState(method, new Balance()),
                run,
                log,
                1)
            .stepped(new TrainingObserver.Step(sentences.size() + 1L, 1, Map.of(), 1, 1));
      }
    }
    assertThat(checkpoints()).containsExactly("best-000000001");
    assertThat(sentences).hasSize(3);
  }

  @Test
  void aCheckpointOfBeforeTheBalanceWasKeptIsContinuedFrom() throws Exception {
    try (TrainingSession session = TinyTraining.open(folder, plan())) {
      session.prepare().run(0);
    }
    Path state = folder.resolve("run/checkpoints/step-000000006/state.json");
    String now = Files.readString(state);
    // Nor was the sum of the state.
    String before = now.replaceAll("\"balance/[^,}]*,|,\"sha256\":\"\\w+\"", "");
    assertThat(before).isNotEqualTo(now).doesNotContain("balance");
    Files.writeString(state, before);
    try (TrainingSession session = TinyTraining.open(folder, plan())) {
      assertThat(session.done()).isEqualTo(6);
    }
  }

  private static LoadedNetwork network() throws IOException {
    CompactSr architecture = new CompactSr(4, 1, 2);
    return LoadedNetwork.load(
        architecture.program(), architecture.program().initialize(1), Device.cpu());
  }

  private static TrainingMethod method(LoadedNetwork network) {
    ProgramMethod plain = new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
    NetworkUpdater generator =
        new NetworkUpdater(
            network,
            plain,
            new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.9, 0.99, null, null, null));
    return new SuperResolution(
        new AveragedGenerator(
            generator,
            0.9,
            weights ->
                new ExportedModel(
                    "tiny",
                    Purpose.SUPER_RESOLUTION,
                    "compact-sr",
                    new CompactSr(4, 1, 2),
                    weights)),
        SuperResolution.Loss.L1,
        null);
  }

  private static Batch batch(float value) {
    float[] low = new float[3 * 8 * 8];
    float[] high = new float[3 * 16 * 16];
    Arrays.fill(low, value);
    return new Batch(
        Map.of(
            "low", Batch.Tensor.of(low, 1, 3, 8, 8), "high", Batch.Tensor.of(high, 1, 3, 16, 16)));
  }

  @Test
  void validatesOnTheWayAndLogsIt() throws Exception {
    TrainingPlan plan =
        TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
            .set("optimization.steps", 4)
            .set("intervals.validation", 4)
            .set("data.validation", TinyTraining.photos(folder.resolve("photos")).toString())
            .finish();
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      assertThat(session.prepare().run(session.done())).isEqualTo(4);
      ModelFile model = session.export(name -> folder.resolve("out.pt"), 4, Map.of()).get(0);
      assertThat(model.card().provenance().steps()).isEqualTo(4);
    }
    assertThat(folder.resolve("run/samples/step-000000004.png")).isNotEmptyFile();
    assertThat(folder.resolve("run/tiny.pt")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("run/log.jsonl")))
        .contains("\"validationPsnr\":", "\"bicubicSsim\":", "\"l1\":");
  }

  @Test
  void continuesWithoutTheModelThatItStartedFrom() throws Exception {
    Path start = TinyPlans.start(folder);
    TrainingPlan plan =
        TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
            .set("settings.startFrom", start.toString())
            .set("optimization.steps", 2)
            .finish();
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      session.prepare().run(0);
    }
    Files.delete(start);
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      assertThat(session.done()).isEqualTo(2);
    }
  }

  @Test
  void startsFromTheTensorsOfAnotherModel() throws Exception {
    Path start = folder.resolve("start.pt");
    try (TrainingSession session = TinyTraining.open(folder, plan())) {
      session.prepare().run(0);
      session.export(name -> start, 0, Map.of());
    }
    float[] expected = WeightFile.read(start).get("head.weight").data();
    List<String> sentences = new ArrayList<>();
    TrainingPlan plan =
        TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
            .set("settings.startFrom", start.toString())
            .set("seed", 5)
            .finish();
    try (TrainingSession session =
        TrainingSession.open(
            plan, new RunFolder(folder.resolve("other")), DeviceChoice.CPU, sentences::add)) {
      session.export(name -> folder.resolve("again.pt"), 0, Map.of());
    }
    assertThat(sentences).containsExactly("took 10 of 10 tensors from " + start);
    assertThat(WeightFile.read(folder.resolve("again.pt")).get("head.weight").data())
        .isEqualTo(expected);
  }

  @Test
  void aTeacherIsOfTheScaleThatIsTrained() throws Exception {
    Path teacher = TinyPlans.start(folder);
    TrainingPlan plan =
        TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
            .set("settings.network.scale", 4)
            .set("settings.teacher.model", teacher.toString())
            .finish();
    assertThatThrownBy(() -> TinyTraining.open(folder.resolve("other"), plan).close())
        .hasMessageContaining("settings.teacher.model is of the scale that is trained, 4, found 2");
  }

  @Test
  void theCardNamesTheTeacherAndNotItsFolder() throws Exception {
    Path teacher = TinyPlans.start(folder);
    TrainingPlan plan =
        TinyTraining.plan(folder, "compact-sr", Precision.FLOAT32)
            .set("name", "pupil")
            .set("settings.teacher.model", teacher.toString())
            .finish();
    Path pupil = folder.resolve("pupil.pt");
    try (TrainingSession session =
        TinyTraining.open(
            folder.resolve("other"), Recipes.named(plan.method()).complete(plan, true))) {
      assertThat(session.export(name -> pupil, 0, Map.of()).get(0).card().provenance().plan())
          .containsEntry("settings.teacher.name", "tiny")
          .doesNotContainKey("settings.teacher.model");
    }
  }

  @Test
  void oneProcessAtATimeTrainsInAFolder() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (FileChannel lock = run.lock()) {
      assertThat(lock.isOpen()).isTrue();
      assertThatThrownBy(run::lock)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "one process at a time trains in a folder, found another in " + run.path());
    }
    run.lock().close();
  }

  @Test
  void thePlanOfARunIsWrittenAndRead() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    assertThat(run.isBegun()).isFalse();
    assertThatThrownBy(run::draft).hasMessageContaining("found none in " + run.path());
    run.writePlan(plan());
    assertThat(run.isBegun()).isTrue();
    assertThat(run.draft().finish()).isEqualTo(plan());
    for (String damaged : List.of("", "[]", "{}", "{\"method\":\"gan\"}", "{\"method\":{}}")) {
      Files.writeString(run.path().resolve("plan.json"), damaged);
      assertThatThrownBy(run::draft)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("plan.json is not a training plan");
    }
  }
}
