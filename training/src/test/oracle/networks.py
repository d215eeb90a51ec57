"""Writes networks.txt: names and shapes of the tensors in generators and discriminators, and what
PyTorch makes of a small picture in them; all weights follow from a formula. And two weight files.

Run by hand with PyTorch: networks.py networks.txt FOLDER; the tests read only what it wrote. The
networks are written down here again after junyanz/pytorch-CycleGAN-and-pix2pix (models/networks.py),
leftthomas/SRGAN (model.py) and xinntao/Real-ESRGAN (discriminator_arch.py), with their nesting, so
that the names come out as theirs; none of them is needed.
"""
import os
import sys
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from features import formula, squeezenet


def batch(channels):
    return nn.BatchNorm2d(channels)


def instance(channels):
    return nn.InstanceNorm2d(channels)


class ResnetBlock(nn.Module):
    def __init__(self, dim, norm, dropout):
        super().__init__()
        bias = norm is instance
        block = [nn.ReflectionPad2d(1), nn.Conv2d(dim, dim, 3, bias=bias), norm(dim), nn.ReLU()]
        if dropout:
            block.append(nn.Dropout(0.5))
        block += [nn.ReflectionPad2d(1), nn.Conv2d(dim, dim, 3, bias=bias), norm(dim)]
        self.conv_block = nn.Sequential(*block)

    def forward(self, x):
        return x + self.conv_block(x)


class Doubled(nn.Conv2d):
    """Each pixel repeated, then convolved; an option that the reference doesn't have."""

    def forward(self, x):
        return super().forward(x.repeat_interleave(2, 2).repeat_interleave(2, 3))


class ResnetGenerator(nn.Module):
    def __init__(self, ngf, norm, dropout, blocks, nearest=False):
        super().__init__()
        bias = norm is instance
        model = [nn.ReflectionPad2d(3), nn.Conv2d(3, ngf, 7, bias=bias), norm(ngf), nn.ReLU()]
        for mult in (1, 2):
            wide = ngf * mult * 2
            model += [nn.Conv2d(ngf * mult, wide, 3, 2, 1, bias=bias), norm(wide), nn.ReLU()]
        model += [ResnetBlock(ngf * 4, norm, dropout) for _ in range(blocks)]
        for mult in (4, 2):
            out = ngf * mult // 2
            if nearest:
                up = Doubled(ngf * mult, out, 3, padding=1, bias=bias)
            else:
                up = nn.ConvTranspose2d(ngf * mult, out, 3, 2, 1, output_padding=1, bias=bias)
            model += [up, norm(out), nn.ReLU()]
        model += [nn.ReflectionPad2d(3), nn.Conv2d(ngf, 3, 7), nn.Tanh()]
        self.model = nn.Sequential(*model)

    def forward(self, x):
        return self.model(x)


class UnetBlock(nn.Module):
    def __init__(self, outer, inner, norm, submodule=None, kind="", dropout=False, inputs=None):
        super().__init__()
        self.outermost = kind == "outermost"
        bias = norm is instance
        down = nn.Conv2d(inputs or outer, inner, 4, 2, 1, bias=bias)
        leaky, relu = nn.LeakyReLU(0.2), nn.ReLU()
        if self.outermost:
            up = nn.ConvTranspose2d(inner * 2, outer, 4, 2, 1)
            model = [down, submodule, relu, up, nn.Tanh()]
        elif kind == "innermost":
            up = nn.ConvTranspose2d(inner, outer, 4, 2, 1, bias=bias)
            model = [leaky, down, relu, up, norm(outer)]
        else:
            up = nn.ConvTranspose2d(inner * 2, outer, 4, 2, 1, bias=bias)
            model = [leaky, down, norm(inner), submodule, relu, up, norm(outer)]
            if dropout:
                model.append(nn.Dropout(0.5))
        self.model = nn.Sequential(*model)

    def forward(self, x):
        y = self.model(x)
        return y if self.outermost else torch.cat([x, y], 1)


class UnetGenerator(nn.Module):
    def __init__(self, levels, ngf, norm):
        super().__init__()
        block = UnetBlock(ngf * 8, ngf * 8, norm, kind="innermost")
        for _ in range(levels - 5):
            block = UnetBlock(ngf * 8, ngf * 8, norm, block, dropout=True)
        for mult in (4, 2, 1):
            block = UnetBlock(ngf * mult, ngf * mult * 2, norm, block)
        self.model = UnetBlock(3, ngf, norm, block, kind="outermost", inputs=3)

    def forward(self, x):
        return self.model(x)


class NLayerDiscriminator(nn.Module):
    def __init__(self, inputs, ndf, layers, norm):
        super().__init__()
        bias = norm is instance
        model = [nn.Conv2d(inputs, ndf, 4, 2, 1), nn.LeakyReLU(0.2)]
        before = 1
        for n in range(1, layers + 1):
            mult = min(2 ** n, 8)
            conv = nn.Conv2d(ndf * before, ndf * mult, 4, 2 if n < layers else 1, 1, bias=bias)
            model += [conv, norm(ndf * mult), nn.LeakyReLU(0.2)]
            before = mult
        model.append(nn.Conv2d(ndf * before, 1, 4, 1, 1))
        self.model = nn.Sequential(*model)

    def forward(self, x):
        return self.model(x)


