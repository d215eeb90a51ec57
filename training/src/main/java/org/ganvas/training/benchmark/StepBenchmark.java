package org.ganvas.training.benchmark;

import ai.djl.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.run.TrainingObserver;
import org.ganvas.training.run.TrainingRun;

/**
 * Measures a plan's steps on the plan's pictures, by the loop and the loader that train. Nothing is
 * written.
 */
public final class StepBenchmark {
  /** Steps of each way to compute before those that count. */
  public static final int WARM_UP_STEPS = 1;

  /** Far behind every warm-up of learning rates and discriminators: all networks are trained. */
  private static final long STEPS_BEFORE = 1_000_000;

  private final TrainingPlan plan;
  private final Recipe recipe;
  private final Device device;
  private final BatchSource pictures;

  /**
   * @param plan complete, see {@link Recipe#complete}
   * @param device to compute on
   * @param reader takes a sentence now and then
   * @throws IOException if the pictures cannot be read, or there is no such device
   */
  public StepBenchmark(TrainingPlan plan, DeviceChoice device, Consumer<String> reader)
      throws IOException {
    this.plan = plan;
    this.device = TorchDevice.of(device);
    this.recipe = Recipes.named(plan.method());
    this.pictures = recipe.open(plan, reader);
  }

  /**
   * How long the passes of one step through each kind of network take, made alone by each method.
   *
   * @param repeats how often each is measured; the median counts
   * @return by the plan's names for the networks
   * @throws IOException if a file cannot be read
   */
  public Map<String, NetworkTimes> networks(List<ProgramMethod> methods, int repeats)
      throws IOException, InterruptedException {
    Map<String, NetworkTimes> times = new LinkedHashMap<>();
    try (TrainingMethod method = create(plan)) {
      Map<String, PassTimer> timers = new LinkedHashMap<>();
      method.networks().forEach((kind, networks) -> timers.put(kind, new PassTimer(networks)));
      run(plan, method, 1);
      timers.forEach((kind, timer) -> times.put(kind, timer.measure(methods, repeats)));
    }
    return times;
  }

  /**
   * Takes steps.
   *
   * @param computing by which method each kind of network computes, by the plan's names for them
   * @param count how many steps are measured, after {@link #WARM_UP_STEPS}
   * @throws IOException if a file cannot be read
   */
  public List<TrainingObserver.Step> steps(Map<String, ProgramMethod> computing, int count)
      throws IOException, InterruptedException {
    TrainingPlan variant = computing(computing);
    try (TrainingMethod method = create(variant)) {
      return run(variant, method, WARM_UP_STEPS + count)
          .subList(WARM_UP_STEPS, WARM_UP_STEPS + count);
    }
  }

  private TrainingMethod create(TrainingPlan variant) throws IOException {
    return recipe.create(variant, device, true, sentence -> {});
  }

  private List<TrainingObserver.Step> run(TrainingPlan variant, TrainingMethod method, int count)
      throws IOException, InterruptedException {
    List<TrainingObserver.Step> steps = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void stepped(Step step) {
            steps.add(step);
          }
        };
    TrainingPlan longer = draft(variant).set("optimization.steps", STEPS_BEFORE + count).finish();
    new TrainingRun(longer, method, new BatchLoader(pictures, STEPS_BEFORE), List.of(observer))
        .run(STEPS_BEFORE);
    return steps;
  }

  /** The plan with other methods. */
  private TrainingPlan computing(Map<String, ProgramMethod> methods) {
    PlanDraft draft = draft(plan);
    methods.forEach(
        (kind, method) -> {
          draft.set(path(kind) + ".precision", method.precision());
          draft.set(path(kind) + ".layout", method.layout());
        });
    return draft.finish();
  }

  /**
   * The plan with the memory layout for each kind of network in which its passes were measured to
   * be fastest, in the plan's precision. Kinds to which the plan gives a layout or a precision of
   * their own keep what they have.
   *
   * @param repeats how often each is measured; the median counts
   * @throws IOException if a file cannot be read
   */
  public TrainingPlan withFastestLayouts(int repeats) throws IOException, InterruptedException {
    List<ProgramMethod> methods = ProgramMethod.in(List.of(plan.precision()));
    PlanDraft draft = draft(plan);
    networks(methods, repeats)
        .forEach(
            (kind, times) -> {
              boolean own =
                  draft.get(path(kind) + ".layout").isPresent()
                      || draft.get(path(kind) + ".precision").isPresent();
              draft.set(path(kind) + ".layout", own ? null : times.fastest().layout());
            });
    return draft.finish();
  }

  /** Where a plan says how it computes; a network that is not trained has it in the settings. */
  private String path(String kind) {
    return (plan.networks().containsKey(kind) ? "networks." : "settings.") + kind;
  }

  private PlanDraft draft(TrainingPlan of) {
    return recipe.draft().over(PlanDraft.json(of));
  }
}
