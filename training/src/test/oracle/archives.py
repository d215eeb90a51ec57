"""Writes the small archives of PyTorch that TorchArchiveTest reads, and archives.txt with what
is in them, into the folder that is given.

Run by hand with PyTorch; the tests read only what it wrote.
"""
import collections
import os
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
    with open(os.path.join(folder, "archives.txt"), "w") as out:
        print("case state-dict", file=out)
        for name, tensor in state.items():
            if tensor.is_floating_point():
                show(out, name, tensor)
        module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.PReLU())
        print("case module", file=out)
        for name, tensor in module.state_dict().items():
            if tensor.is_floating_point():
                show(out, name, tensor)
    torch.save(state, os.path.join(folder, "state-dict.pth"))
    torch.jit.save(torch.jit.script(module), os.path.join(folder, "module.pt"))
    torch.save({"weight": Hostile()}, os.path.join(folder, "hostile.pth"))
    torch.save(state, os.path.join(folder, "old.pth"), _use_new_zipfile_serialization=False)
