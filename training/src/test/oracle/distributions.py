"""Writes distributions.txt and colors.txt: figures of sets, computed from their definitions.

Run by hand with numpy, giving the two paths; the tests read only what it wrote.
"""
import sys
import numpy as np
from figures import ssim


def precision_recall(real, fake, k):
    def covered(centres, points):
        within = 0
        for p in points:
            for i, c in enumerate(centres):
                others = [np.sum((c - o) ** 2) for j, o in enumerate(centres) if j != i]
                if np.sum((p - c) ** 2) <= sorted(others)[k - 1]:
                    within += 1
                    break
        return within / len(points)

    return covered(real, fake), covered(fake, real)


def kid(x, y):
    def kernel(a, b):
        return (a @ b / len(a) + 1) ** 3

    m, n = len(x), len(y)
    xx = sum(kernel(x[i], x[j]) for i in range(m) for j in range(m) if i != j) / (m * (m - 1))
    yy = sum(kernel(y[i], y[j]) for i in range(n) for j in range(n) if i != j) / (n * (n - 1))
    return xx + yy - 2 * sum(kernel(a, b) for a in x for b in y) / (m * n)


def root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(np.sqrt(np.maximum(values, 0))) @ vectors.T


def color_match(a, b):
    ca, cb = np.cov(a.T, bias=True), np.cov(b.T, bias=True)
    r = root(ca)
    inverse = np.linalg.inv(r)
    matrix = inverse @ root(r @ cb @ r) @ inverse
    return matrix, b.mean(0) - matrix @ a.mean(0)


if __name__ == "__main__":
    random = np.random.default_rng(5)
    with open(sys.argv[1], "w") as out:
        for m, d, shift, scale in [(30, 6, 0.8, 0.7), (24, 3, 0.0, 1.0), (12, 9, 3.0, 0.2)]:
            real = random.normal(0, 1, (m, d)).astype(np.float32).astype(np.float64)
            fake = (shift + scale * random.normal(0, 1, (m, d))).astype(np.float32).astype(np.float64)
            p, r = precision_recall(real, fake, 3)
            print(m, d, p, r, repr(float(kid(real, fake))), file=out)
            for row in np.concatenate([real, fake]):
                print(*(repr(float(v)) for v in row), file=out)
    with open(sys.argv[2], "w") as out:
        height, width = 13, 17
        mix = np.array([[0.8, 0.3, 0.1], [0.1, 0.5, 0.2], [0.0, 0.2, 0.6]])
        a = np.clip(np.round(120 + random.normal(0, 40, (height, width, 3)) @ mix), 0, 255)
        b = np.clip(np.round(100 + random.normal(0, 30, (height, width, 3)) @ mix.T), 0, 255)
        matrix, offset = color_match(a.reshape(-1, 3), b.reshape(-1, 3))
        psnr = 10 * np.log10(255**2 / np.mean((a - b) ** 2))
        similarity = np.mean([ssim(a[..., c], b[..., c]) for c in range(3)])
        print(width, height, file=out)
        print(*(repr(float(v)) for v in (np.mean(np.abs(a - b)) / 255, psnr, similarity)), file=out)
        print(*(repr(float(v)) for v in [*matrix.ravel(), *offset]), file=out)
        for picture in (a, b):
            for row in picture.astype(int).reshape(height, -1):
                print(*row, file=out)
