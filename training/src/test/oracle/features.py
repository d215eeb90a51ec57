"""Writes features.txt: what PyTorch makes of a small picture in feature networks, the perceptual
distance of two pictures, and a perceptual loss with its gradient; all with weights that follow
from a formula, for real ones are too large to keep.

Run by hand with PyTorch; the tests read only what it wrote. The networks are written down here
again after torchvision and LPIPS, which it doesn't need.
"""
import sys
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def formula(name, *shape):
    """Uniform numbers in -1..1 from a hash of the index and of the name's length and last digit."""
    i = np.arange(int(np.prod(shape)), dtype=np.uint32)
    salt = np.uint32(sum(ord(c) * (k + 1) for k, c in enumerate(name)))
    h = i * np.uint32(2654435761) + salt * np.uint32(40503)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    h = (h ^ (h >> np.uint32(12))) * np.uint32(0x297A2D39)
    h = h ^ (h >> np.uint32(15))
    numbers = (h >> np.uint32(8)).astype(np.float32) / np.float32(1 << 23) - np.float32(1)
    return torch.from_numpy(numbers.reshape(shape))


class Fire(nn.Module):
    def __init__(self, inputs, squeezed, expanded):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeezed, 1)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.squeeze(x))
        return torch.cat([F.relu(self.expand1x1(x)), F.relu(self.expand3x3(x))], 1)


def vgg(*blocks):
    layers, channels = [], 3
    for width, convolutions in zip((64, 128, 256, 512, 512), blocks):
        for _ in range(convolutions):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2, 2))
    return layers


def alexnet():
    return [
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(),
    ]


def squeezenet():
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return [
        nn.Conv2d(3, 64, 3, 2), nn.ReLU(), pool(),
        Fire(64, 16, 64), Fire(128, 16, 64), pool(),
        Fire(128, 32, 128), Fire(256, 32, 128), pool(),
        Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256),
    ]


class Features(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.features = nn.Sequential(*layers)
        for name, parameter in self.named_parameters():
            numbers = formula(name, *parameter.shape)
            if name.endswith("weight"):
                numbers = numbers * np.float32(np.sqrt(6 / np.prod(parameter.shape[1:])))
            else:
                numbers = numbers * np.float32(0.1)
            parameter.data.copy_(numbers)
            parameter.requires_grad_(False)

    def forward(self, x, wanted):
        x = (x - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor(
            [0.229, 0.224, 0.225]
        ).view(1, 3, 1, 1)
        found = []
        for i, layer in enumerate(self.features):
            x = layer(x)
            if i in wanted:
                found.append(x)
            if i == max(wanted):
                return found


def show(out, name, tensor, dimensions=None):
    numbers = tensor.detach().flatten().tolist()
    shape = " ".join(str(d) for d in (dimensions or tensor.shape))
    print(f"{name} {shape}: " + " ".join("%.9g" % v for v in numbers), file=out)


def sample(out, name, tensor):
    """The shape, the mean magnitude, and eight numbers evenly over the tensor."""
    flat = tensor.detach().flatten()
    show(out, name + ".shape", torch.tensor(tensor.shape).float())
    show(out, name + ".magnitude", flat.double().abs().mean().reshape(1))
    show(out, name + ".numbers", flat[[k * len(flat) // 8 for k in range(8)]])


def case(out, name, layers, wanted, size):
    network = Features(layers)
    x = formula("picture", *size) * 0.5 + 0.5
    print("case", name, file=out)
    for (layer, _), features in zip(wanted, network(x, [i for _, i in wanted])):
        sample(out, layer, features)
    return network


LPIPS_LAYERS = {
    "alexnet": [1, 4, 7, 9, 11],
    "squeezenet": [1, 4, 7, 9, 10, 11, 12],
}


def distances(out, name, network, x, y):
    total = torch.zeros(len(x))
    layers = LPIPS_LAYERS[name]
    for k, (a, b) in enumerate(zip(network(x, layers), network(y, layers))):
        unit = lambda f: f / (f.pow(2).sum(1, keepdim=True).sqrt() + 1e-10)
        weights = (formula(f"lin{k}", a.shape[1]) + 1).view(1, -1, 1, 1)
        difference = (unit(a) - unit(b)) ** 2
        total += F.conv2d(difference, weights).mean([2, 3])[:, 0]
    show(out, "distance", total)


if __name__ == "__main__":
    with torch.no_grad(), open(sys.argv[1], "w") as out:
        case(out, "VGG19", vgg(2, 2, 4, 4, 4),
             [("conv1_1", 0), ("relu3_4", 17), ("conv5_4", 34)], (1, 3, 35, 38))
        case(out, "VGG16", vgg(2, 2, 3, 3, 3), [("relu1_2", 3), ("pool2", 9), ("relu3_3", 15)],
             (2, 3, 21, 18))
        alex = case(out, "ALEXNET", alexnet(), [("relu1", 1), ("conv2", 3), ("relu5", 11)],
                    (1, 3, 75, 66))
        x = formula("x", 2, 3, 70, 83) * 0.5 + 0.5
        y = (x + formula("y", 2, 3, 70, 83) * 0.2).clamp(0, 1)
        distances(out, "alexnet", alex, x, y)
        squeeze = case(
            out, "SQUEEZENET", squeezenet(),
            [("relu1", 1), ("pool1", 2), ("fire3", 4), ("fire5", 7), ("fire6", 9), ("fire9", 12)],
            (1, 3, 40, 53))
        distances(out, "squeezenet", squeeze, x, y)
        with torch.enable_grad():
            x.requires_grad_(True)
            wanted = [4, 7, 12]
            loss = sum(F.mse_loss(a, b) for a, b in zip(squeeze(x, wanted), squeeze(y, wanted)))
            loss = loss * 0.006
            loss.backward()
        show(out, "loss", loss.reshape(1))
        sample(out, "gradient", x.grad)
