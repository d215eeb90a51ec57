"""Makes the pictures in this folder and expected.txt; see README.md."""
import io
import os
import struct
import subprocess
import zlib

import imagecodecs
import numpy as np
import png
import tifffile
from PIL import Image, ImageCms

rng = np.random.default_rng(7)
expected = []


def expect(name, pixels, depth=8, tolerance=0):
    """pixels: height x width x channels, upright."""
    a = np.atleast_3d(np.asarray(pixels))
    h, w, c = a.shape
    layout = {1: "GRAY", 2: "GRAY_ALPHA", 3: "RGB", 4: "RGBA"}[c]
    samples = ",".join(str(v) for v in a.reshape(-1).tolist())
    expected.append(f"{name} {w} {h} {layout} {depth} {tolerance} {samples}")


def save(name, data):
    open(name, "wb").write(data)


def noise(h, w, c, top=256):
    a = rng.integers(0, top, (h, w, c))
    return a[:, :, 0] if c == 1 else a


def smooth(h, w, c=3):
    y, x = np.mgrid[0:h, 0:w]
    planes = [40 + 170 * x / max(1, w - 1), 60 + 150 * y / max(1, h - 1), 200 - 120 * (x + y) / (w + h)]
    a = np.stack(planes[:c], -1)
    return np.round(a).astype(np.uint8)


def pil(name, image, fmt, **kw):
    b = io.BytesIO()
    image.save(b, fmt, **kw)
    save(name, b.getvalue())
    return Image.open(io.BytesIO(b.getvalue()))


def u8(a):
    return np.asarray(a).astype(np.uint8)


