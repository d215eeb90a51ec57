"""Writes layers.txt: what PyTorch's own layers give, in double precision.

Run by hand with PyTorch; the tests read only what it wrote. A case is a line "case NAME", then
lines "NAME dimensions: numbers", one for the input x, for each parameter and for each result; a
name with a prime is what a buffer became in training.
"""
import sys
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)


def show(out, name, tensor):
    shape = " ".join(str(d) for d in tensor.shape)
    numbers = " ".join("%.9g" % v for v in tensor.detach().flatten().tolist())
    print(f"{name} {shape}: {numbers}", file=out)


def single(*shape):
    """Numbers that float32 can hold, so that both sides start from the same."""
    return torch.randn(*shape).float().double()


def case(out, name, module, x):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(single(*parameter.shape))
    print("case", name, file=out)
    show(out, "x", x)
    for key, tensor in module.state_dict().items():
        if tensor.is_floating_point():
            show(out, key, tensor)
    show(out, "y", module(x))
    if module.training:
        for key, buffer in module.named_buffers():
            if buffer.is_floating_point():
                show(out, key + "'", buffer)


class Call(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.forward = function


def bicubic(to, of):
    """The matrix of an antialiased bicubic resizing (a = -0.5) along one side, borders cut."""
    step = of / to
    width = max(1, step)
    x = (torch.arange(of) + 0.5 - (torch.arange(to) + 0.5)[:, None] * step).abs() / width
    near = 1.5 * x**3 - 2.5 * x**2 + 1
    far = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    weights = torch.where(x < 1, near, torch.where(x < 2, far, torch.zeros_like(x)))
    return weights / weights.sum(1, keepdim=True)


def back_projected(factor):
    """For an enlargement that repeats the pixels and adds those above zero once more."""

    def forward(v):
        y = (v + v.relu()).repeat_interleave(factor, 2).repeat_interleave(factor, 3)
        down = [bicubic(side, side * factor) for side in v.shape[2:]]
        up = [bicubic(side * factor, side) for side in v.shape[2:]]
        return y + up[0] @ (v - down[0] @ y @ down[1].T) @ up[1].T

    return Call(forward).eval()


def colors_projected(factor):
    """For the same enlargement, of which numbers below 0 and above 1 count as these."""

    def forward(v):
        y = (v + v.relu()).repeat_interleave(factor, 2).repeat_interleave(factor, 3)
        low = F.avg_pool2d(y.clamp(0, 1), factor)
        mean = F.avg_pool2d(v - low, 33, 1, 16, count_include_pad=False)
        return y + mean.repeat_interleave(factor, 2).repeat_interleave(factor, 3)

    return Call(forward).eval()


class Tower(nn.Module):
    """Nested modules with numbers for names, a skip, and a tail that enlarges."""

    def __init__(self):
        super().__init__()
        self.head = nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.PReLU())
        self.tail = nn.Conv2d(2, 4, 3, padding=1)

    def forward(self, x):
        h = self.head(x)
        return F.pixel_shuffle(self.tail(h + x), 2) * 0.5


class Flat(nn.Linear):
    """A linear layer over whole pictures, whose results are pictures of one pixel."""

    def forward(self, x):
        return super().forward(x.flatten(1))[:, :, None, None]


