package org.ganvas.training.data;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;

/** The native library, loaded once. */
final class OpenCv {
  static {
    Loader.load(opencv_java.class);
    // Photos are prepared beside a training step, and every busy thread slows libtorch's down.
    Core.setNumThreads(1);
  }

  private OpenCv() {}

  /** Returns when the library can be used. */
  static void load() {
    // The static initializer has done it.
  }
}
