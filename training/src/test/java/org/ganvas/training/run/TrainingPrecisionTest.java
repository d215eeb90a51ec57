package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.junit.jupiter.api.Test;

class TrainingPrecisionTest {
  private static final Processor OLD = new Processor("Intel", Set.of("avx2"));
  private static final Processor AMX = new Processor("Intel", Set.of("avx512_bf16", "amx_bf16"));

  @Test
  void aGpuTrainsInBfloat16WhateverTheProcessorBesideItCanDo() {
    assertThat(TrainingPrecision.fastest(true, OLD)).isEqualTo(Precision.BFLOAT16);
    assertThat(TrainingPrecision.fastest(true, AMX)).isEqualTo(Precision.BFLOAT16);
  }

  @Test
  void aProcessorTrainsInBfloat16WhereThatIsFaster() throws ModelException {
    assertThat(TrainingPrecision.fastest(false, OLD)).isEqualTo(Precision.FLOAT32);
    assertThat(TrainingPrecision.fastest(false, AMX)).isEqualTo(Precision.BFLOAT16);
    assertThat(TrainingPrecision.fastest(DeviceChoice.CPU))
        .isEqualTo(TrainingPrecision.fastest(false, Processor.ofThisMachine()));
  }

  @Test
  void bfloat16IsMeasuredOnAGpuAndOnAProcessorThatHasIt() throws ModelException {
    assertThat(TrainingPrecision.worthMeasuring(true, OLD))
        .containsExactly(Precision.FLOAT32, Precision.BFLOAT16);
    assertThat(TrainingPrecision.worthMeasuring(false, AMX))
        .containsExactly(Precision.FLOAT32, Precision.BFLOAT16);
    assertThat(TrainingPrecision.worthMeasuring(false, OLD)).containsExactly(Precision.FLOAT32);
    assertThat(TrainingPrecision.worthMeasuring(DeviceChoice.CPU))
        .isEqualTo(TrainingPrecision.worthMeasuring(false, Processor.ofThisMachine()));
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> TrainingPrecision.fastest(new DeviceChoice.Gpu(99)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no GPU 99 that libtorch can use");
  }
}
