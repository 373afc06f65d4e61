"""Make of any picture one that a mail can carry: checked, small, and the same bytes each time.

Metadata (place, camera, thumbnails) never goes along. Of moving pictures the first frame
stays: Outlook shows no other, and the rest weighs megabytes. Imports Pillow, so that
other modules import this one where they need it.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from digest.errors import ImageError
from digest.images.picture import Picture

MOST_PIXELS = 40_000_000
LEAST_SIDE = 16
_HIGHEST = 4  # times the width; beyond that it is no picture for a column
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_DIRECT = ("L", "LA", "RGB", "RGBA", "CMYK")
_ORIENTATION = 0x0112
_TURNED = range(5, 9)
_QUALITY = 82
_LARGE = 300_000
# What Pillow's decoders raise on broken or hostile files.
_BROKEN = (
    *(OSError, ValueError, TypeError, LookupError, ArithmeticError, SyntaxError, EOFError),
    *(struct.error, MemoryError, AttributeError, RuntimeError),
)


def shrink(data: bytes, where: str, width: int) -> Picture:
    """Return the picture in *data*, *width* pixels wide at most and never enlarged.

    Not to be called by two threads at once: warnings are switched off meanwhile.

    Raises:
        ImageError: it is no picture, one that mail programs don't show, broken, too large
            or hardly there.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of bombs, which are refused here anyway
        with _opened(data, where) as image:
            _check_size(image, where)
            lossless = image.format in ("PNG", "GIF")
            return _encoded(_fitted(image, width), lossless=lossless)


def measure(data: bytes, suffix: str, where: str) -> Picture:
    """Return the stored picture in *data* with its size.

    Raises:
        ImageError: it is none.
    """
    with _opened(data, where) as image:
        return Picture(data=data, suffix=suffix, width=image.width, height=image.height)


@contextmanager
def _opened(data: bytes, where: str) -> Iterator[Image.Image]:
    """Open *data*, and turn whatever goes wrong with it into an ImageError."""
    if b"<svg" in data[:4096].lower():
        hint = "give it as PNG or JPEG"
        raise ImageError(where, "is an SVG drawing, which mail programs don't show", hint)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            yield image
    except UnidentifiedImageError as error:
        hint = "JPEG, PNG, GIF, WebP and AVIF are"
        raise ImageError(where, "is no picture that can be read", hint) from error
    except Image.DecompressionBombError as error:
        raise ImageError(where, "has too many pixels") from error
    except _BROKEN as error:
        raise ImageError(where, "is a broken picture") from error


def _check_size(image: Image.Image, where: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        most = f"at most {MOST_PIXELS // 1_000_000} million are read"
        raise ImageError(where, f"has {width} × {height} pixels", most)
    if min(width, height) < LEAST_SIDE:
        problem = f"has only {width} × {height} pixels"
        raise ImageError(where, problem, "such pictures count readers, or hold space")


def _fitted(image: Image.Image, width: int) -> Image.Image:
    """Return the first frame upright, in sRGB, no wider than *width*."""
    box = (width, _HIGHEST * width)
    if image.format == "JPEG" and image.getexif().get(_ORIENTATION) in _TURNED:
        box = (box[1], box[0])
    profile = image.info.get("icc_profile")
    fitted = _direct(image)
    # Of a large JPEG only as much is decoded as is needed (reducing_gap).
    fitted.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _plain(_in_srgb(ImageOps.exif_transpose(fitted), profile))


def _direct(image: Image.Image) -> Image.Image:
    """Return *image* in a mode that can be resized smoothly; palettes can't."""
    if image.mode in _DIRECT:
        return image
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: Any) -> Image.Image:
    """Return *image* in the colours that mail programs expect of a picture without a profile."""
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image
        to = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, to, outputMode=target) or image
    except (ImageCms.PyCMSError, *_BROKEN):
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Return *image* as L, RGB or RGBA, and nothing but its pixels."""
    if image.mode in ("LA", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA")
        opaque = image.getchannel("A").getextrema() == (255, 255)
        image = image.convert("RGB") if opaque else image
    elif image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    else:
        image = image.copy()
    image.info = {}
    return image


def _encoded(image: Image.Image, *, lossless: bool) -> Picture:
    """Return *image* as JPEG; as PNG where it is transparent, or a drawing that costs little."""
    width, height = image.size
    if image.mode == "RGBA":
        data = _png(image)
        return Picture(data=data, suffix="png", width=width, height=height)
    jpeg = _saved(image, "JPEG", quality=_QUALITY, progressive=True)
    png = _png(image) if lossless else b""
    if png and len(png) <= 2 * len(jpeg):
        return Picture(data=png, suffix="png", width=width, height=height)
    return Picture(data=jpeg, suffix="jpg", width=width, height=height)


def _png(image: Image.Image) -> bytes:
    data = _saved(image, "PNG")
    if image.mode == "RGBA" and len(data) > _LARGE:
        data = _saved(image.quantize(256, method=Image.Quantize.FASTOCTREE), "PNG")
    return data


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, optimize=True, **options)
    return buffer.getvalue()
