"""Writes the small files of PyTorch that WeightFileTest reads, and archives.txt with what
is in them, into the folder that is given.

Run by hand with PyTorch; the tests read only what it wrote.
"""
import collections
import os
import struct
import sys
import torch
from torch import nn

torch.manual_seed(5)


def show(out, name, tensor):
    shape = " ".join(str(d) for d in tensor.shape)
    numbers = " ".join("%.9g" % v for v in tensor.detach().double().flatten().tolist())
    print(f"{name} {shape}: {numbers}", file=out)


class Hostile:
    def __reduce__(self):
        return os.system, ("true",)


def ancient():
    """As PyTorch 0.1 saved from Python 2: short byte strings, OrderedDict built of pairs, a
    Parameter whose state is (data, grad, hooks, requires_grad, volatile), its data a FloatTensor
    whose state is (storage, offset, size, stride)."""

    def text(s):
        return b"U" + bytes([len(s)]) + s.encode()

    def pickled(value):
        return b"\x80\x02" + value + b"."

    storage = (b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text("77") + text("cpu")
               + b"K\x06NtQ")
    tensor = (b"ctorch\nFloatTensor\n)\x81(" + storage + b"K\x00(K\x02K\x03t(K\x03K\x01ttb")
    parameter = (b"ctorch.nn.parameter\nParameter\n)\x81(" + tensor + b"NNI01\nI00\ntb")
    state = (b"ccollections\nOrderedDict\n](](" + text("features.0.weight")
             + parameter.replace(b"I01\n", b"\x88").replace(b"I00\n", b"\x89") + b"ee\x85R")
    machine = b"}(" + text("protocol_version") + b"M\xe9\x03" + text("little_endian") + b"\x88u"
    return (b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19." + pickled(b"M\xe9\x03")
            + pickled(machine) + pickled(state) + pickled(b"](" + text("77") + b"e")
            + struct.pack("<q6f", 6, *range(6)))


if __name__ == "__main__":
    folder = sys.argv[1]
    base = torch.randn(4, 6)
    state = collections.OrderedDict()
    state["head.weight"] = torch.randn(2, 3, 3, 3)
    state["body.0.bias"] = torch.randn(5).to(torch.bfloat16)
    state["body.0.half"] = torch.tensor([1.5, -2.25, 6e-8, 65504, 0, -0.0, float("inf")]).half()
    state["body.1.double"] = torch.randn(3).double()
    state["view.transposed"] = base.t()
    state["view.part"] = base[1:3, ::2]
    state["scalar"] = torch.tensor(2.5)
    state["norm.num_batches_tracked"] = torch.tensor(7)
    state["labels"] = torch.tensor([[3, -1], [70000, 2]])
    with open(os.path.join(folder, "archives.txt"), "w") as out:
        print("case state-dict", file=out)
        for name, tensor in state.items():
            if tensor.shape or tensor.is_floating_point():
                show(out, name, tensor)
        module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.PReLU())
        print("case module", file=out)
        for name, tensor in module.state_dict().items():
            if tensor.is_floating_point():
                show(out, name, tensor)
    torch.save(state, os.path.join(folder, "state-dict.pth"))
    torch.jit.save(torch.jit.script(module), os.path.join(folder, "module.pt"))
    torch.save({"weight": Hostile()}, os.path.join(folder, "hostile.pth"))
    torch.save({"weight": Hostile()}, os.path.join(folder, "hostile-old.pth"),
               _use_new_zipfile_serialization=False)
    torch.save({"weight": Hostile()}, os.path.join(folder, "hostile-4.pth"), pickle_protocol=4)
    torch.save(state, os.path.join(folder, "protocol-4.pth"), pickle_protocol=4)
    with open(os.path.join(folder, "ancient.pth"), "wb") as out:
        out.write(ancient())
    loaded = torch.load(os.path.join(folder, "ancient.pth"), weights_only=False)
    assert loaded["features.0.weight"].tolist() == [[0, 1, 2], [3, 4, 5]], loaded
    torch.save(state, os.path.join(folder, "old.pth"), _use_new_zipfile_serialization=False)
