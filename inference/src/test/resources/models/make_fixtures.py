"""Makes tiny-x2.pt and tiny-x4.pt, the model files that the tests run; Python's standard library alone.

    python3 make_fixtures.py

A network of three 3x3 convolutions (3 -> 8 -> 8 -> 3 scale^2 channels) and a pixel shuffle, added to the bicubic
enlargement of its input. The weights are random with a fixed seed. Each kernel of the last convolution sums to nothing,
so that a flat area keeps its colour. Run it again only to change the fixtures; the tests need the two files, not Python.
"""
import array, hashlib, json, math, random, struct, zipfile

TYPES = {'float32': 6, 'bfloat16': 15, 'float16': 5}
LAYOUTS = {'channels_first': 0, 'channels_last': 2}
CONVOLUTIONS = ('first', 'second', 'last')


def number(n):
    if 0 <= n < 256: return b'K' + bytes([n])
    return b'M' + struct.pack('<H', n) if n < 65536 else b'J' + struct.pack('<i', n)


def text(s):
    return b'X' + struct.pack('<I', len(s)) + s.encode()


def module(name, attributes):
    body = b''.join(text(k) + v for k, v in attributes)
    return b'c__torch__\n' + name.encode() + b'\n)\x81}(' + body + b'ub'


def tensor(storages, shape, values):
    key, strides, step = str(len(storages)), [], 1
    for s in reversed(shape):
        strides.insert(0, step)
        step *= s
    storages.append(array.array('f', values).tobytes())
    ints = lambda xs: b'(' + b''.join(map(number, xs)) + b't'
    storage = b'(' + text('storage') + b'ctorch\nFloatStorage\n' + text(key) + text('cpu') + number(step) + b'tQ'
    return (b'ctorch._utils\n_rebuild_tensor_v2\n(' + storage + number(0) + ints(shape) + ints(strides)
            + b'\x88ccollections\nOrderedDict\n)RtR')


def program(scale):
    lines = ['class Tiny(Module):', '  __parameters__ = []', '  __buffers__ = []']
    lines += [f'  {name} : __torch__.Convolution' for name in CONVOLUTIONS]
    lines += ['  training : bool',
              '  def compute(self: __torch__.Tiny,', '    x: Tensor,', '    dtype: int,', '    layout: int) -> Tensor:',
              '    h = torch.contiguous(torch.to(x, dtype), memory_format=layout)']
    for name in CONVOLUTIONS:
        weight = f'torch.contiguous(torch.to(self.{name}.weight, dtype), memory_format=layout)'
        lines.append(f'    h = torch.conv2d(h, {weight}, torch.to(self.{name}.bias, dtype), [1, 1], [1, 1], [1, 1], 1)')
        if name != 'last': lines.append('    h = torch.relu(h)')
    lines += [f'    h = torch.contiguous(torch.to(torch.pixel_shuffle(h, {scale}), 6), memory_format=0)',
              f'    big = torch.upsample_bicubic2d(x, None, False, [{scale}., {scale}.])',
              '    return torch.add(h, big, alpha=1)']
    methods = {'forward': (6, 0)}
    methods |= {f'{t}_{l}': (TYPES[t], LAYOUTS[l]) for t in TYPES for l in LAYOUTS}
    for method, (dtype, layout) in methods.items():
        lines += [f'  def {method}(self: __torch__.Tiny,', '    x: Tensor) -> Tensor:',
                  f'    return (self).compute(x, {dtype}, {layout}, )']
    lines += ['class Convolution(Module):', '  __parameters__ = ["weight", "bias", ]', '  __buffers__ = []',
              '  weight : Tensor', '  bias : Tensor', '  training : bool', '']
    return '\n'.join(lines)


def card(name, scale, parameters, sha256):
    return {
        'name': name, 'description': 'A network for tests: small, fast, and of no use for photos.',
        'task': 'SUPER_RESOLUTION',
        'network': {
            'architecture': 'tiny', 'options': {'scale': str(scale)}, 'inputChannels': 3, 'outputChannels': 3,
            'scale': scale, 'sizeMultiple': 1, 'margin': 3, 'parameters': parameters,
            'multiplyAddsPerOutputPixel': parameters / scale ** 2, 'fastLayout': 'CHANNELS_LAST'},
        'provenance': {
            'licence': 'Apache-2.0', 'steps': 0, 'seed': scale, 'plan': {}, 'data': [], 'versions': {'ganvas': '0.1.0'}},
        'measurements': [
            {'dataSet': 'none', 'metric': 'PSNR-Y', 'value': 20.5, 'unit': 'dB', 'protocol': 'invented for the tests'}],
        'weightsSha256': sha256}


def convolution(rng, storages, inputs, outputs, flat):
    values = []
    for _ in range(outputs):
        for _ in range(inputs):
            kernel = [rng.gauss(0, 0.015 if flat else 0.3) for _ in range(9)]
            mean = sum(kernel) / 9 if flat else 0
            values += [k - mean for k in kernel]
    bias = [0.0 if flat else rng.gauss(0, 0.1) for _ in range(outputs)]
    return module('Convolution', [
        ('training', b'\x89'),
        ('weight', tensor(storages, [outputs, inputs, 3, 3], values)),
        ('bias', tensor(storages, [outputs], bias))])


def write(name, scale):
    rng, storages = random.Random(scale), []
    sizes = ((3, 8, False), (8, 8, False), (8, 3 * scale * scale, True))
    parts = [(n, convolution(rng, storages, *size)) for n, size in zip(CONVOLUTIONS, sizes)]
    digest = hashlib.sha256(b''.join(storages)).hexdigest()
    parameters = sum(map(len, storages)) // 4
    archive(name, storages, module('Tiny', [('training', b'\x89'), *parts]), program(scale),
            card(name, scale, parameters, digest))


def archive(name, storages, root, code, card):
    entries = {
        'data.pkl': b'\x80\x02' + root + b'.',
        'code/__torch__.py': code,
        'constants.pkl': b'\x80\x02).',
        **{f'data/{i}': raw for i, raw in enumerate(storages)},
        'version': '3\n',
        'extra/card.json': json.dumps(card, indent=2)}
    with zipfile.ZipFile(f'{name}.pt', 'w', zipfile.ZIP_STORED) as z:
        for entry, data in entries.items():
            z.writestr(zipfile.ZipInfo(f'{name}/{entry}'), data)



if __name__ == '__main__':
    write('tiny-x2', 2)
    write('tiny-x4', 4)
