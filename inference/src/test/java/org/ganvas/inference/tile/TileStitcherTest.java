package org.ganvas.inference.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.PixelLayout;
import org.junit.jupiter.api.Test;

class TileStitcherTest {
  private static final int SCALE = 2;

  @Test
  void everyPixelComesFromTheTileThatItIsInside() throws IOException {
    TileStitcher stitcher = stitcher(50, 41, PixelLayout.RGB, TileStitcherTest::coordinates);
    short[] row = new short[100 * 3];
    for (int y = 0; y < 82; y++) {
      stitcher.readRow(y, row);
      for (int x = 0; x < 100; x++) {
        assertThat(row[3 * x]).isEqualTo((short) x);
        assertThat(row[3 * x + 1]).isEqualTo((short) y);
        assertThat(row[3 * x + 2]).isEqualTo((short) 255);
      }
    }
  }

  @Test
  void onlyTheRowOfTilesThatIsAskedForAndTheNextOneAreComputed() throws IOException {
    List<Rectangle> computed = new ArrayList<>();
    TileStitcher stitcher =
        stitcher(
            50,
            90,
            PixelLayout.RGB,
            source -> {
              computed.add(source);
              return coordinates(source);
            });
    stitcher.readRow(0, new short[300]);
    assertThat(computed).hasSize(4);
    stitcher.readRow(1, new short[300]);
    assertThat(computed).hasSize(4);
    stitcher.readRow(60, new short[300]);
    assertThat(computed).hasSize(6);
  }

  @Test
  void samplesAreRoundedToTheNearestAndClamped() throws IOException {
    float[] values = {-0.2f, 1.3f, 0.4999f / 255, 0.5001f / 255, 127.4f / 255, 1f};
    TileStitcher stitcher =
        new TileStitcher(
            TileGrid.whole(6, 1),
            new TileStitcher.Shape(6, 1, 1, PixelLayout.GRAY, 8),
            source -> {
              float[] planes = Arrays.copyOf(values, 18);
              System.arraycopy(values, 0, planes, 6, 6);
              System.arraycopy(values, 0, planes, 12, 6);
              return new FloatPlanes(3, 1, 6, planes);
            },
            Runnable::run);
    short[] row = new short[6];
    stitcher.readRow(0, row);
    assertThat(row).containsExactly(0, 255, 0, 1, 127, 255);
  }

  @Test
  void aNumberThatIsNoneIsAnErrorAndNotABlackPixel() {
    TileStitcher stitcher =
        stitcher(
            5,
            5,
            PixelLayout.RGB,
            source -> {
              FloatPlanes planes = coordinates(source);
              planes.values()[7] = Float.NaN;
              return planes;
            });
    assertThatThrownBy(() -> stitcher.readRow(0, new short[30]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--precision float32");
  }

  @Test
  void rowsAreNotReadTwice() throws IOException {
    TileStitcher stitcher = stitcher(50, 50, PixelLayout.RGB, TileStitcherTest::coordinates);
    stitcher.readRow(99, new short[300]);
    assertThatThrownBy(() -> stitcher.readRow(0, new short[300]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TileStitcher stitcher(
      int width, int height, PixelLayout layout, TileComputer computer) {
    return new TileStitcher(
        TileGrid.of(width, height, 32, 3, 1),
        new TileStitcher.Shape(SCALE * width, SCALE * height, SCALE, layout, 8),
        computer,
        Runnable::run);
  }

  /** Red is the column and green the row of the result, in steps of 1/255; blue is full. */
  private static FloatPlanes coordinates(Rectangle source) {
    Rectangle area = source.times(SCALE);
    FloatPlanes planes = FloatPlanes.zeros(3, area.height(), area.width());
    int plane = area.width() * area.height();
    for (int i = 0; i < plane; i++) {
      planes.values()[i] = (area.left() + i % area.width()) / 255f;
      planes.values()[plane + i] = (area.top() + i / area.width()) / 255f;
      planes.values()[2 * plane + i] = 1;
    }
    return planes;
  }
}
