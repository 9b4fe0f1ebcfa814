"""A clean copy of a photo: upright, of a sensible size, with nothing in it but the picture and its colour profile."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goodpractice.limits import Limits
from goodpractice.photos.header import Header, UnreadablePhotoError, read_header
from goodpractice.saying import said

if TYPE_CHECKING:
    from PIL import Image

#: Filters of warnings belong to the whole process.
_decoding = threading.Lock()
_FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}
_JPEG_QUALITY = 88
_WEBP_QUALITY = 86
#: Each attempt to fit into the limit of bytes makes the picture smaller by this factor.
_SHRINK = 0.8
_SMALLEST_SIDE = 400


@contextmanager
def open_picture(data: bytes, header: Header, side: int = 0) -> Iterator[Image.Image]:
    """Decode a picture whose header was read before; every warning of Pillow is an error.

    Args:
        data: The file.
        header: What `read_header` says of it. Its size must have been compared with the limits.
        side: A JPEG may be decoded at a smaller scale, with both sides at least this long; 0 decodes it whole.

    Raises:
        UnreadablePhotoError: The picture is damaged, or ends too early.
    """
    from PIL import Image

    try:
        with _decoding, warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS[header.format])
            if picture.size != (header.width, header.height):
                raise UnreadablePhotoError(said("it is damaged"))
            if side:
                picture.draft(None, (side, side))
            picture.load()
    except UnreadablePhotoError:
        raise
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError, struct.error and more
        reason = said("its end is missing") if "truncated" in str(error) else said("it is damaged")
        raise UnreadablePhotoError(reason) from error
    with picture:
        yield picture


def check_picture(data: bytes, header: Header) -> None:
    """Decode a picture once, as small as its format allows.

    Raises:
        UnreadablePhotoError: The picture is damaged, or ends too early.
    """
    with open_picture(data, header, side=1):
        pass


def clean_photo(data: bytes, limits: Limits) -> bytes:
    """The bytes of a clean copy, in the same format.

    A photo that is clean and small enough already comes back as it is, so that
    it does not lose quality twice.

    Raises:
        UnreadablePhotoError: The picture is damaged, moves, or is too large to be opened.
    """
    header = read_header(data)
    if header.animated:
        raise UnreadablePhotoError(said("it is an animation"))
    if header.width * header.height > limits.photo_source_pixels:
        raise UnreadablePhotoError(said("it has {width} × {height} pixels", width=header.width, height=header.height))
    if is_clean(header) and fits(data, header, limits):
        check_picture(data, header)
        return data
    with open_picture(data, header, side=limits.photo_side) as opened:
        picture, profile = simplify(turn_upright(opened))
        side = limits.photo_side
        while True:
            cleaned = _encode(_shrink(picture, side), header, profile)
            if len(cleaned) <= limits.photo_bytes or side <= _SMALLEST_SIDE:
                break
            side = int(min(side, max(picture.size)) * _SHRINK)
    made = read_header(cleaned)
    if not is_clean(made) or not fits(cleaned, made, limits):
        raise UnreadablePhotoError(said("no clean copy of it could be made"))
    return cleaned


def is_clean(header: Header) -> bool:
    """Whether a file holds a still picture for screens, its colour profile, and nothing else."""
    return not (header.private or header.animated or header.cmyk)


def fits(data: bytes, header: Header, limits: Limits) -> bool:
    """Whether a file may lie in the repository as far as its size goes."""
    return max(header.width, header.height) <= limits.photo_side and len(data) <= limits.photo_bytes


def turn_upright(picture: Image.Image) -> Image.Image:
    """The picture as the camera was held; one whose orientation cannot be read stays as it is."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # damaged EXIF makes Pillow raise many kinds of error, and goes anyway
        return picture


def simplify(picture: Image.Image) -> tuple[Image.Image, bytes | None]:
    """A copy in grey, RGB or RGBA with no metadata at all, and the colour profile that still fits it."""
    profile = picture.info.get("icc_profile") or None
    if picture.mode == "CMYK":
        picture, profile = to_srgb(picture, profile), None
    elif picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.convert("F").point(lambda value: value / 257).convert("L")
    elif picture.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    space = {"L": b"GRAY"}.get(picture.mode, b"RGB ")
    plain = picture.copy()
    plain.info = {}
    return plain, profile if profile and profile[16:20] == space else None


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours of a picture as screens show them; without a usable profile, by the plain formula."""
    from PIL import ImageCms

    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and picture.mode != "RGBA":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert(mode)


def _shrink(picture: Image.Image, side: int) -> Image.Image:
    from PIL import Image

    longest = max(picture.size)
    if longest <= side:
        return picture
    size = (max(1, round(picture.width * side / longest)), max(1, round(picture.height * side / longest)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _encode(picture: Image.Image, header: Header, profile: bytes | None) -> bytes:
    stream = io.BytesIO()
    if header.format == "jpg":
        picture.convert("RGB" if picture.mode == "RGBA" else picture.mode).save(
            stream, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True, icc_profile=profile
        )
    elif header.format == "png":
        picture.save(stream, "PNG", optimize=True, icc_profile=profile)
    else:
        picture.save(
            stream, "WEBP", quality=_WEBP_QUALITY, lossless=header.lossless, method=4, icc_profile=profile or b""
        )
    return stream.getvalue()
