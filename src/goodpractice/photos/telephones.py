"""Formats of telephones besides JPEG: HEIC, HEIF and AVIF. Only `photo add` opens them, and its copy is a JPEG."""

from __future__ import annotations

import io
import warnings

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.photos.header import EXIF, GPS, OTHER, XMP, Header, UnreadablePhotoError, name_exif

#: Endings of the files.
TELEPHONE_TYPES = ("heic", "heif", "avif")
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2"})


def _read_brand(data: bytes) -> bytes:
    return data[8:12] if data[4:8] == b"ftyp" else b""


def is_from_telephone(data: bytes) -> bool:
    """Whether a file is one of these, by its content."""
    return _read_brand(data) in _AVIF_BRANDS | _HEIF_BRANDS


def read_telephone_header(data: bytes) -> Header:
    """How large the picture is and what lies beside it; no dot is decoded.

    Raises:
        UnreadablePhotoError: The file is damaged, or ends too early.
    """
    import pillow_heif
    from PIL import Image, ImageFile

    avif = _read_brand(data) in _AVIF_BRANDS or (_read_brand(data) == b"mif1" and b"avif" in data[12:64])
    if not avif:
        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # WeasyPrint lets Pillow read half a picture, for the whole process.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            with Image.open(io.BytesIO(data), formats=["AVIF" if avif else "HEIF"]) as picture:
                found = [
                    words
                    for words, there in (
                        (GPS, _names_a_place(picture.info)),
                        (EXIF, picture.info.get("exif")),
                        (XMP, picture.info.get("xmp")),
                        (OTHER, picture.info.get("metadata")),
                    )
                    if there
                ]
                moves = avif and getattr(picture, "n_frames", 1) > 1
                return Header("avif" if avif else "heic", *picture.size, tuple(found), animated=moves)
    except Exception as error:  # the decoders raise what Pillow raises, and errors of their own
        raise UnreadablePhotoError(_("it is damaged")) from error


def _names_a_place(info: dict[str | tuple[int, int], object]) -> bool:
    exif, xmp = info.get("exif"), info.get("xmp")
    return (isinstance(exif, bytes) and GPS in name_exif(exif)) or (isinstance(xmp, bytes) and b"GPS" in xmp)