class PixelDiscriminator(nn.Module):
    def __init__(self, inputs, ndf, norm):
        super().__init__()
        bias = norm is instance
        self.net = nn.Sequential(
            nn.Conv2d(inputs, ndf, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(ndf, ndf * 2, 1, bias=bias), norm(ndf * 2), nn.LeakyReLU(0.2),
            nn.Conv2d(ndf * 2, 1, 1, bias=bias))

    def forward(self, x):
        return self.net(x)


class SrganBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(channels)
        self.prelu = nn.PReLU()
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        return x + self.bn2(self.conv2(self.prelu(self.bn1(self.conv1(x)))))


class SrganUp(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels * 4, 3, padding=1)
        self.pixel_shuffle = nn.PixelShuffle(2)
        self.prelu = nn.PReLU()

    def forward(self, x):
        return self.prelu(self.pixel_shuffle(self.conv(x)))


class SrganGenerator(nn.Module):
    def __init__(self, channels, blocks):
        super().__init__()
        self.blocks = blocks
        self.block1 = nn.Sequential(nn.Conv2d(3, channels, 9, padding=4), nn.PReLU())
        for i in range(blocks):
            setattr(self, f"block{i + 2}", SrganBlock(channels))
        fuse = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.PReLU())
        setattr(self, f"block{blocks + 2}", fuse)
        tail = nn.Conv2d(channels, 3, 9, padding=4)
        setattr(self, f"block{blocks + 3}", nn.Sequential(SrganUp(channels), SrganUp(channels), tail))

    def forward(self, x):
        head = self.block1(x)
        h = head
        for i in range(self.blocks + 1):
            h = getattr(self, f"block{i + 2}")(h)
        return (torch.tanh(getattr(self, f"block{self.blocks + 3}")(head + h)) + 1) / 2


def standardized(x):
    means = torch.tensor([0.485, 0.456, 0.406], dtype=x.dtype).view(1, 3, 1, 1)
    deviations = torch.tensor([0.229, 0.224, 0.225], dtype=x.dtype).view(1, 3, 1, 1)
    return (x - means) / deviations


def levels(features, x):
    """What comes before each pooling and at the end, each divided by about its magnitude."""
    found = []
    for i, layer in enumerate(features):
        x = layer(x)
        if i in (1, 4, 7, 12):
            found.append(x / (8 if i == 12 else 32))
    return found


class Squeeze(nn.Module):
    """Not after any implementation, but by SqueezeDiscriminator's description."""

    def __init__(self, channels):
        super().__init__()
        self.features = nn.Sequential(*squeezenet())
        self.features[0].padding = (1, 1)
        leaky = nn.LeakyReLU(0.2)
        self.heads = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(inputs, channels, 1), leaky,
                nn.Conv2d(channels, channels, 3, padding=1), leaky,
                nn.Conv2d(channels, 1, 3, padding=1))
            for inputs in (64, 128, 256, 512))

    def forward(self, x):
        found = levels(self.features, standardized(x))
        logits = []
        for i, (head, h) in enumerate(zip(self.heads, found)):
            logits.append(head(h).repeat_interleave(1 << i, 2).repeat_interleave(1 << i, 3))
        return torch.cat(logits, 1)


class UNetDiscriminator(nn.Module):
    """After xinntao/Real-ESRGAN (discriminator_arch.py), without spectral norm, and with pixels
    repeated instead of bilinear."""

    def __init__(self, f):
        super().__init__()
        self.conv0 = nn.Conv2d(3, f, 3, 1, 1)
        for i in (1, 2, 3):
            setattr(self, f"conv{i}", nn.Conv2d(f << i - 1, f << i, 4, 2, 1, bias=False))
        for i in (4, 5, 6):
            setattr(self, f"conv{i}", nn.Conv2d(f << 7 - i, f << 6 - i, 3, 1, 1, bias=False))
        self.conv7 = nn.Conv2d(f, f, 3, 1, 1, bias=False)
        self.conv8 = nn.Conv2d(f, f, 3, 1, 1, bias=False)
        self.conv9 = nn.Conv2d(f, 1, 3, 1, 1)

    def forward(self, x):
        skips = [F.leaky_relu(self.conv0(x), 0.2)]
        for conv in (self.conv1, self.conv2, self.conv3):
            skips.append(F.leaky_relu(conv(skips[-1]), 0.2))
        h = skips.pop()
        for conv in (self.conv4, self.conv5, self.conv6):
            up = h.repeat_interleave(2, 2).repeat_interleave(2, 3)
            h = F.leaky_relu(conv(up), 0.2) + skips.pop()
        for conv in (self.conv7, self.conv8):
            h = F.leaky_relu(conv(h), 0.2)
        return self.conv9(h)


