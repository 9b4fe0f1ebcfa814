"""A clean copy of a photo: encoded anew, upright, of a sensible size, in the colours of screens, and nothing else."""

from __future__ import annotations

import io
import math
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goodpractice.config.limits import Limits
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.photos.header import Header, UnreadablePhotoError, read_header
from goodpractice.photos.settings import JPEG, PNG, WEBP
from goodpractice.photos.structure import is_our_own
from goodpractice.photos.telephones import is_from_telephone, read_telephone_header

if TYPE_CHECKING:
    from PIL import Image, ImageCms

#: Filters of warnings belong to the whole process.
_decoding = threading.Lock()
_FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",), "avif": ("AVIF",)}
#: Format of the copy of an original: not every browser shows what telephones write.
_COPIES = {"heic": "jpg", "avif": "jpg"}
#: Decoded, a picture takes up to four bytes a dot. Half of what a check may take in all is left for what is made of it.
_MOST_HELD = 160_000_000
#: Some decoders hold a picture twice or three times: in its own colours, in ours, and on the way between them.
_BYTES_PER_DOT = {"png": 4, "webp": 12, "heic": 7, "avif": 7}
#: Rows of so many dots are worked on at a time.
_BAND = 1_000_000
_MOST_PROFILE = 4_000_000
#: Each attempt to fit into the limit of bytes aims a little below it.
_MARGIN = 0.94
_SMALLEST_SIDE = 400

#: The turn that undoes an orientation of EXIF, by the name that Pillow gives it.
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_ORIENTATION = 0x0112


def read_original(data: bytes) -> Header:
    """Read the header of a file that is to be added; photos of telephones are read, too.

    Raises:
        UnreadablePhotoError: It is no picture of a kind that is taken, or ends too early.
    """
    return read_telephone_header(data) if is_from_telephone(data) else read_header(data)


