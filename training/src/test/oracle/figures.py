"""Writes figures.txt: PSNR and SSIM of picture pairs, by their definitions, window by window.

Run by hand with numpy; the tests read only what it wrote.
"""
import sys
import numpy as np


def luma(rgb):
    return np.floor(16 + rgb @ np.array([65.481, 128.553, 24.966]) / 255 + 0.5)


def psnr(a, b):
    return 10 * np.log10(255**2 / np.mean((a - b) ** 2))


def ssim(a, b):
    x, y = np.mgrid[-5:6, -5:6]
    window = np.exp(-(x**2 + y**2) / (2 * 1.5**2))
    window /= window.sum()
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = []
    for i in range(a.shape[0] - 10):
        for j in range(a.shape[1] - 10):
            p, q = a[i : i + 11, j : j + 11], b[i : i + 11, j : j + 11]
            mp, mq = (window * p).sum(), (window * q).sum()
            vp = (window * (p - mp) ** 2).sum()
            vq = (window * (q - mq) ** 2).sum()
            cov = (window * (p - mp) * (q - mq)).sum()
            values.append(
                (2 * mp * mq + c1) * (2 * cov + c2) / ((mp**2 + mq**2 + c1) * (vp + vq + c2))
            )
    return np.mean(values)


if __name__ == "__main__":
    random = np.random.default_rng(11)
    with open(sys.argv[1], "w") as out:
        for height, width, border, noise in [(19, 24, 4, 12), (15, 13, 1, 60), (16, 17, 2, 3)]:
            y, x = np.mgrid[:height, :width]
            base = 128 + 90 * np.sin(x / 3 + y / 5)[..., None] * np.array([1, 0.7, -0.5])
            a = np.clip(np.round(base + random.normal(0, 9, (height, width, 3))), 0, 255)
            b = np.clip(np.round(a + random.normal(0, noise, a.shape)), 0, 255)
            inner = np.s_[border : height - border, border : width - border]
            p, q = luma(a)[inner], luma(b)[inner]
            print(width, height, border, repr(float(psnr(p, q))), repr(float(ssim(p, q))), file=out)
            for picture in (a, b):
                for row in picture.astype(int).reshape(height, -1):
                    print(*row, file=out)
