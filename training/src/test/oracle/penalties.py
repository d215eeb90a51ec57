"""Gradient penalties and adversarial losses by PyTorch's autograd, for GradientPenaltyTest and
AdversarialLossTest.

The discriminator: conv 3x3 from 2 to 3 channels, leaky ReLU 0.2, conv 3x3 to 1 channel, both with
padding 1. Run as: python penalties.py > ../resources/org/ganvas/training/gan/penalties.txt
"""

import torch
import torch.nn.functional as F

torch.manual_seed(5)


def show(name, tensor):
    shape = " ".join(str(n) for n in tensor.shape)
    numbers = " ".join(repr(float(v)) for v in tensor.detach().reshape(-1))
    print(f"{name} {shape}: {numbers}".replace("  ", " "))


double = torch.float64
weights = {
    "a.weight": torch.randn(3, 2, 3, 3, dtype=double) * 0.5,
    "a.bias": torch.randn(3, dtype=double) * 0.5,
    "b.weight": torch.randn(1, 3, 3, 3, dtype=double) * 0.5,
    "b.bias": torch.randn(1, dtype=double) * 0.5,
}
weights = {name: value.float().double().requires_grad_() for name, value in weights.items()}
real = torch.rand(2, 2, 4, 4, dtype=double).float().double()


def discriminator(x):
    h = F.leaky_relu(F.conv2d(x, weights["a.weight"], weights["a.bias"], padding=1), 0.2)
    return F.conv2d(h, weights["b.weight"], weights["b.bias"], padding=1)


def norms(x):
    # Of one number for each picture: the mean over places, as in the losses.
    x = x.clone().requires_grad_()
    gradient = torch.autograd.grad(discriminator(x).mean(dim=(1, 2, 3)).sum(), x, create_graph=True)[0]
    return gradient.square().sum(dim=(1, 2, 3)).sqrt()


def penalty(name, value, **inputs):
    gradients = torch.autograd.grad(value, list(weights.values()), allow_unused=True)
    print("case " + name)
    for parameter, tensor in weights.items():
        show(parameter, tensor)
    show("real", real)
    for input_name, tensor in inputs.items():
        show(input_name, tensor)
    show("penalty", value.reshape(1))
    for parameter, gradient in zip(weights, gradients):
        if gradient is not None:
            show("gradient-of-" + parameter, gradient)


# With generated = real every point between them is real itself, so nothing is random.
penalty("WGAN_GP", 10 * (norms(real) - 1).square().mean())
penalty("R1", 10 / 2 * norms(real).square().mean())

# One random number for each picture, those that libtorch draws after this seed.
generated = (torch.linspace(0, 1, real.numel(), dtype=double) ** 2).reshape(real.shape)
generated = generated.float().double()
torch.manual_seed(7)
share = torch.rand(2, 1, 1, 1).double()
between = generated + (real - generated) * share
penalty("BETWEEN", 10 * (norms(between) - 1).square().mean(), generated=generated)

logits = torch.tensor([-30.0, -2.5, -0.5, 0.0, 0.75, 3.0, 40.0], dtype=double)


def loss(name, real_part, generated_part, generator_part):
    print("case " + name)
    show("logits", logits)
    show("real", real_part.mean().reshape(1))
    show("generated", generated_part.mean().reshape(1))
    show("generator", generator_part.mean().reshape(1))


t = 0.9
ones = torch.ones_like(logits)
bce = F.binary_cross_entropy_with_logits
loss("MINIMAX", bce(logits, t * ones), bce(logits, 0 * ones), -bce(logits, 0 * ones))
loss("NON_SATURATING", bce(logits, t * ones), bce(logits, 0 * ones), bce(logits, ones))
loss("LEAST_SQUARES", (logits - t) ** 2, logits**2, (logits - 1) ** 2)
loss("HINGE", F.relu(t - logits), F.relu(1 + logits), -logits)
loss("WASSERSTEIN", -logits, logits, -logits)
