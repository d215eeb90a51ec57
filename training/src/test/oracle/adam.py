"""Writes adam.txt: three weights through seven steps of Adam, by the formulas of the paper's section
2 in double precision, with NumPy only.

Run by hand; the tests read only what it wrote. First a line of the starting weights, then for each
step a line with the learning rate, the three gradients, the three weights.
"""
import sys
import numpy as np

BETA1, BETA2, EPSILON = 0.9, 0.99, 1e-8

if __name__ == "__main__":
    random = np.random.default_rng(4)
    weights = random.normal(size=3)
    m, v = np.zeros(3), np.zeros(3)
    with open(sys.argv[1], "w") as out:
        print(*weights, file=out)
        for t in range(1, 8):
            rate = 0.01 / t
            # The last gradient is about as small as epsilon, so that its place is seen.
            gradients = random.normal(size=3) * np.array([1, 1e-3, 3e-8])
            m = BETA1 * m + (1 - BETA1) * gradients
            v = BETA2 * v + (1 - BETA2) * gradients**2
            alpha = rate * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
            weights = weights - alpha * m / (np.sqrt(v) + EPSILON)
            print(rate, *gradients, *weights, file=out)
