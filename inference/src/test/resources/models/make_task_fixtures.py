"""Makes the model files of the tests for translation and generation; Python's standard library alone.

    python3 make_task_fixtures.py

tiny-paint (3 -> 3 channels), tiny-colorize (1 -> 3, keeps the luminance) and tiny-sketch (3 -> 1) are translators: a
mirrored 3x3 convolution, two that halve the size, a fourfold enlargement by repetition and one more convolution; an
instance normalization after each of the first three, whose means and variances the methods ..._statistics give and the
methods ..._with_statistics take. tiny-digits (10 latent numbers, 3 labels, to grey 8x8) and tiny-noise (16 latent numbers
on the sphere, to RGB 8x8) are generators of two transposed convolutions. The weights are random with a fixed seed. Run it
again only to change the fixtures; the tests need the files, not Python.
"""
import hashlib, random
from make_fixtures import LAYOUTS, TYPES, archive, module, tensor

WIDTH = 6
NORMALIZED = ('first', 'second', 'third')
TRANSLATOR = (*NORMALIZED, 'last')
GENERATOR = ('first', 'last')
STATISTICS = 2 * WIDTH * len(NORMALIZED)


def weight(name): return f'torch.contiguous(torch.to(self.{name}.weight, dtype), memory_format=layout)'


def bias(name): return f'torch.to(self.{name}.bias, dtype)'


def translator_body(kind):
    """kind: 'compute' (a picture), 'measure' (its statistics) or 'apply' (a picture with those of another)."""
    lines = ['h = torch.contiguous(torch.to(x, dtype), memory_format=layout)']
    for i, name in enumerate(NORMALIZED):
        stride = 1 if i == 0 else 2
        lines += ['h = torch.reflection_pad2d(h, [1, 1, 1, 1])',
                  f'h = torch.conv2d(h, {weight(name)}, {bias(name)}, [{stride}, {stride}], [0, 0], [1, 1], 1)',
                  f'f{i} = torch.to(h, 6)']
        if kind == 'apply':
            at = 2 * WIDTH * i
            lines += [f'm{i} = torch.reshape(torch.slice(s, 0, {at}, {at + WIDTH}, 1), [1, {WIDTH}, 1, 1])',
                      f'v{i} = torch.reshape(torch.slice(s, 0, {at + WIDTH}, {at + 2 * WIDTH}, 1), [1, {WIDTH}, 1, 1])']
        else:
            lines += [f'm{i} = torch.mean(f{i}, [2, 3], True)', f'v{i} = torch.var(f{i}, [2, 3], False, True)']
        lines += [f'd{i} = torch.sqrt(torch.add(v{i}, 1.0000000000000001e-05))',
                  f'h = torch.relu(torch.to(torch.div(torch.sub(f{i}, m{i}), d{i}), dtype))']
    if kind == 'measure':
        parts = ', '.join(f'torch.reshape({v}{i}, [-1])' for i in range(len(NORMALIZED)) for v in 'mv')
        return lines + [f'return torch.cat([{parts}], 0)']
    return lines + [
        'h = torch.upsample_nearest2d(h, None, [4., 4.])',
        'h = torch.reflection_pad2d(h, [1, 1, 1, 1])',
        f'h = torch.conv2d(h, {weight("last")}, {bias("last")}, [1, 1], [0, 0], [1, 1], 1)',
        'return torch.contiguous(torch.sigmoid(torch.to(h, 6)), memory_format=0)']


def generator_body():
    transposed = lambda name, stride, padding: (
        f'h = torch.conv_transpose2d(h, {weight(name)}, {bias(name)}, '
        f'[{stride}, {stride}], [{padding}, {padding}], [0, 0], 1, [1, 1])')
    return ['h = torch.contiguous(torch.to(x, dtype), memory_format=layout)', transposed('first', 1, 0),
            'h = torch.relu(h)', transposed('last', 2, 1),
            'h = torch.add(torch.mul(torch.tanh(torch.to(h, 6)), 0.5), 0.5)',
            'return torch.contiguous(h, memory_format=0)']


def methods(function, suffix, given):
    variants = {'forward': (6, 0)} if not suffix else {}
    variants |= {f'{t}_{l}': (TYPES[t], LAYOUTS[l]) for t in TYPES for l in LAYOUTS}
    lines = []
    for name, (dtype, layout) in variants.items():
        lines += [f'  def {name}{suffix}(self: __torch__.Tiny,', '    x: Tensor' + (',' if given else ') -> Tensor:')]
        lines += ['    s: Tensor) -> Tensor:'] if given else []
        lines += [f'    return (self).{function}(x, {"s, " if given else ""}{dtype}, {layout}, )']
    return lines