# ---- PNG: every colour type and depth, exact -------------------------------------------------
for depth in (1, 2, 4, 8, 16):
    for interlace in (False, True):
        i = "-interlaced" if interlace else ""
        g = rng.integers(0, 1 << depth, (5, 7))
        png.Writer(7, 5, greyscale=True, bitdepth=depth, interlace=interlace).write(
            open(f"gray{depth}{i}.png", "wb"), g.tolist())
        scaled = g * (255 // ((1 << depth) - 1)) if depth < 8 else g
        expect(f"gray{depth}{i}.png", scaled, 16 if depth == 16 else 8)
        if depth <= 8:
            n = 1 << min(depth, 5)
            palette = [tuple(int(v) for v in rng.integers(0, 256, 3)) for _ in range(n)]
            idx = rng.integers(0, n, (5, 7))
            png.Writer(7, 5, palette=palette, bitdepth=depth, interlace=interlace).write(
                open(f"palette{depth}{i}.png", "wb"), idx.tolist())
            expect(f"palette{depth}{i}.png", np.array(palette)[idx])
for depth in (8, 16):
    top = 1 << depth
    for name, c, kw in (("graya", 2, dict(greyscale=True, alpha=True)), ("rgb", 3, dict(greyscale=False)),
                        ("rgba", 4, dict(greyscale=False, alpha=True))):
        for interlace in (False, True):
            i = "-interlaced" if interlace else ""
            a = noise(5, 7, c, top)
            png.Writer(7, 5, bitdepth=depth, interlace=interlace, **kw).write(
                open(f"{name}{depth}{i}.png", "wb"), a.reshape(5, -1).tolist())
            expect(f"{name}{depth}{i}.png", a, depth)
    a = noise(5, 7, 3, top)
    key = tuple(int(v) for v in a[2, 3])
    png.Writer(7, 5, bitdepth=depth, greyscale=False, transparent=key).write(
        open(f"rgb{depth}-key.png", "wb"), a.reshape(5, -1).tolist())
    alpha = np.where((a == np.array(key)).all(-1), 0, top - 1)
    expect(f"rgb{depth}-key.png", np.dstack([a, alpha]), depth)
for depth in (2, 8, 16):
    g = rng.integers(0, 1 << depth, (5, 7))
    key = int(g[1, 1])
    png.Writer(7, 5, greyscale=True, bitdepth=depth, transparent=key).write(
        open(f"gray{depth}-key.png", "wb"), g.tolist())
    out = 16 if depth == 16 else 8
    scaled = g * (255 // ((1 << depth) - 1)) if depth < 8 else g
    expect(f"gray{depth}-key.png", np.dstack([scaled, np.where(g == key, 0, (1 << out) - 1)]), out)
palette = [tuple(int(v) for v in rng.integers(0, 256, 4)) for _ in range(9)]
idx = rng.integers(0, 9, (5, 7))
png.Writer(7, 5, palette=palette, bitdepth=8).write(open("palette8-alpha.png", "wb"), idx.tolist())
expect("palette8-alpha.png", np.array(palette)[idx])
for w, h in ((1, 1), (3, 50)):
    a = noise(h, w, 3)
    pil(f"rgb{w}x{h}.png", Image.fromarray(u8(a)), "PNG")
    expect(f"rgb{w}x{h}.png", a)

# ---- JPEG ------------------------------------------------------------------------------------
for name, size, kw in (
        ("rgb", (5, 7), dict(quality=95, subsampling=0)), ("rgb420", (19, 23), dict(quality=90, subsampling=2)),
        ("progressive", (19, 23), dict(quality=95, subsampling=0, progressive=True)),
        ("one", (1, 1), dict(quality=95)), ("tall", (50, 3), dict(quality=95, subsampling=0)),
        ("restarts", (19, 23), dict(quality=95, subsampling=0, restart_marker_blocks=1)),
        ("rgbcoded", (19, 23), dict(quality=95, keep_rgb=True))):
    im = pil(f"{name}.jpg", Image.fromarray(smooth(*size)), "JPEG", **kw)
    expect(f"{name}.jpg", np.asarray(im), 8, 2)
for name, kw in (("gray", {}), ("gray-progressive", dict(progressive=True))):
    im = pil(f"{name}.jpg", Image.fromarray(smooth(19, 23)).convert("L"), "JPEG", quality=95, **kw)
    expect(f"{name}.jpg", np.asarray(im), 8, 2)


def inks_to_rgb(cmyk):
    a = np.asarray(cmyk).astype(int)
    return np.round((255 - a[..., :3]) * (255 - a[..., 3:]) / 255).astype(int)


y, x = np.mgrid[0:19, 0:23]
inks = np.stack([x * 8, y * 9, (x + y) * 4, 20 + x * 3], -1).astype(np.uint8)
im = pil("cmyk.jpg", Image.fromarray(inks, "CMYK"), "JPEG", quality=95)
expect("cmyk.jpg", inks_to_rgb(im), 8, 3)
data = imagecodecs.jpeg8_encode(255 - inks, level=95, colorspace="CMYK", outcolorspace="YCCK", subsampling="444")
save("ycck.jpg", data)
expect("ycck.jpg", inks_to_rgb(inks), 8, 6)


def exif(orientation, size=(0, 0)):
    e = Image.Exif()
    e[0x112] = orientation
    e[0x10F] = "Ganvas"
    e.get_ifd(0x8769)[0xA002] = size[0]
    e.get_ifd(0x8769)[0xA003] = size[1]
    return e.tobytes()


TURNS = {1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud,
         5: lambda a: np.swapaxes(a, 0, 1), 6: lambda a: np.rot90(a, -1),
         7: lambda a: np.rot90(np.swapaxes(a, 0, 1), 2), 8: lambda a: np.rot90(a, 1)}
for o in range(1, 9):
    im = pil(f"orientation{o}.jpg", Image.fromarray(smooth(19, 23)), "JPEG", quality=95, subsampling=0,
             exif=exif(o, (23, 19)), dpi=(72, 144))
    expect(f"orientation{o}.jpg", TURNS[o](np.asarray(im)), 8, 2)
a = u8(noise(5, 7, 3))
for o in (1, 6, 7):
    pil(f"orientation{o}.png", Image.fromarray(a), "PNG", exif=exif(o), dpi=(72, 144))
    expect(f"orientation{o}.png", TURNS[o](a))
    pil(f"orientation{o}.webp", Image.fromarray(a), "WEBP", lossless=True, exact=True, exif=exif(o))
    expect(f"orientation{o}.webp", TURNS[o](a))
    b = io.BytesIO()
    tifffile.imwrite(b, a, photometric="rgb", extratags=[(0x112, 3, 1, o, True)])
    save(f"orientation{o}.tif", b.getvalue())
    expect(f"orientation{o}.tif", TURNS[o](a))


# ---- colour profiles: a matrix profile with the primaries and white of Display P3 ----------------
def s15(v):
    return struct.pack(">i", round(v * 65536))


def profile(space, matrix=None, gamma=2.2):
    def desc(t):
        t = t.encode() + b"\0"
        return b"desc\0\0\0\0" + struct.pack(">I", len(t)) + t + bytes(4 + 4 + 2 + 1 + 67)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    xyz = lambda v: b"XYZ \0\0\0\0" + b"".join(s15(t) for t in v)
    tags = [(b"desc", desc("test")), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", xyz((0.9642, 1, 0.8249)))]
    if space == b"RGB ":
        for n, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix):
            tags.append((n, xyz(column)))
        tags += [(n, curve) for n in (b"rTRC", b"gTRC", b"bTRC")]
    else:
        tags.append((b"kTRC", curve))
    body, table, at = b"", b"", 128 + 4 + 12 * len(tags)
    for n, d in tags:
        d += bytes(-len(d) % 4)
        table += n + struct.pack(">II", at + len(body), len(d))
        body += d
    total = at + len(body)
    head = (struct.pack(">I", total) + bytes(4) + struct.pack(">I", 0x02400000) + b"mntr" + space + b"XYZ "
            + bytes(12) + b"acsp" + bytes(28) + s15(0.9642) + s15(1) + s15(0.8249))
    head += bytes(128 - len(head))
    return head + struct.pack(">I", len(tags)) + table + body


P3 = profile(b"RGB ", ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)))
GRAY18 = profile(b"GRAY", gamma=1.8)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def to_srgb(im, icc, mode):
    out = ImageCms.profileToProfile(im, ImageCms.ImageCmsProfile(io.BytesIO(icc)), SRGB, 0, mode)
    return np.asarray(out)