class SqueezeUnet(nn.Module):
    """Not after any implementation, but by SqueezeUNet's description."""

    def __init__(self, channels):
        super().__init__()
        self.features = nn.Sequential(*squeezenet())
        self.features[0].padding = (1, 1)
        widths = [(512, 8), (8 * channels + 256, 4), (4 * channels + 128, 2), (2 * channels + 64, 1)]
        convs = [nn.Conv2d(inputs, times * channels, 3, padding=1) for inputs, times in widths]
        convs.append(nn.Conv2d(channels + 3, channels // 2, 3, padding=1))
        convs.append(nn.Conv2d(channels // 2, 3, 3, padding=1))
        self.decoder = nn.ModuleList(convs)

    def forward(self, x):
        x = standardized(x)
        skips = [x] + levels(self.features, x)
        h = F.relu(self.decoder[0](skips.pop()))
        for layer in self.decoder[1:-1]:
            up = h.repeat_interleave(2, 2).repeat_interleave(2, 3)
            h = F.relu(layer(torch.cat([up, skips.pop()], 1)))
        return (torch.tanh(self.decoder[-1](h)) + 1) / 2


def fill(net):
    """Weights that keep the magnitude of what passes through, and norms near the identity."""
    for name, tensor in net.state_dict().items():
        if not tensor.is_floating_point():
            continue
        numbers = formula(name, *tensor.shape)
        if name.endswith("running_var") or (name.endswith("weight") and tensor.dim() == 1):
            numbers = numbers * np.float32(0.3) + np.float32(1)
        elif name.endswith("weight"):
            numbers = numbers * np.float32(np.sqrt(6 / np.prod(tensor.shape[1:])))
        else:
            numbers = numbers * np.float32(0.1)
        tensor.copy_(numbers)
    return net.eval()


def case(out, name, net, channels, side, ours=True):
    """ours: the programs take pictures from 0 to 1, so that -1 to 1 is within them."""
    fill(net)
    print("case", name, file=out)
    for key, tensor in net.state_dict().items():
        if tensor.is_floating_point():
            shape = tensor.shape
            print(f"{key} {len(shape)}: {' '.join(str(d) for d in shape)}", file=out)
    picture = formula("picture", 1, channels, side, side) * 0.5 + 0.5
    net = net.double()
    x = picture.double()
    y = net(x * 2 - 1) if ours else net(x)
    if ours and "Discriminator" not in type(net).__name__:
        y = (y + 1) / 2
    numbers = y.flatten()
    step = max(1, len(numbers) // 40)
    print(f"y.shape 4: {' '.join(str(d) for d in y.shape)}", file=out)
    chosen = numbers[::step]
    print(f"y.numbers {len(chosen)}: {' '.join('%.7g' % v for v in chosen)}", file=out)


def save_files(folder):
    """As users have them: from several GPUs, from old versions, with what the norms once kept."""
    net = fill(ResnetGenerator(1, instance, False, 6))
    state = nn.DataParallel(net).state_dict()
    state["module.model.2.running_mean"] = torch.zeros(1)
    state["module.model.2.running_var"] = torch.ones(1)
    state["module.model.2.num_batches_tracked"] = torch.tensor(7)
    torch.save(state, os.path.join(folder, "latest_net_G.pth"))
    srgan = fill(SrganGenerator(2, 2))
    path = os.path.join(folder, "srgan.pth")
    torch.save(srgan.state_dict(), path, _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    with torch.no_grad(), open(sys.argv[1], "w") as out:
        case(out, "resnet-9", ResnetGenerator(4, instance, False, 9), 3, 32)
        case(out, "resnet-6", ResnetGenerator(4, batch, True, 6), 3, 32)
        case(out, "unet-128", UnetGenerator(7, 4, instance), 3, 128)
        case(out, "unet-256", UnetGenerator(8, 2, batch), 3, 256)
        case(out, "patch-70", NLayerDiscriminator(6, 4, 3, instance), 6, 64)
        case(out, "patch-16", NLayerDiscriminator(3, 4, 1, batch), 3, 16)
        case(out, "patch-286", NLayerDiscriminator(3, 2, 5, batch), 3, 96)
        case(out, "patch-1", PixelDiscriminator(3, 4, batch), 3, 6)
        case(out, "srresnet", SrganGenerator(4, 3), 3, 12, ours=False)
        case(out, "latest_net_G", ResnetGenerator(1, instance, False, 6), 3, 32)
        case(out, "srgan", SrganGenerator(2, 2), 3, 12, ours=False)
        case(out, "squeeze-unet", SqueezeUnet(4), 3, 48, ours=False)
        case(out, "squeeze", Squeeze(4), 3, 48, ours=False)
        case(out, "resnet-6-nearest", ResnetGenerator(4, instance, False, 6, nearest=True), 3, 32)
        case(out, "unet-discriminator", UNetDiscriminator(4), 3, 32)
        save_files(sys.argv[2])