def count_dots(header: Header, limits: Limits) -> int:
    """Width times height up to which a picture like this is decoded. Only a JPEG can be read at a smaller scale."""
    per_dot = _BYTES_PER_DOT.get(header.format, 0)
    if header.held:
        per_dot = -(-header.held // (header.width * header.height))
    return min(limits.photo_source_pixels, _MOST_HELD // per_dot) if per_dot else limits.photo_source_pixels


@contextmanager
def open_picture(data: bytes, header: Header, side: int = 0) -> Iterator[Image.Image]:
    """Decode a picture whose header was read before; every warning of Pillow is an error.

    Args:
        data: The file.
        header: What `read_original` says of it. Its size must have been compared with the limits.
        side: A JPEG may be decoded at a smaller scale, its longest side at least this long; 0 decodes it whole.

    Raises:
        UnreadablePhotoError: The picture is damaged, or ends too early.
    """
    from PIL import Image, ImageFile

    try:
        with _decoding, warnings.catch_warnings():
            warnings.simplefilter("error")
            # WeasyPrint lets Pillow read half a picture, for the whole process.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            picture = Image.open(io.BytesIO(data), formats=_FORMATS[header.format])
            if picture.size != (header.width, header.height):
                raise UnreadablePhotoError(_("it is damaged"))
            if side:
                part = side / max(picture.size)
                picture.draft(None, (math.ceil(header.width * part), math.ceil(header.height * part)))
            picture.load()
    except UnreadablePhotoError:
        raise
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError, struct.error and more
        reason = _("its end is missing") if "truncated" in str(error) else _("it is damaged")
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
    """The bytes of a clean copy: JPEG, PNG or WebP as the original, JPEG of what only telephones write.

    The dots are encoded anew, whatever the original holds besides: no byte of it is copied.

    Raises:
        UnreadablePhotoError: The picture is damaged, moves, or is too large to be opened.
    """
    header = read_original(data)
    if header.animated:
        raise UnreadablePhotoError(_("it is an animation"))
    if header.width * header.height > count_dots(header, limits):
        raise UnreadablePhotoError(_("it has {width} × {height} pixels", width=header.width, height=header.height))
    with open_picture(data, header, side=limits.photo_side) as opened:
        orientation = _find_orientation(opened)
        picture = _scale_down(opened, limits.photo_side)
        # Its memory is needed for what follows.
        opened.close()
    picture = _turn_upright(picture, orientation)
    side = limits.photo_side
    while True:
        picture = _shrink(picture, side)
        cleaned = _encode(picture, header)
        if len(cleaned) <= limits.photo_bytes or side <= _SMALLEST_SIDE:
            break
        side = int(max(picture.size) * _MARGIN * math.sqrt(limits.photo_bytes / len(cleaned)))
    made = read_header(cleaned)
    if not is_clean(cleaned, made) or not fits(cleaned, made, limits):
        raise UnreadablePhotoError(_("no clean copy of it could be made"))
    return cleaned


def is_clean(data: bytes, header: Header) -> bool:
    """Whether a file holds a still picture for screens as `clean_photo` writes it, and nothing else."""
    return not (header.private or header.animated or header.cmyk) and is_our_own(data)


def fits(data: bytes, header: Header, limits: Limits) -> bool:
    """Whether a file may lie in the repository as far as its size goes."""
    return max(header.width, header.height) <= limits.photo_side and len(data) <= limits.photo_bytes


def _find_orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged EXIF makes Pillow raise many kinds of error, and goes anyway
        return 1


def _turn_upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as the camera was held."""
    from PIL import Image

    turn = _TURNS.get(orientation)
    return picture.transpose(Image.Transpose[turn]) if turn else picture


def _scale_down(picture: Image.Image, side: int) -> Image.Image:
    """A copy in grey, RGB or RGBA and in the colours of screens, less than twice as large as wanted.

    A few rows at a time: of a large picture, there is never a second one in memory.
    """
    from PIL import Image

    convert = _make_converter(picture)
    width, height = picture.size
    factor = max(1, max(width, height) // side)
    rows = factor * max(1, _BAND // (width * factor))
    made: Image.Image | None = None
    for top in range(0, height, rows):
        band = convert(picture.crop((0, top, width, min(height, top + rows))))
        band = band.reduce(factor) if factor > 1 else band
        if made is None:
            made = Image.new(band.mode, (-(-width // factor), -(-height // factor)))
        made.paste(band, (0, top // factor))
    if made is None:
        raise UnreadablePhotoError(_("it is damaged"))
    if made.mode == "RGBA" and made.getchannel("A").getextrema() == (255, 255):
        return made.convert("RGB")
    return made


def _make_converter(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Converts parts of a picture into grey, RGB or RGBA as screens show them, by its colour profile."""
    from PIL import Image, ImageCms

    kind = {"L": "L", "LA": "L", "CMYK": "CMYK"}.get(picture.mode, "RGB")
    transform = _find_transform(picture.info.get("icc_profile"), kind)

    def convert(part: Image.Image) -> Image.Image:
        part = _flatten(part)
        alpha = part.getchannel("A") if part.mode in ("LA", "RGBA") else None
        grey = part.mode in ("L", "LA")
        colours = part if part.mode == "CMYK" else part.convert("L" if grey else "RGB")
        if transform is not None and colours.mode == kind:
            colours = ImageCms.applyTransform(colours, transform) or colours
        colours = colours.convert("L" if grey and alpha is None else "RGB")
        if alpha is not None:
            colours.putalpha(alpha)
        plain = Image.new(colours.mode, colours.size)
        plain.paste(colours)
        return plain

    return convert


def _flatten(part: Image.Image) -> Image.Image:
    """Grey, colours, or colours for a press; the two first with or without a channel of what can be seen through."""
    if part.mode.startswith("I;16") or part.mode in ("I", "F"):
        return part.convert("F").point(lambda value: value / 257).convert("L")
    if part.mode in ("P", "PA", "La", "RGBa") or "transparency" in part.info:
        return part.convert("RGBA")
    if part.mode == "1":
        return part.convert("L")
    return part if part.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else part.convert("RGB")


def _find_transform(profile: bytes | None, kind: str) -> ImageCms.ImageCmsTransform | None:
    """The way from the colours of a profile to those of screens; none where the profile is of no use."""
    from PIL import ImageCms

    if not profile or len(profile) > _MOST_PROFILE:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != {"L": "GRAY"}.get(kind, kind):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), kind, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _shrink(picture: Image.Image, side: int) -> Image.Image:
    from PIL import Image

    longest = max(picture.size)
    if longest <= side:
        return picture
    size = (max(1, round(picture.width * side / longest)), max(1, round(picture.height * side / longest)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _encode(picture: Image.Image, header: Header) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    form = _COPIES.get(header.format, header.format)
    if form == "jpg":
        if picture.mode == "RGBA":
            # Paper behind what can be seen through.
            paper = Image.new("RGBA", picture.size, "white")
            paper.alpha_composite(picture)
            picture = paper.convert("RGB")
        picture.save(stream, "JPEG", **JPEG)
    elif form == "png":
        picture.save(stream, "PNG", **PNG)
    else:
        picture.save(stream, "WEBP", icc_profile=b"", **WEBP)
    return stream.getvalue()