vivid = np.stack([(x * 11) % 256, 255 - (y * 13) % 256, (x * y) % 256], -1).astype(np.uint8)
im = pil("p3.jpg", Image.fromarray(vivid), "JPEG", quality=98, subsampling=0, icc_profile=P3)
expect("p3.jpg", to_srgb(Image.fromarray(np.asarray(im)), P3, "RGB"), 8, 5)
pil("p3.png", Image.fromarray(vivid), "PNG", icc_profile=P3)
expect("p3.png", to_srgb(Image.fromarray(vivid), P3, "RGB"), 8, 2)
pil("p3.webp", Image.fromarray(vivid), "WEBP", lossless=True, exact=True, icc_profile=P3)
expect("p3.webp", to_srgb(Image.fromarray(vivid), P3, "RGB"), 8, 2)
pil("p3.tif", Image.fromarray(vivid), "TIFF", icc_profile=P3)
expect("p3.tif", to_srgb(Image.fromarray(vivid), P3, "RGB"), 8, 2)
g = vivid[:, :, 0]
pil("gray18.png", Image.fromarray(g), "PNG", icc_profile=GRAY18)
expect("gray18.png", to_srgb(Image.fromarray(g), GRAY18, "RGB")[..., 1], 8, 2)
pil("srgb.png", Image.fromarray(vivid), "PNG", icc_profile=SRGB.tobytes())
expect("srgb.png", vivid)
pil("broken-profile.png", Image.fromarray(vivid), "PNG", icc_profile=P3[:150] + b"\xff" * 60)
expect("broken-profile.png", vivid)
pil("broken-profile.jpg", Image.fromarray(smooth(5, 7)), "JPEG", quality=95, subsampling=0, icc_profile=b"junk" * 50)
expect("broken-profile.jpg", np.asarray(Image.open("broken-profile.jpg")), 8, 2)