class VirtualBatchNorm(nn.Module):
    """Salimans et al. 2016, section 3.4, as it is told: each example joins the reference batch."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(3))
        self.bias = nn.Parameter(torch.empty(3))
        self.up = nn.ConvTranspose2d(3, 3, 2, bias=False)
        self.reference = nn.Module()
        self.reference.register_buffer("latent", single(4, 1, 1, 1))
        labels = F.one_hot(torch.arange(4) % 2, 2).double()
        self.reference.register_buffer("label", labels[:, :, None, None])

    def forward(self, x):
        reference = self.up(torch.cat([self.reference.latent, self.reference.label], 1))
        results = []
        for example in self.up(x):
            joined = torch.cat([reference, example[None]])
            mean = joined.mean((0, 2, 3))[:, None, None]
            variance = joined.var((0, 2, 3), unbiased=False)[:, None, None]
            y = (example - mean) / (variance + 1e-5).sqrt()
            results.append(y * self.weight[:, None, None] + self.bias[:, None, None])
        return torch.stack(results)


def spectral_case(out, name, layer, x):
    """By torch.nn.utils.spectral_norm in training: one step of power iteration before use."""
    module = nn.utils.spectral_norm(layer)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(single(*parameter.shape))
        module.weight_u.copy_(single(*module.weight_u.shape))
    print("case", name, file=out)
    show(out, "x", x)
    for key, tensor in module.state_dict().items():
        if key != "weight_v":
            show(out, key, tensor)
    show(out, "y", module(x))
    show(out, "weight_u'", module.weight_u)


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        case(out, "conv2d-same", nn.Conv2d(2, 3, 3, padding=1).eval(), single(2, 2, 4, 5))
        case(out, "conv2d-5", nn.Conv2d(1, 2, 5, padding=2).eval(), single(1, 1, 6, 4))
        case(out, "conv2d-1", nn.Conv2d(3, 2, 1).eval(), single(1, 3, 2, 3))
        case(out, "conv2d-strided", nn.Conv2d(2, 3, 3, 2, 1).eval(), single(1, 2, 4, 6))
        case(out, "conv2d-halving", nn.Conv2d(2, 2, 4, 2, 1, bias=False).eval(), single(1, 2, 6, 4))
        case(out, "conv2d-unpadded", nn.Conv2d(1, 2, 3, 3, 0).eval(), single(1, 1, 6, 9))
        norm = nn.BatchNorm2d(3)
        case(out, "batchNorm-training", norm, single(2, 3, 3, 2) * 2 + 1)
        case(out, "batchNorm-inference", norm.eval(), single(2, 3, 2, 2))
        x = single(2, 2, 3, 2)
        case(out, "relu", nn.ReLU().eval(), x)
        case(out, "leakyRelu", nn.LeakyReLU(0.2).eval(), x)
        case(out, "leakyRelu-tiny", nn.LeakyReLU(1e-5).eval(), x)
        case(out, "prelu", nn.PReLU().eval(), x)
        case(out, "tanh", nn.Tanh().eval(), x)
        case(out, "add", Call(lambda v: v + v.relu()).eval(), x)
        case(out, "multiply", Call(lambda v: v * -0.5).eval(), x)
        case(out, "multiply-two", Call(lambda v: v * 2).eval(), x)
        case(out, "pixelShuffle", nn.PixelShuffle(2).eval(), single(2, 8, 2, 3))
        for factor in (2, 3, 4):
            resize = lambda v: F.interpolate(v, scale_factor=factor, mode="bicubic")
            case(out, f"upsampleBicubic-{factor}", Call(resize).eval(), single(1, 2, 4, 3))
        case(out, "tower", Tower().eval(), single(1, 2, 3, 4))
        for name, type in (("bfloat16", torch.bfloat16), ("float16", torch.float16)):
            case(out, "enter-" + name, Call(lambda v: v.float().to(type).double()).eval(), x)
        up = nn.ConvTranspose2d
        case(out, "conv2d-cut", nn.Conv2d(2, 1, 4, 1, 1).eval(), single(1, 2, 5, 4))
        case(out, "transposed-doubling", up(2, 3, 4, 2, 1).eval(), single(1, 2, 3, 2))
        odd = up(2, 1, 3, 2, 1, output_padding=1, bias=False)
        case(out, "transposed-odd", odd.eval(), single(1, 2, 2, 3))
        case(out, "transposed-latent", up(3, 2, 4).eval(), single(2, 3, 1, 1))
        case(out, "linear", Flat(18, 4).eval(), single(2, 2, 3, 3))
        x = single(2, 2, 3, 4) * 2 + 1
        case(out, "instanceNorm", nn.InstanceNorm2d(2).eval(), x)
        case(out, "instanceNorm-affine", nn.InstanceNorm2d(2, affine=True).eval(), x)
        case(out, "layerNorm", nn.GroupNorm(1, 2).eval(), x)
        case(out, "virtualBatchNorm", VirtualBatchNorm().eval(), single(3, 3, 1, 1))
        spectral_case(out, "spectral-conv-training", nn.Conv2d(2, 3, 3, padding=1), x)
        spectral_case(out, "spectral-conv-inference", nn.Conv2d(2, 3, 3, padding=1), x)
        spectral_case(out, "spectral-linear-training", Flat(4, 3), single(2, 1, 2, 2))
        case(out, "reflection", nn.ReflectionPad2d(2).eval(), x)
        case(out, "zeros", nn.ZeroPad2d(1).eval(), x)
        case(out, "dropout-inference", nn.Dropout(0.5).eval(), x)
        case(out, "concat", Call(lambda v: torch.cat([v, v.relu()], 1)).eval(), x)
        case(out, "affine", Call(lambda v: v * 2 - 1).eval(), x)
        case(out, "nearest", nn.Upsample(scale_factor=2).eval(), x)
        for factor in (2, 3, 4):
            case(out, f"backProject-{factor}", back_projected(factor), single(1, 2, 4, 5))
        case(out, "projectColors", colors_projected(2), single(1, 1, 36, 3))
