package org.ganvas.training.script;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Reads a pickle of tensors and plain containers, and executes nothing: of the globals only those
 * that tensors are made of are understood, and modules of a TorchScript program, which become maps
 * of their attributes. Anything else is refused by name.
 *
 * <p>Values become {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@link #NONE},
 * {@code List} (lists and tuples), {@code Map}, and whatever the caller makes of a tensor.
 */
final class PickleReader {
  /** Python's None, since Java's containers here take no null. */
  static final Object NONE = new Object();

  private static final Object MARK = new Object();

  /** A name that a pickle refers to. */
  record Global(String module, String name) {
    boolean isModuleClass() {
      return module.equals("__torch__") || module.startsWith("__torch__.");
    }

    /** What libtorch wraps typed lists and maps in; the first argument is the list or map. */
    boolean isTypedContainer() {
      return module.equals("torch.jit._pickle")
          && (name.matches("build_(int|double|bool|tensor)list")
              || name.equals("restore_type_tag"));
    }

    boolean isStorage() {
      return module.equals("torch") && name.endsWith("Storage");
    }

    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** What {@code _rebuild_tensor_v2} is called with. */
  record TensorParts(
      String storageKey, Global storageType, long offset, List<Long> shape, List<Long> strides) {}

  private final ByteBuffer bytes;
  private final Function<TensorParts, Object> tensors;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(byte[] bytes, Function<TensorParts, Object> tensors) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.tensors = tensors;
  }

  /**
   * Reads the pickled value.
   *
   * @param tensors makes a value of a tensor's parts
   * @throws IOException if the pickle is damaged, or refers to something that is not understood
   */
  static Object read(byte[] bytes, Function<TensorParts, Object> tensors) throws IOException {
    try {
      return new PickleReader(bytes, tensors).run();
    } catch (BufferUnderflowException
        | NoSuchElementException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException e) {
      throw new IOException("the pickle is damaged", e);
    }
  }

  private Object run() throws IOException {
    while (true) {
      int op = Byte.toUnsignedInt(bytes.get());
      if (op == '.') {
        return stack.pop();
      }
      if (!scalar(op) && !container(op) && !reference(op)) {
        throw new IOException(
            "the pickle has the opcode %d, which is not understood".formatted(op));
      }
    }
  }

  private boolean scalar(int op) {
    switch (op) {
      case 0x80 -> bytes.get();
      case 'N' -> stack.push(NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) Byte.toUnsignedInt(bytes.get()));
      case 'M' -> stack.push((long) Short.toUnsignedInt(bytes.getShort()));
      case 'J' -> stack.push((long) bytes.getInt());
      case 0x8a -> stack.push(longNumber(bytes.get()));
      case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 'X' -> stack.push(text(bytes.getInt()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int op) {
    switch (op) {
      case '(' -> stack.push(MARK);
      case ')', ']' -> stack.push(new ArrayList<>());
      case '}' -> stack.push(new LinkedHashMap<>());
      case 't' -> stack.push(popToMark());
      case 0x85, 0x86, 0x87 -> stack.push(pop(op - 0x84));
      case 'a' -> {
        Object value = stack.pop();
        list(stack.peek()).add(value);
      }
      case 'e' -> {
        List<Object> values = popToMark();
        list(stack.peek()).addAll(values);
      }
      case 's' -> {
        List<Object> pair = pop(2);
        map(stack.peek()).put(pair.get(0), pair.get(1));
      }
      case 'u' -> {
        List<Object> pairs = popToMark();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
          map(stack.peek()).put(pairs.get(i), pairs.get(i + 1));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean reference(int op) throws IOException {
    switch (op) {
      case 'q' -> memo.put(Byte.toUnsignedInt(bytes.get()), stack.peek());
      case 'r' -> memo.put(bytes.getInt(), stack.peek());
      case 'h' -> stack.push(recall(Byte.toUnsignedInt(bytes.get())));
      case 'j' -> stack.push(recall(bytes.getInt()));
      case 'c' -> stack.push(global());
      // A persistent id: the tuple that describes a storage stays as it is.
      case 'Q' -> {}
      case 0x81, 'R' -> {
        List<Object> call = pop(2);
        stack.push(call((Global) call.get(0), list(call.get(1))));
      }
      case 'b' -> {
        Object state = stack.pop();
        map(stack.peek()).putAll(map(state));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private Global global() throws IOException {
    Global global = new Global(line(), line());
    boolean known =
        global.isModuleClass()
            || global.isStorage()
            || global.isTypedContainer()
            || global.toString().equals("torch._utils._rebuild_tensor_v2")
            || global.toString().equals("collections.OrderedDict");
    if (!known) {
      throw new IOException(
          "only tensors and plain containers are read from a pickle, found " + global);
    }
    return global;
  }

  private Object call(Global global, List<Object> arguments) throws IOException {
    if (global.isModuleClass() || global.name().equals("OrderedDict")) {
      return new LinkedHashMap<>();
    }
    if (global.isTypedContainer()) {
      return arguments.get(0);
    }
    if (!global.name().equals("_rebuild_tensor_v2") || arguments.size() < 4) {
      throw new IOException("only tensors are made by a call, found a call of " + global);
    }
    List<Object> storage = list(arguments.get(0));
    return tensors.apply(
        new TensorParts(
            (String) storage.get(2),
            (Global) storage.get(1),
            (Long) arguments.get(1),
            longs(arguments.get(2)),
            longs(arguments.get(3))));
  }

  private Object recall(int key) {
    Object value = memo.get(key);
    if (value == null) {
      throw new NoSuchElementException("no such memo");
    }
    return value;
  }

  private List<Object> popToMark() {
    List<Object> values = new ArrayList<>();
    for (Object value = stack.pop(); value != MARK; value = stack.pop()) {
      values.add(0, value);
    }
    return values;
  }

  private List<Object> pop(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, stack.pop());
    }
    return values;
  }

  /** Two's complement, little-endian. */
  private long longNumber(int length) {
    if (length < 1 || length > Long.BYTES) {
      throw new NoSuchElementException("no number of %d bytes is used".formatted(length));
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= Byte.toUnsignedLong(bytes.get()) << (8 * i);
    }
    int unused = Long.SIZE - 8 * length;
    return value << unused >> unused;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String line() {
    int start = bytes.position();
    while (bytes.get() != '\n') {
      // until the end of the line
    }
    int length = bytes.position() - start - 1;
    return new String(bytes.array(), start, length, StandardCharsets.UTF_8);
  }

  private static List<Long> longs(Object value) {
    return list(value).stream().map(Long.class::cast).toList();
  }

  @SuppressWarnings("unchecked") // all lists are made above
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked") // all maps are made above
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }
}