# ---- WebP ------------------------------------------------------------------------------------
for name, size, kw in (("lossy", (19, 23), {}), ("lossy-odd", (5, 7), {}), ("lossy-tall", (50, 3), {})):
    im = pil(f"{name}.webp", Image.fromarray(smooth(*size)), "WEBP", quality=90, **kw)
    expect(f"{name}.webp", np.asarray(im.convert("RGB")))
im = pil("lossy-gray.webp", Image.fromarray(smooth(19, 23)).convert("L").convert("RGB"), "WEBP", quality=60)
expect("lossy-gray.webp", np.asarray(im.convert("RGB")))
a = np.dstack([smooth(19, 23), (x * 11).astype(np.uint8)])
im = pil("lossy-alpha.webp", Image.fromarray(a, "RGBA"), "WEBP", quality=90, exact=True)
expect("lossy-alpha.webp", np.asarray(im.convert("RGBA")))
a = u8(noise(5, 7, 4))
pil("lossless-alpha.webp", Image.fromarray(a, "RGBA"), "WEBP", lossless=True, exact=True)
expect("lossless-alpha.webp", a)
a = u8(noise(1, 1, 3))
pil("one.webp", Image.fromarray(a), "WEBP", lossless=True, exact=True)
expect("one.webp", a)

# ---- TIFF ------------------------------------------------------------------------------------
for name, a, kw in (
        ("rgb", u8(noise(5, 7, 3)), dict(photometric="rgb")),
        ("rgb-lzw", u8(noise(19, 23, 3)), dict(photometric="rgb", compression="lzw", predictor=True)),
        ("rgb-deflate", smooth(19, 23), dict(photometric="rgb", compression="zlib")),
        ("rgb-packbits", smooth(19, 23), dict(photometric="rgb", compression="packbits")),
        ("rgb-tiled", u8(noise(19, 23, 3)), dict(photometric="rgb", tile=(16, 16))),
        ("rgb-planar", u8(noise(19, 23, 3)), dict(photometric="rgb", planarconfig="separate")),
        ("rgb-big-endian", u8(noise(5, 7, 3)), dict(photometric="rgb", byteorder=">")),
        ("rgb16", noise(5, 7, 3, 65536).astype(np.uint16), dict(photometric="rgb")),
        ("gray", u8(noise(5, 7, 1)), dict(photometric="minisblack")),
        ("gray16", noise(5, 7, 1, 65536).astype(np.uint16), dict(photometric="minisblack", compression="lzw")),
        ("rgba", u8(noise(5, 7, 4)), dict(photometric="rgb", extrasamples=["unassalpha"]))):
    kw.setdefault("byteorder", "<")
    if "planar" in name:
        tifffile.imwrite(f"{name}.tif", np.moveaxis(a, -1, 0), **kw)
    else:
        tifffile.imwrite(f"{name}.tif", a, **kw)
    expect(f"{name}.tif", a, 16 if a.dtype == np.uint16 else 8)
g = u8(noise(5, 7, 1))
tifffile.imwrite("white-is-zero.tif", 255 - g, photometric="miniswhite")
expect("white-is-zero.tif", g)
b1 = (g > 128).astype(np.uint8)
pil("bilevel.tif", Image.fromarray(b1 * 255).convert("1"), "TIFF", compression="group4")
expect("bilevel.tif", b1 * 255)
p = Image.fromarray(u8(noise(5, 7, 3))).quantize(16)
pil("palette.tif", p, "TIFF")
expect("palette.tif", np.asarray(p.convert("RGB")))
im = pil("jpeg-in.tif", Image.fromarray(smooth(19, 23)), "TIFF", compression="jpeg", quality=95)
expect("jpeg-in.tif", np.asarray(im.convert("RGB")), 8, 6)

# ---- BMP -------------------------------------------------------------------------------------
for name, im in (("rgb", Image.fromarray(u8(noise(5, 7, 3)))), ("one", Image.fromarray(u8(noise(1, 1, 3)))),
                 ("palette", Image.fromarray(u8(noise(5, 7, 3))).quantize(16)),
                 ("gray", Image.fromarray(u8(noise(5, 7, 1)))),
                 ("bilevel", Image.fromarray(b1 * 255).convert("1"))):
    pil(f"{name}.bmp", im, "BMP")
    expect(f"{name}.bmp", np.asarray(im.convert("L" if im.mode in "1L" else "RGB")))
