"""Writes muon.txt: a weight of shape (4, 2, 3, 3) through five steps of Muon, with NumPy in double
precision and without the iteration's matrices: the polynomial is applied to each singular value.

Run by hand; the tests read only what it wrote. First a line of the starting weights, then for each
step a line of the learning rate, a line of the gradients and a line of the weights.
"""
import sys
import numpy as np

KEPT = 0.95


def polynomial(sigma):
    for _ in range(5):
        sigma = 3.4445 * sigma - 4.775 * sigma**3 + 2.0315 * sigma**5
    return sigma


if __name__ == "__main__":
    random = np.random.default_rng(7)
    weights = random.normal(size=(4, 18))
    momentum = np.zeros((4, 18))
    with open(sys.argv[1], "w") as out:
        print(*weights.ravel(), file=out)
        for t in range(1, 6):
            rate = 0.1 / t
            # One output that hardly learns, so that the scale of the directions is seen.
            gradients = random.normal(size=(4, 18)) * np.array([[1], [1e-2], [3], [0.1]])
            momentum = KEPT * momentum + (1 - KEPT) * gradients
            ahead = (1 - KEPT) * gradients + KEPT * momentum
            u, s, vt = np.linalg.svd(ahead, full_matrices=False)
            step = u @ np.diag(polynomial(s / np.linalg.norm(s))) @ vt
            weights = weights - rate * 0.2 * np.sqrt(18) * step
            print(rate, file=out)
            print(*gradients.ravel(), file=out)
            print(*weights.ravel(), file=out)
