package org.ganvas.server.work;

import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.ganvas.inference.task.TranslateOptions;
import org.ganvas.inference.task.UpscaleOptions;
import org.jspecify.annotations.Nullable;

/** What somebody asks for, apart from the picture that it is to be done with. */
public sealed interface TaskRequest {
  /** The model's name; null for the usual one. */
  @Nullable String model();

  Output output();

  /** Which kind of task it is. */
  TaskKind kind();

  /**
   * What the result is to be like as a file.
   *
   * @param format its format; null for JPEG from JPEG, PNG from all else
   * @param quality the quality if it becomes a JPEG or WebP, 1 to 100
   * @param keepsMetadata whether EXIF, XMP, IPTC and comments of the input stay
   */
  record Output(@Nullable OutputFormat format, int quality, boolean keepsMetadata) {}

  /**
   * A larger picture.
   *
   * @param scale how many times as wide and high; null for the model's
   */
  record Upscale(
      @Nullable String model,
      @Nullable Double scale,
      TilePolicy tiles,
      TileMargin margin,
      Output output)
      implements TaskRequest {
    @Override
    public TaskKind kind() {
      return TaskKind.UPSCALE;
    }

    /** The same for the inference library. */
    UpscaleOptions options(Progress progress) {
      return new UpscaleOptions(scale, tiles, margin, false, progress);
    }
  }

  /**
   * Another picture of the same size.
   *
   * @param fit the side to which the network sees it squeezed; null for its own shape
   */
  record Translate(
      @Nullable String model,
      @Nullable Integer fit,
      TilePolicy tiles,
      TileMargin margin,
      Output output)
      implements TaskRequest {
    @Override
    public TaskKind kind() {
      return TaskKind.TRANSLATE;
    }

    /** The same for the inference library. */
    TranslateOptions options(Progress progress) {
      return new TranslateOptions(fit, tiles, margin, progress);
    }
  }

  /**
   * Pictures from noise.
   *
   * @param count how many, in a grid if more than one
   * @param seed what the noise begins with
   * @param label what they are to show; null for all that the model knows
   */
  record Generate(
      @Nullable String model, int count, long seed, @Nullable String label, Output output)
      implements TaskRequest {
    @Override
    public TaskKind kind() {
      return TaskKind.GENERATE;
    }
  }
}