a = u8(noise(5, 7, 4))
im = pil("rgbx.bmp", Image.fromarray(a, "RGBA"), "BMP")
expect("rgbx.bmp", np.asarray(im.convert("RGB")))

# ---- GIF -------------------------------------------------------------------------------------
for name, size, kw in (("small", (5, 7), {}), ("one", (1, 1), {}), ("large", (60, 70), dict(interlace=True)),
                       ("large-straight", (61, 70), dict(interlace=False))):
    p = Image.fromarray(u8(noise(*size, 3))).quantize(256)
    im = pil(f"{name}.gif", p, "GIF", **kw)
    expect(f"{name}.gif", np.asarray(p.convert("RGB")))
p = Image.fromarray(u8(noise(5, 7, 3))).quantize(16)
idx = np.asarray(p).copy()
im = pil("transparent.gif", p, "GIF", transparency=int(idx[0, 0]), optimize=False)
rgba = np.asarray(im.convert("RGBA")).copy()
rgba[rgba[..., 3] == 0] = 0
expect("transparent.gif", rgba)
frames = [Image.fromarray(u8(noise(5, 7, 3))).quantize(16) for _ in range(3)]
pil("animated.gif", frames[0], "GIF", save_all=True, append_images=frames[1:])
expect("animated.gif", np.asarray(frames[0].convert("RGB")))

# ---- added later, so that the random numbers above stay as they are --------------------------
inks = np.stack([x * 8, y * 9, (x + y) * 4, 20 + x * 3], -1).astype(np.uint8)
pil("cmyk.tif", Image.fromarray(inks, "CMYK"), "TIFF")
expect("cmyk.tif", inks_to_rgb(inks), 8, 1)
a = noise(5, 7, 4, 65536).astype(np.uint16)
tifffile.imwrite("rgba16.tif", a, photometric="rgb", extrasamples=["unassalpha"], byteorder=">")
expect("rgba16.tif", a, 16)

# ---- added later still, with random numbers of their own ---------------------------------------
rng = np.random.default_rng(8)
first, second = (Image.fromarray(u8(noise(5, 7, 3))) for _ in range(2))
pil("animated.webp", first, "WEBP", save_all=True, append_images=[second], lossless=True, exact=True)
expect("animated.webp", np.asarray(first))
# The first frame covers a part of the canvas, which is as large as the second.
a = u8(noise(5, 7, 4))
pil("frame.webp", Image.fromarray(a, "RGBA"), "WEBP", lossless=True, exact=True)
pil("canvas.webp", Image.fromarray(u8(noise(9, 13, 3))), "WEBP", lossless=True, exact=True)
subprocess.run("webpmux -frame frame.webp +100+4+2 -frame canvas.webp +100 -o animated-alpha.webp".split(), check=True)
os.remove("frame.webp")
os.remove("canvas.webp")
whole = np.zeros((9, 13, 4), int)
whole[2:7, 4:11] = a
expect("animated-alpha.webp", whole)
a = np.dstack([smooth(19, 23), (x * 11).astype(np.uint8)])
frames = [Image.fromarray(v, "RGBA") for v in (a, 255 - a)]
im = pil("animated-lossy.webp", frames[0], "WEBP", save_all=True, append_images=frames[1:], quality=90, exact=True)
expect("animated-lossy.webp", np.asarray(im.convert("RGBA")))


def masked_bmp(name, header, pixels, bits, masks):
    """Rows of whole 4 bytes, with red, green, blue and alpha where the masks say."""
    data = np.flipud(pixels).astype(f"<u{bits // 8}").tobytes()
    h, w = pixels.shape
    info = struct.pack("<IiiHHIIiiII4I", header, w, h, 1, bits, 3, len(data), 2835, 2835, 0, 0, *masks)
    info += bytes(header - len(info))
    save(name, b"BM" + struct.pack("<IHHI", 14 + header + len(data), 0, 0, 14 + header) + info + data)


