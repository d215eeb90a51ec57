package org.ganvas.training.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The few pickle opcodes (protocol 2) that libtorch's reader of modules needs. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int storages;

  /**
   * The pickle of a module and all its submodules; storages are numbered in the order of the tree.
   */
  static byte[] pickle(String className, ModuleTree root) {
    PickleWriter writer = new PickleWriter();
    writer.op(0x80, 2);
    writer.module(className, root);
    writer.op('.');
    return writer.out.toByteArray();
  }

  /** The pickle of an empty tuple. */
  static byte[] emptyTuple() {
    PickleWriter writer = new PickleWriter();
    writer.op(0x80, 2, ')', '.');
    return writer.out.toByteArray();
  }

  /** An object of {@code __torch__.className}: empty tuple, NEWOBJ, dict of attributes, BUILD. */
  private void module(String className, ModuleTree node) {
    global("__torch__", className);
    op(')', 0x81, '}', '(');
    text("training");
    op(0x88);
    node.parameters()
        .forEach(
            (name, parameter) -> {
              text(name);
              tensor(parameter);
            });
    node.children()
        .forEach(
            (name, child) -> {
              text(name);
              module(ProgramText.className(child), child);
            });
    op('u', 'b');
  }

  /**
   * {@code torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}.
   */
  private void tensor(Parameter parameter) {
    global("torch._utils", "_rebuild_tensor_v2");
    op('(', '(');
    text("storage");
    global("torch", "FloatStorage");
    text(Integer.toString(storages++));
    text("cpu");
    number(parameter.size());
    op('t', 'Q');
    number(0);
    tuple(parameter.shape());
    tuple(strides(parameter.shape()));
    op(parameter.trained() ? 0x88 : 0x89);
    global("collections", "OrderedDict");
    op(')', 'R', 't', 'R');
  }

  private static List<Long> strides(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.get(i);
    }
    return List.of(strides);
  }

  private void tuple(List<Long> numbers) {
    op('(');
    numbers.forEach(this::number);
    op('t');
  }

  private void number(long value) {
    op('J');
    out.writeBytes(
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(Math.toIntExact(value))
            .array());
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    op('X');
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private void global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void op(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
  }
}
