package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.training.gan.LiveNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalanceObserverTest {
  @TempDir Path folder;
  private final List<String> sentences = new ArrayList<>();
  private Balance balance = new Balance();
  private BalanceObserver observer =
      new BalanceObserver(balance, new LogObserver(Path.of(""), 1, 1, s -> {}));
  private long number;

  @BeforeEach
  void open() {
    observer =
        new BalanceObserver(
            balance, new LogObserver(folder.resolve("log.jsonl"), 1000, 1000, sentences::add));
  }

  private void steps(int count, Map<String, Double> figures) throws IOException {
    Map<String, Double> all = new HashMap<>(figures);
    all.put("generatorGradientNorm", 0.1);
    stepsOf(count, all);
  }

  private void stepsOf(int count, Map<String, Double> figures) throws IOException {
    for (int i = 0; i < count; i++) {
      observer.stepped(new TrainingObserver.Step(++number, 1, figures, 1, 1));
    }
  }

  private static Map<String, Double> accuracies(double real, double generated) {
    return Map.of("realAccuracy", real, "generatedAccuracy", generated);
  }

  @Test
  void aDiscriminatorThatIsAlwaysRightIsToldOfOnceForEachTime() throws IOException {
    steps(400, accuracies(1, 1));
    assertThat(sentences)
        .singleElement()
        .asString()
        .startsWith("warning after step 150: the discriminator overpowers the generator (it is")
        .contains("right about 100% of the real and 100% of the generated", "restsAbove=0.9");
    assertThat(Files.readString(folder.resolve("log.jsonl")))
        .contains("\"step\":150,\"warning\":\"the discriminator overpowers");
    steps(200, accuracies(0.7, 0.7));
    steps(400, accuracies(1, 1));
    assertThat(sentences).hasSize(2);
  }

  @Test
  void aDiscriminatorThatWarmsUpAloneIsNotWarnedOf() throws IOException {
    stepsOf(400, accuracies(1, 1));
    assertThat(sentences).isEmpty();
    steps(149, accuracies(1, 1));
    assertThat(sentences).isEmpty();
    steps(1, accuracies(1, 1));
    assertThat(sentences).singleElement().asString().contains("step 550: the discriminator");
  }

  private void continueAnew() {
    Map<String, LiveNumber> kept = balance.numbers();
    balance = new Balance();
    balance.numbers().forEach((name, number) -> number.set(value(kept, name)));
    open();
  }

  private static double value(Map<String, LiveNumber> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name)).get();
  }

  @Test
  void aRunThatIsContinuedKnowsWhatItHasSeenAndTold() throws IOException {
    steps(100, accuracies(1, 1));
    continueAnew();
    steps(49, accuracies(1, 1));
    assertThat(sentences).isEmpty();
    steps(1, accuracies(1, 1));
    assertThat(sentences).hasSize(1);
    continueAnew();
    steps(400, accuracies(1, 1));
    assertThat(sentences).hasSize(1);
  }

  @Test
  void aDiscriminatorThatTakesEverythingForRealIsToldOf() throws IOException {
    steps(400, accuracies(1, 0.02));
    assertThat(sentences)
        .singleElement()
        .asString()
        .contains("the generator overpowers the discriminator", "waitsBelow=0.4");
  }

  @Test
  void picturesThatAreAllAlikeAreToldOf() throws IOException {
    steps(400, Map.of("realAccuracy", 0.8, "generatedAccuracy", 0.8, "diversity", 0.1));
    assertThat(sentences)
        .singleElement()
        .asString()
        .contains("the generator collapses: the pictures of a batch differ by 10% of what")
        .contains("penalty.kind=R1 and a discriminator whose normalization is layer");
  }

  @Test
  void aBalancedGameAndAMethodWithoutAGameAreNotWarnedOf() throws IOException {
    steps(400, Map.of("realAccuracy", 0.75, "generatedAccuracy", 0.7, "diversity", 0.9));
    steps(400, Map.of("l1", 0.02));
    assertThat(sentences).isEmpty();
  }

  @Test
  void collapseIsToldOfWhereNothingIsRightOrWrong() throws IOException {
    steps(400, Map.of("diversity", 0.1));
    assertThat(sentences).singleElement().asString().contains("the generator collapses");
  }
}