a = u8(noise(5, 8, 4)).astype(np.uint32)
argb = a[..., 3] << 24 | a[..., 0] << 16 | a[..., 1] << 8 | a[..., 2]
for header in (56, 108, 124):
    masked_bmp(f"rgba{header}.bmp", header, argb, 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000))
    expect(f"rgba{header}.bmp", a)
masked_bmp("rgbx56.bmp", 56, argb, 32, (0xFF0000, 0xFF00, 0xFF, 0))
expect("rgbx56.bmp", a[..., :3])
a >>= 4
masked_bmp("rgba4444.bmp", 56, a[..., 3] << 12 | a[..., 0] << 8 | a[..., 1] << 4 | a[..., 2], 16,
           (0xF00, 0xF0, 0xF, 0xF000))
expect("rgba4444.bmp", a * 17)


def lab(rgb):
    """Of sRGB from 0 to 1: its formula, Lindbloom's matrix for D50, and those of CIE 1976."""
    linear = np.where(rgb <= .04045, rgb / 12.92, ((rgb + .055) / 1.055) ** 2.4)
    matrix = ((.4360747, .3850649, .1430804), (.2225045, .7168786, .0606169), (.0139322, .0971045, .7141733))
    xyz = linear @ np.transpose(matrix) / (.96422, 1, .82521)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


x, y = np.meshgrid(np.arange(8), np.arange(6))
wide = (np.stack([x * 9000, y * 13000, (x + y) * 5000], -1)).astype(np.uint16)
values = lab(wide / 65535)
for name, scale, offset in (("lab16", 655.35, 0), ("lab16-icc", 652.8, 32768)):
    a = np.round(values * (scale, 256, 256)).astype(int) + (0, offset, offset)
    tifffile.imwrite(f"{name}.tif", (a % 65536).astype(np.uint16), photometric=9 if offset else 8)
    expect(f"{name}.tif", wide, 16, 100)
bright = 90 + smooth(6, 8) // 2
for name, offset in (("lab", 0), ("lab-icc", 128)):
    a = np.round(lab(bright / 255) * (2.55, 1, 1)).astype(int) + (0, offset, offset)
    tifffile.imwrite(f"{name}.tif", (a % 256).astype(np.uint8), photometric=9 if offset else 8)
    expect(f"{name}.tif", bright, 8, 3)


a = u8(noise(5, 7, 3))
tifffile.imwrite("bigtiff.tif", a, photometric="rgb", bigtiff=True, rowsperstrip=2, resolution=(300, 150),
                 resolutionunit=2, description="of a BigTIFF", metadata=None, extratags=[(0x112, 3, 1, 6, True)])
expect("bigtiff.tif", TURNS[6](a))
a = noise(19, 23, 3, 65536).astype(np.uint16)
tifffile.imwrite("bigtiff-tiled.tif", a, photometric="rgb", bigtiff=True, byteorder=">", tile=(16, 16),
                 compression="lzw", predictor=True)
expect("bigtiff-tiled.tif", a, 16)


a = smooth(19, 23)
tifffile.imwrite("jpeg-tiles.tif", a, photometric="rgb", tile=(16, 16), compression="jpeg", compressionargs={"level": 98})
expect("jpeg-tiles.tif", tifffile.imread("jpeg-tiles.tif"), 8, 2)


# Where decoders differ that are not libwebp's: filters between blocks, and alpha that is not compressed.
a = u8(smooth(40, 50) // 2 + noise(40, 50, 3, 64) + np.arange(50)[None, :, None] // 25 * 60)
im = pil("lossy-filtered.webp", Image.fromarray(a), "WEBP", quality=30)
expect("lossy-filtered.webp", np.asarray(im.convert("RGB")))
Image.fromarray(u8(noise(5, 7, 4)), "RGBA").save("alpha.png")
subprocess.run("cwebp -quiet -q 60 -alpha_method 0 alpha.png -o lossy-raw-alpha.webp".split(), check=True)
os.remove("alpha.png")
expect("lossy-raw-alpha.webp", np.asarray(Image.open("lossy-raw-alpha.webp").convert("RGBA")))

open("expected.txt", "w").write("\n".join(expected) + "\n")
