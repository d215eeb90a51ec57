package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchLoaderTest {

  private static Batch numbered(long step) {
    return new Batch(Map.of("number", Batch.Tensor.of(new float[] {step}, 1)));
  }

  @Test
  void givesTheBatchesInOrderFromAnyStep() throws Exception {
    try (BatchLoader loader = new BatchLoader(BatchLoaderTest::numbered, 41)) {
      for (int step = 41; step < 60; step++) {
        assertThat(loader.next().tensor("number").values()[0]).isEqualTo(step);
      }
    }
  }

  @Test
  void loadsAFewBatchesAheadAndNoMore() throws Exception {
    AtomicLong made = new AtomicLong();
    CountDownLatch four = new CountDownLatch(4);
    BatchSource source =
        step -> {
          made.incrementAndGet();
          four.countDown();
          return numbered(step);
        };
    try (BatchLoader loader = new BatchLoader(source, 0)) {
      assertThat(four.await(30, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(50);
      assertThat(made).hasValue(4);
      loader.next();
    }
  }

  @Test
  void passesTheSourcesFailureOnAfterTheBatchesBeforeIt() throws Exception {
    BatchSource source =
        step -> {
          if (step == 2) {
            throw new IOException("the disk is gone");
          }
          return numbered(step);
        };
    try (BatchLoader loader = new BatchLoader(source, 0)) {
      assertThat(loader.next().tensor("number").values()[0]).isEqualTo(0);
      assertThat(loader.next().tensor("number").values()[0]).isEqualTo(1);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(loader::next)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the disk is gone")
            .hasRootCauseMessage("the disk is gone");
      }
    }
  }

  @Test
  void passesOnErrorsToo() {
    BatchSource source =
        step -> {
          throw new OutOfMemoryError("no room");
        };
    try (BatchLoader loader = new BatchLoader(source, 0)) {
      assertThatThrownBy(loader::next).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void closingEndsTheThreadWhileTheQueueIsFullAndWhileABatchIsBeingMade() throws Exception {
    BatchLoader full = new BatchLoader(BatchLoaderTest::numbered, 0);
    full.next();
    full.close();
    CountDownLatch started = new CountDownLatch(1);
    BatchLoader busy =
        new BatchLoader(
            step -> {
              started.countDown();
              try {
                new Semaphore(0).acquire();
              } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
              }
              return numbered(step);
            },
            0);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    busy.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("batch-loader");
  }
}
