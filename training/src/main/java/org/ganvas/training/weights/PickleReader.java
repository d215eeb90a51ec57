package org.ganvas.training.weights;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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

  /** In bytes; that of VGG19 has four thousand. */
  static final int LONGEST = 1 << 24;

  /** Copied from one dict into another, which a few bytes ask for. */
  private static final int MOST_ENTRIES = 1_000_000;

  private static final Object MARK = new Object();

  /** A parameter or tensor of a PyTorch before 0.4, whose contents come after it. */
  static final class Wrapped {
    private Object value = NONE;

    Object value() {
      return value;
    }
  }

  private final PickleBytes bytes;
  private final Map<String, StorageType> storages;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int copied;

  private PickleReader(ByteBuffer bytes, Map<String, StorageType> storages) {
    this.bytes = new PickleBytes(bytes);
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
      int op = bytes.unsignedByte();
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
      case 0x80 -> bytes.skip(1);
      // A frame of protocol 4: its length says nothing that is needed.
      case 0x95 -> bytes.skip(Long.BYTES);
      case 'N' -> stack.push(NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) bytes.unsignedByte());
      case 'M' -> stack.push((long) bytes.unsignedShort());
      case 'J' -> stack.push((long) bytes.int32());
      case 0x8a -> stack.push(bytes.longNumber(bytes.unsignedByte()));
      case 'G' -> stack.push(bytes.float64());
      case 'X', 'T' -> stack.push(bytes.text(bytes.int32()));
      case 'U', 0x8c -> stack.push(bytes.text(bytes.unsignedByte()));
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
      case 'q' -> memo.put(bytes.unsignedByte(), stack.peek());
      case 'r' -> memo.put(bytes.int32(), stack.peek());
      case 0x94 -> memo.put(memo.size(), stack.peek());
      case 'h' -> stack.push(recall(bytes.unsignedByte()));
      case 'j' -> stack.push(recall(bytes.int32()));
      case 'c' -> stack.push(PickledName.of(bytes.line(), bytes.line()));
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

  private Object call(PickledName callee, List<Object> arguments) throws IOException {
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
  private Object orderedDict(List<Object> arguments) throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      List<Object> pairs = list(arguments.get(0));
      countCopied(pairs.size());
      for (Object pair : pairs) {
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
  private void build(Object object, Object state) throws IOException {
    if (!(object instanceof Wrapped wrapped)) {
      countCopied(map(state).size());
      map(object).putAll(map(state));
      return;
    }
    switch (list(state).size()) {
      case 4 -> wrapped.value = tensor(list(state));
      case 5 -> wrapped.value = list(state).get(0);
      default -> {} // whether it is trained, and the like
    }
  }

  private void countCopied(int entries) throws IOException {
    copied += entries;
    if (copied > MOST_ENTRIES) {
      throw new IOException(
          "the pickle copies more than %d entries of its dicts".formatted(MOST_ENTRIES));
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
