package org.ganvas.training.weights;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The number formats that PyTorch stores tensors in. */
enum StorageType {
  FLOAT(4, true) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.getFloat(4 * index);
    }
  },
  DOUBLE(8, true) {
    @Override
    float at(ByteBuffer storage, int index) {
      return (float) storage.getDouble(8 * index);
    }
  },
  HALF(2, true) {
    @Override
    float at(ByteBuffer storage, int index) {
      return half(storage.getShort(2 * index));
    }
  },
  BFLOAT16(2, true) {
    @Override
    float at(ByteBuffer storage, int index) {
      return Float.intBitsToFloat(storage.getShort(2 * index) << 16);
    }
  },
  LONG(8, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.getLong(8 * index);
    }
  },
  INT(4, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.getInt(4 * index);
    }
  },
  SHORT(2, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.getShort(2 * index);
    }
  },
  CHAR(1, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.get(index);
    }
  },
  BYTE(1, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return Byte.toUnsignedInt(storage.get(index));
    }
  },
  BOOL(1, false) {
    @Override
    float at(ByteBuffer storage, int index) {
      return storage.get(index);
    }
  };

  private static final Map<String, StorageType> BY_CLASS =
      Map.of(
          "FloatStorage", FLOAT,
          "DoubleStorage", DOUBLE,
          "HalfStorage", HALF,
          "BFloat16Storage", BFLOAT16,
          "LongStorage", LONG,
          "IntStorage", INT,
          "ShortStorage", SHORT,
          "CharStorage", CHAR,
          "ByteStorage", BYTE,
          "BoolStorage", BOOL);

  private final int bytes;

  /** Whether it has fractions. */
  private final boolean real;

  StorageType(int bytes, boolean real) {
    this.bytes = bytes;
    this.real = real;
  }

  /** The type of that class of the module {@code torch}, such as {@code HalfStorage}. */
  static @Nullable StorageType ofClass(String name) {
    return BY_CLASS.get(name);
  }

  /** Bytes per number. */
  int bytes() {
    return bytes;
  }

  /** Whether a tensor of that shape counts something: a single whole number. */
  boolean counts(List<Long> shape) {
    return shape.isEmpty() && !real;
  }

  /** One number of a little-endian storage. */
  abstract float at(ByteBuffer storage, int index);

  /** IEEE 754 binary16, which Java reads itself only from version 20 on. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
