package org.ganvas.training.data;

/**
 * What a translating network is given and what it should give.
 *
 * @param input RGB
 * @param target RGB, of the same size
 */
record PhotoPair(RgbPhoto input, RgbPhoto target) {
  PhotoPair {
    if (input.width() != target.width() || input.height() != target.height()) {
      throw new IllegalArgumentException(
          "the pictures of a pair have one size, found %dx%d and %dx%d"
              .formatted(input.width(), input.height(), target.width(), target.height()));
    }
  }

  PhotoPair reversed() {
    return new PhotoPair(target, input);
  }
}
