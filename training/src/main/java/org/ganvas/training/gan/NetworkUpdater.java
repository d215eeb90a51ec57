package org.ganvas.training.gan;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.LiveTensors;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.ProgramFacts;
import org.ganvas.training.script.StateDict;

/** A network in training, with the optimizer and the learning rate of its own. */
public final class NetworkUpdater implements Part {
  private final LoadedNetwork network;
  private final ProgramMethod computing;
  private final double learningRate;
  private final double gradientLimit;
  private final ResumableAdam adam;
  private final ResumableMuon muon;

  /**
   * @param network closed with this
   * @param computing the precision and layout to compute in
   * @param settings optimizer, learning rate, betas and the limit of the gradient
   */
  public NetworkUpdater(
      LoadedNetwork network, ProgramMethod computing, TrainingPlan.Network settings) {
    this.network = network;
    this.computing = computing;
    this.learningRate = settings.learningRate();
    this.gradientLimit =
        Objects.requireNonNullElse(settings.gradientLimit(), Double.POSITIVE_INFINITY);
    Map<String, NDArray> byAdam = new LinkedHashMap<>(network.weights());
    Map<String, NDArray> byMuon =
        switch (settings.optimizer()) {
          case ADAM -> Map.of();
          case MUON -> ResumableMuon.hidden(network.weights());
        };
    byAdam.keySet().removeAll(byMuon.keySet());
    this.muon = new ResumableMuon(byMuon, network.manager());
    this.adam =
        new ResumableAdam(
            byAdam,
            new ResumableAdam.Betas((float) settings.firstBeta(), (float) settings.secondBeta()),
            network.manager());
  }

  /**
   * Loads a network to be trained as the plan says.
   *
   * @param kind the method's name for it in the plan, such as {@code generator}
   * @param initial its weights
   * @throws IOException if libtorch cannot be given its program
   */
  public static NetworkUpdater load(
      Architecture architecture, StateDict initial, TrainingPlan plan, String kind, Device device)
      throws IOException {
    return new NetworkUpdater(
        LoadedNetwork.load(architecture.program(), initial, device),
        plan.computing(kind, architecture.fastLayout()),
        plan.network(kind));
  }

  /**
   * Loads a network that judges others, such as {@link
   * org.ganvas.training.network.PatchDiscriminator}.
   *
   * @param kind the method's name for it in the plan, such as {@code discriminator}
   * @param seed of its first weights
   * @throws IOException if libtorch cannot be given its program
   */
  public static NetworkUpdater loadDiscriminator(
      Architecture architecture, long seed, TrainingPlan plan, String kind, Device device)
      throws IOException {
    StateDict initial = architecture.program().initialize(seed);
    return loadDiscriminator(architecture, initial, plan, kind, device);
  }

  /**
   * As the other one.
   *
   * @param initial its first weights
   * @throws IOException if libtorch cannot be given its program
   */
  public static NetworkUpdater loadDiscriminator(
      Architecture architecture, StateDict initial, TrainingPlan plan, String kind, Device device)
      throws IOException {
    NetworkUpdater discriminator = load(architecture, initial, plan, kind, device);
    discriminator.runOnce(discriminator.network().program().facts());
    return discriminator;
  }

  /**
   * Runs it for nothing. Seen with libtorch 2.7.1: if the first run of a program is one with
   * constant weights through which gradients flow, later ones round otherwise. A continued run,
   * which begins with the generator's turn, would differ from one that was not.
   */
  @SuppressWarnings("try") // held until the end, not asked
  private void runOnce(ProgramFacts facts) {
    int side = facts.sideOfAtLeast(1);
    try (Held held = hold();
        NDManager scope = manager().newSubManager();
        NDArray unused = forward(scope.zeros(new Shape(2, facts.inputChannels(), side, side)))) {
      // Only its first run matters.
    }
  }

  /**
   * Runs the network as in training; within a gradient collector the result can be differentiated.
   *
   * @param x float32 (N, C, H, W)
   * @return float32, with {@code x}'s manager
   */
  public NDArray forward(NDArray x) {
    return network.forward(x, computing, true);
  }

  /**
   * Updates the weights by their gradients, which are zero afterwards.
   *
   * @param rate share of the learning rate's peak, from 0 to 1
   */
  public void update(double rate) {
    if (gradientLimit < Double.POSITIVE_INFINITY) {
      shortenGradient();
    }
    muon.update(learningRate * rate);
    adam.update(learningRate * rate);
  }

  /**
   * As R. Pascanu et al. 2013 ("On the difficulty of training recurrent neural networks", algorithm
   * 1). For Adam's sake too: one gradient far beyond the others stays in its mean squares for
   * thousands of steps, which are next to nothing then.
   */
  private void shortenGradient() {
    double length = gradientNorm();
    if (length > gradientLimit) {
      for (NDArray weight : network.weights().values()) {
        try (NDArray gradient = weight.getGradient()) {
          gradient.muli(gradientLimit / length);
        }
      }
    }
  }

  /** Length of the gradient of all weights together, before {@link #update}. */
  public double gradientNorm() {
    double squares = 0;
    for (NDArray weight : network.weights().values()) {
      try (NDArray gradient = weight.getGradient();
          NDArray norm = gradient.norm()) {
        squares += (double) norm.getFloat() * norm.getFloat();
      }
    }
    return Math.sqrt(squares);
  }

  /** How often it was updated. */
  public long updates() {
    return (long) adam.updates().get();
  }

  /**
   * Holds the network constant until the result is closed: gradients flow through it and not into
   * it, and its buffers end as they began.
   */
  public Held hold() {
    return new Held(network);
  }

  /** A network that is held constant. */
  public static final class Held implements AutoCloseable {
    private final LoadedNetwork network;
    private final Map<String, NDArray> before = new LinkedHashMap<>();

    private Held(LoadedNetwork network) {
      this.network = network;
      network.weights().values().forEach(weight -> weight.setRequiresGradient(false));
      network.buffers().forEach((name, buffer) -> before.put(name, buffer.duplicate()));
    }

    @Override
    public void close() {
      network.weights().values().forEach(weight -> weight.setRequiresGradient(true));
      before.forEach(
          (name, value) -> {
            LiveTensors.write(value, Objects.requireNonNull(network.buffers().get(name)));
            value.close();
          });
    }
  }

  /** The precision and layout that it computes in. */
  public ProgramMethod computing() {
    return computing;
  }

  public LoadedNetwork network() {
    return network;
  }

  /** The network's manager, for a step's own to be made under. */
  public NDManager manager() {
    return network.manager();
  }

  @Override
  public Map<String, NDArray> tensors(String name) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    network.weights().forEach((key, weight) -> tensors.put(name + "/" + key, weight));
    network.buffers().forEach((key, buffer) -> tensors.put(name + "/" + key, buffer));
    adam.tensors().forEach((key, moment) -> tensors.put(name + "-adam/" + key, moment));
    muon.tensors().forEach((key, momentum) -> tensors.put(name + "-muon/" + key, momentum));
    return tensors;
  }

  @Override
  public Map<String, LiveNumber> numbers(String name) {
    return Map.of(name + "-adam/updates", adam.updates());
  }

  @Override
  public void close() {
    muon.close();
    adam.close();
    network.close();
  }
}
