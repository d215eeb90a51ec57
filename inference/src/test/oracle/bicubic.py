"""Writes bicubic.txt: MATLAB's imresize(…, 'bicubic') step by step, in double precision.

Run by hand with numpy; the tests read only what it wrote.
"""
import sys
import numpy as np


def cubic(x):
    a = np.abs(x)
    return (1.5 * a**3 - 2.5 * a**2 + 1) * (a <= 1) + (
        -0.5 * a**3 + 2.5 * a**2 - 4 * a + 2
    ) * ((a > 1) & (a <= 2))


def contributions(in_length, out_length):
    scale = out_length / in_length
    if scale < 1:
        kernel, width = (lambda x: scale * cubic(scale * x)), 4 / scale
    else:
        kernel, width = cubic, 4
    x = np.arange(1, out_length + 1)
    u = x / scale + 0.5 * (1 - 1 / scale)
    left = np.floor(u - width / 2)
    p = int(np.ceil(width)) + 2
    indices = left[:, None] + np.arange(p)
    weights = kernel(u[:, None] - indices)
    weights = weights / weights.sum(1, keepdims=True)
    aux = np.concatenate([np.arange(in_length), np.arange(in_length)[::-1]])
    return weights, aux[np.mod(indices - 1, 2 * in_length).astype(int)]


def imresize(a, new_height, new_width, finish=lambda x: x):
    w, i = contributions(a.shape[0], new_height)
    a = finish((w[:, :, None] * a[i]).sum(1))
    w, i = contributions(a.shape[1], new_width)
    return finish((w[None] * a[:, i]).sum(2))


def uint8(a):
    return np.floor(np.clip(a, 0, 255) + 0.5)


def write(out, plane):
    for row in plane:
        print(" ".join(f"{v:.6g}" if v != int(v) else str(int(v)) for v in row), file=out)


if __name__ == "__main__":
    random = np.random.default_rng(7)
    with open(sys.argv[1], "w") as out:
        for height, width, new_height, new_width in [
            (24, 36, 6, 9), (17, 23, 8, 7), (5, 7, 20, 28), (9, 6, 13, 25), (8, 8, 8, 8),
            (3, 2, 1, 1), (2, 40, 5, 10), (1, 1, 4, 3),
        ]:
            plane = random.integers(0, 256, (height, width)).astype(float)
            print(width, height, new_width, new_height, file=out)
            write(out, plane)
            write(out, imresize(plane, new_height, new_width))
            write(out, imresize(plane, new_height, new_width, uint8))