def function(name, body, given):
    lines = [f'  def {name}(self: __torch__.Tiny,', '    x: Tensor,'] + (['    s: Tensor,'] if given else [])
    return lines + ['    dtype: int,', '    layout: int) -> Tensor:'] + ['    ' + line for line in body]


def program(parts, functions):
    """functions: (name, body, suffix of the methods, whether they take statistics)."""
    lines = ['class Tiny(Module):', '  __parameters__ = []', '  __buffers__ = []']
    lines += [f'  {name} : __torch__.Convolution' for name in parts] + ['  training : bool']
    for name, body, suffix, given in functions:
        lines += function(name, body, given) + methods(name, suffix, given)
    lines += ['class Convolution(Module):', '  __parameters__ = ["weight", "bias", ]', '  __buffers__ = []',
              '  weight : Tensor', '  bias : Tensor', '  training : bool', '']
    return '\n'.join(lines)


def convolution(rng, storages, shape, biases, deviation):
    count = shape[0] * shape[1] * shape[2] * shape[3]
    return module('Convolution', [
        ('training', b'\x89'),
        ('weight', tensor(storages, shape, [rng.gauss(0, deviation) for _ in range(count)])),
        ('bias', tensor(storages, [biases], [rng.gauss(0, 0.1) for _ in range(biases)]))])


def write(name, task, parts, code, network, **fields):
    """parts: name -> (shape of the weight, number of biases, deviation of the weights)."""
    rng, storages = random.Random(name), []
    modules = [(part, convolution(rng, storages, *shape)) for part, shape in parts.items()]
    parameters = sum(map(len, storages)) // 4
    card = {
        'name': name, 'description': 'A network for tests: small, fast, and of no use for photos.', 'task': task,
        'network': {
            'architecture': 'tiny', 'options': {}, 'scale': 1, 'sizeMultiple': 1, 'margin': None, 'statistics': None,
            'parameters': parameters, 'multiplyAddsPerOutputPixel': parameters, 'fastLayout': 'CHANNELS_FIRST', **network},
        'provenance': {
            'licence': 'Apache-2.0', 'steps': 0, 'seed': 0, 'plan': {}, 'data': [], 'versions': {'ganvas': '0.1.0'}},
        'measurements': [], 'weightsSha256': hashlib.sha256(b''.join(storages)).hexdigest(), **fields}
    archive(name, storages, module('Tiny', [('training', b'\x89'), *modules]), code, card)


def translator(name, inputs, outputs, **fields):
    inner = ([WIDTH, WIDTH, 3, 3], WIDTH, 0.3)
    parts = {'first': ([WIDTH, inputs, 3, 3], WIDTH, 1.0), 'second': inner, 'third': inner,
             'last': ([outputs, WIDTH, 3, 3], outputs, 0.3)}
    code = program(TRANSLATOR, [
        ('compute', translator_body('compute'), '', False),
        ('measure', translator_body('measure'), '_statistics', False),
        ('apply', translator_body('apply'), '_with_statistics', True)])
    # 1, 1 and 2 pixels of the mirrored convolutions, 3 of a pixel repeated fourfold, 1 of the last.
    network = {'inputChannels': inputs, 'outputChannels': outputs, 'sizeMultiple': 4, 'margin': 8,
               'statistics': STATISTICS}
    write(name, 'TRANSLATION', parts, code, network, **fields)


def generator(name, size, distribution, labels, outputs):
    channels = size + len(labels)
    parts = {'first': ([channels, 8, 4, 4], 8, 0.4), 'last': ([8, outputs, 4, 4], outputs, 0.4)}
    code = program(GENERATOR, [('compute', generator_body(), '', False)])
    write(name, 'GENERATION', parts, code, {'inputChannels': channels, 'outputChannels': outputs},
          latent={'size': size, 'distribution': distribution, 'labels': labels})


if __name__ == '__main__':
    translator('tiny-paint', 3, 3)
    translator('tiny-colorize', 1, 3, translation={'output': 'KEEP_LUMINANCE', 'workingSide': None})
    translator('tiny-sketch', 3, 1)
    generator('tiny-digits', 10, 'GAUSSIAN', ['zero', 'one', 'two'], 1)
    generator('tiny-noise', 16, 'SPHERE', [], 3)
