package org.ganvas.training.weights;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads a pickle of tensors and plain containers, and executes nothing: of the globals only those
 * that tensors are made of are understood, and modules of a TorchScript program, which become maps
 * of their attributes. Anything else is refused by name.
 *
 * <p>Values become {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@link #NONE},
 * {@code List} (lists and tuples), {@code Map}, {@link PickledTensor} and {@link Wrapped}.
 */
final class PickleReader {
  /** Python's None, since Java's containers here take no null. */
  static final Object NONE = new Object();

  private static final Object MARK = new Object();

  /** A parameter or tensor of a PyTorch before 0.4, whose contents come after it. */
  static final class Wrapped {
    private Object value = NONE;

    Object value() {
      return value;
    }
  }

  private final ByteBuffer bytes;
  private final Map<String, StorageType> storages;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(ByteBuffer bytes, Map<String, StorageType> storages) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.storages = storages;
  }

  /** As {@link #read(ByteBuffer, Map)}, for those who ask for no storages. */
  static Object read(ByteBuffer bytes) throws IOException {
    return read(bytes, new HashMap<>());
  }

  /**
   * Reads the pickled value; the position is behind it then.
   *
   * @param storages takes the type of every storage that is referred to, by its key
   * @throws IOException if the pickle is damaged, or refers to something that is not understood
   */
  static Object read(ByteBuffer bytes, Map<String, StorageType> storages) throws IOException {
    try {
      return new PickleReader(bytes, storages).run();
    } catch (BufferUnderflowException
        | NoSuchElementException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException e) {
      throw new IOException("the pickle is damaged or cut short", e);
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
      // A frame of protocol 4: its length says nothing that is needed.
      case 0x95 -> bytes.getLong();
      case 'N' -> stack.push(NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) Byte.toUnsignedInt(bytes.get()));
      case 'M' -> stack.push((long) Short.toUnsignedInt(bytes.getShort()));
      case 'J' -> stack.push((long) bytes.getInt());
      case 0x8a -> stack.push(longNumber(bytes.get()));
      case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 'X', 'T' -> stack.push(text(bytes.getInt()));
      case 'U', 0x8c -> stack.push(text(Byte.toUnsignedInt(bytes.get())));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int op) throws IOException {
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
        put(stack.peek(), pair.get(0), pair.get(1));
      }
      case 'u' -> {
        List<Object> pairs = popToMark();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
          put(stack.peek(), pairs.get(i), pairs.get(i + 1));
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
      case 0x94 -> memo.put(memo.size(), stack.peek());
      case 'h' -> stack.push(recall(Byte.toUnsignedInt(bytes.get())));
      case 'j' -> stack.push(recall(bytes.getInt()));
      case 'c' -> stack.push(PickledName.of(line(), line()));
      case 0x93 -> {
        List<Object> name = pop(2);
        stack.push(PickledName.of((String) name.get(0), (String) name.get(1)));
      }
      case 'Q' -> stack.push(storage(list(stack.pop())));
      case 0x81, 'R' -> {
        List<Object> call = pop(2);
        stack.push(call((PickledName) call.get(0), list(call.get(1))));
      }
      case 'b' -> {
        Object state = stack.pop();
        build(stack.peek(), state);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Of the tuple ("storage", type, key, device, size, view): a storage. */
  private PickledTensor.Storage storage(List<Object> id) {
    PickledName type = (PickledName) id.get(1);
    String key = (String) id.get(2);
    // Before PyTorch 0.4 a storage could be a part of another: (key, start, size).
    long start = id.size() > 5 && id.get(5) != NONE ? (Long) list(id.get(5)).get(1) : 0;
    PickledTensor.Storage storage = new PickledTensor.Storage(type.storageType(), key, start);
    storages.put(key, storage.type());
    return storage;
  }

  private static Object call(PickledName callee, List<Object> arguments) throws IOException {
    return switch (callee.kind()) {
      case MODULE -> new LinkedHashMap<>();
      case ORDERED_DICT -> orderedDict(arguments);
      case FIRST_ARGUMENT -> arguments.get(0);
      case TENSOR -> tensor(arguments);
      case WRAPPER -> {
        Wrapped wrapped = new Wrapped();
        wrapped.value = arguments.isEmpty() ? NONE : arguments.get(0);
        yield wrapped;
      }
      case STORAGE -> throw new IOException("only tensors are made by a call, found " + callee);
    };
  }

  /** Python 2 gives the pairs to the constructor. */
  private static Object orderedDict(List<Object> arguments) throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : list(arguments.get(0))) {
        put(map, list(pair).get(0), list(pair).get(1));
      }
    }
    return map;
  }

  private static Object tensor(List<Object> arguments) {
    return new PickledTensor(
        (PickledTensor.Storage) arguments.get(0),
        (Long) arguments.get(1),
        longs(arguments.get(2)),
        longs(arguments.get(3)));
  }

  /** Gives an object its contents. */
  private static void build(Object object, Object state) {
    if (!(object instanceof Wrapped wrapped)) {
      map(object).putAll(map(state));
      return;
    }
    switch (list(state).size()) {
      case 4 -> wrapped.value = tensor(list(state));
      case 5 -> wrapped.value = list(state).get(0);
      default -> {} // whether it is trained, and the like
    }
  }

  private static void put(Object map, Object key, Object value) throws IOException {
    // A container would be asked for its hash, which has no end if it contains itself.
    if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
      throw new IOException("the keys of a dict are strings or numbers, found others");
    }
    map(map).put(key, value);
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
      values.add(value);
    }
    Collections.reverse(values);
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
    byte[] line = new byte[length];
    bytes.get(start, line);
    return new String(line, StandardCharsets.UTF_8);
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
