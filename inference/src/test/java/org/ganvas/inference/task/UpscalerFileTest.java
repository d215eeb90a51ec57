package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class UpscalerFileTest extends PictureFileContract {
  private static Upscaler upscaler;

  @BeforeAll
  static void open() throws IOException {
    upscaler = Upscaler.open(TestModels.tiny(2), TestModels.EXACT);
  }

  @AfterAll
  static void close() {
    upscaler.close();
  }

  @Override
  PictureResult run(Path input, Path output, TilePolicy tiles, Progress progress, FileOptions files)
      throws IOException {
    UpscaleOptions options =
        UpscaleOptions.DEFAULT.withTiles(tiles, TileMargin.EXACT).withProgress(progress);
    return upscaler.upscale(input, output, options, files);
  }

  @Override
  Picture run(Picture picture) throws IOException {
    return upscaler.upscale(picture);
  }
}
