package org.ganvas.inference.model;

import java.util.Locale;

/** What a generator is for. */
public enum Task {
  /** A picture in, the same picture {@code scale} times as wide and high out. */
  SUPER_RESOLUTION("upscale"),
  /** A picture in, a picture of the same size out. */
  TRANSLATION("translate"),
  /** Noise, and possibly a label, in; a picture out. */
  GENERATION("generate");

  private final String command;

  Task(String command) {
    this.command = command;
  }

  /** What one does with such a model, and the command for it: {@code upscale}. */
  public String command() {
    return command;
  }

  /** The name for people: {@code super-resolution}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
