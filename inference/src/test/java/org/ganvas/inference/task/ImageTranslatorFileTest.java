package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ImageTranslatorFileTest extends PictureFileContract {
  private static ImageTranslator translator;

  @BeforeAll
  static void open() throws IOException {
    translator = ImageTranslator.open(TestModels.named("tiny-colorize"), TestModels.EXACT);
  }

  @AfterAll
  static void close() {
    translator.close();
  }

  @Override
  PictureResult run(Path input, Path output, TilePolicy tiles, Progress progress, FileOptions files)
      throws IOException {
    TranslateOptions options =
        TranslateOptions.DEFAULT.withTiles(tiles, TileMargin.EXACT).withProgress(progress);
    return translator.translate(input, output, options, files);
  }

  @Override
  Picture run(Picture picture) throws IOException {
    return translator.translate(picture);
  }
}
