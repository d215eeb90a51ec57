package org.ganvas.training.weights;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A name that a pickle refers to, one of those that tensors and modules are made of. */
record PickledName(String module, String name, Kind kind) {

  /** What calling it gives. */
  enum Kind {
    /** A module of a TorchScript program: a map of its attributes. */
    MODULE,
    ORDERED_DICT,
    TENSOR,
    /** Nothing of its own: what it is called with first. */
    FIRST_ARGUMENT,
    /** A parameter or tensor of an old PyTorch. */
    WRAPPER,
    /** Not called. */
    STORAGE
  }

  /** {@code build_…list} and {@code restore_type_tag} are what libtorch wraps typed lists in. */
  private static final Set<String> TRANSPARENT =
      Set.of(
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag",
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.Size");

  /**
   * A name that is understood.
   *
   * @throws IOException if it is not; the message has the name
   */
  static PickledName of(String module, String name) throws IOException {
    Kind kind = kind(module, name);
    if (kind == null) {
      throw new IOException(
          "only tensors and plain containers are read from a pickle, found %s.%s"
              .formatted(TensorName.shown(module), TensorName.shown(name)));
    }
    return new PickledName(module, name, kind);
  }

  private static @Nullable Kind kind(String module, String name) {
    if (module.equals("__torch__") || module.startsWith("__torch__.")) {
      return Kind.MODULE;
    }
    String whole = module + "." + name;
    if (TRANSPARENT.contains(whole)) {
      return Kind.FIRST_ARGUMENT;
    }
    return switch (whole) {
      case "collections.OrderedDict" -> Kind.ORDERED_DICT;
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> Kind.TENSOR;
      case "torch.nn.parameter.Parameter" -> Kind.WRAPPER;
      default -> storageOrTensor(module, name);
    };
  }

  private static @Nullable Kind storageOrTensor(String module, String name) {
    boolean cuda = module.equals("torch.cuda");
    if (!cuda && !module.equals("torch")) {
      return null;
    }
    if (StorageType.ofClass(name) != null) {
      return Kind.STORAGE;
    }
    boolean tensor =
        name.endsWith("Tensor")
            && StorageType.ofClass(name.replaceFirst("Tensor$", "Storage")) != null;
    return tensor ? Kind.WRAPPER : null;
  }

  /** The number format that it names. */
  StorageType storageType() {
    StorageType type = StorageType.ofClass(name);
    if (type == null) {
      throw new ClassCastException(this + " is no storage");
    }
    return type;
  }

  @Override
  public String toString() {
    return module + "." + name;
  }
}
