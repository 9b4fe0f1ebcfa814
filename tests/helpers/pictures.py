"""Pictures for tests, made by code: none is a photograph, none shows anything that happened."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from goodpractice.photos.settings import JPEG, PNG, WEBP

PLACE = (51.0, 28.0, 40.12)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><exif:GPSLatitude>51,28N</exif:GPSLatitude></rdf:RDF></x:xmpmeta>'
PLAIN_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Somebody</dc:creator></x:xmpmeta>'


def draw(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A picture whose four corners differ, so that every turn shows."""
    picture = Image.new("RGB", (width, height), (40, 90, 160))
    picture.paste((230, 30, 30), (0, 0, width // 2, height // 2))
    picture.paste((30, 200, 60), (width // 2, 0, width, height // 2))
    return picture if mode == "RGB" else picture.convert(mode)


def make_exif(*, gps: bool = False, orientation: int = 0) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "A camera"
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: PLACE, ExifTags.GPS.GPSLongitudeRef: "W"}
        )
    return exif


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def save(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def clean(picture: Image.Image, form: str = "JPEG") -> bytes:
    """As `goodpractice photo add` writes it."""
    return save(picture, form, **{"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}[form])


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def jpeg_part(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def insert_parts(jpeg: bytes, *parts: bytes) -> bytes:
    return jpeg[:2] + b"".join(parts) + jpeg[2:]


def png_part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def hide_text(jpeg: bytes) -> bytes:
    """A JPEG with readable text between its dots and its end, where no decoder looks."""
    return jpeg[:-2] + b"Anna Smith lives at 12 Mill Road, and is at home on Mondays" + jpeg[-2:]


def pad_stream(png: bytes) -> bytes:
    """A PNG with bytes behind its compressed stream, in the same part of the file."""
    at = png.index(b"IDAT") - 4
    (length,) = struct.unpack_from(">I", png, at)
    stream = png[at + 8 : at + 8 + length]
    return png[:at] + png_part(b"IDAT", stream + b"Anna Smith") + png[at + 12 + length :]


def png_head(width: int, height: int) -> bytes:
    """A PNG whose head promises a size and whose body holds next to nothing."""
    head = png_part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_part(b"IDAT", zlib.compress(b"\0" * 9000)) + png_part(b"IEND", b"")


def jpeg_head(width: int, height: int) -> bytes:
    small = save(draw(8, 8))
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


def photoshop() -> bytes:
    iptc = b"\x1c\x02\x50\x00\x08Somebody"
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody")
    return info


def _animation(form: str) -> bytes:
    return save(draw(), form, save_all=True, append_images=[draw(mode="L").convert("RGB")], duration=100)


PICTURES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: clean(draw()),
    "another jpeg": lambda: clean(draw(64, 48)),
    "jpeg of a program": lambda: save(draw()),
    "jpeg with profile": lambda: save(draw(), icc_profile=profile()),
    "jpeg 3000 wide": lambda: clean(draw(3000, 40)),
    "jpeg in grey": lambda: clean(draw(mode="L")),
    "png": lambda: clean(draw(), "PNG"),
    "webp": lambda: clean(draw(), "WEBP"),
    "gps": lambda: save(draw(), exif=make_exif(gps=True)),
    "gps in png": lambda: save(draw(), "PNG", exif=make_exif(gps=True)),
    "gps in webp": lambda: save(draw(), "WEBP", exif=make_exif(gps=True)),
    "exif": lambda: save(draw(), exif=make_exif()),
    "rotated": lambda: save(draw(), exif=make_exif(orientation=6)),
    "xmp": lambda: save(draw(), xmp=PLAIN_XMP),
    "xmp with gps": lambda: save(draw(), xmp=XMP),
    "xmp in webp": lambda: save(draw(), "WEBP", xmp=PLAIN_XMP),
    "iptc": lambda: insert_parts(save(draw()), jpeg_part(0xED, photoshop())),
    "comment": lambda: save(draw(), comment=b"Somebody in the park"),
    "text in png": lambda: save(draw(), "PNG", pnginfo=texts()),
    "thumbnail": lambda: insert_parts(save(draw()), jpeg_part(0xE0, b"JFXX\0\x10" + save(draw(8, 8)))),
    "unknown part": lambda: insert_parts(save(draw()), jpeg_part(0xE5, b"RMETA\0secret")),
    "trailing": lambda: save(draw()) + b"a short film",
    "text between the dots": lambda: hide_text(clean(draw())),
    "bytes behind the stream": lambda: pad_stream(clean(draw(), "PNG")),
    "cmyk": lambda: save(draw(mode="CMYK")),
    "animated png": lambda: _animation("PNG"),
    "animated webp": lambda: _animation("WEBP"),
    "gif": lambda: save(draw(), "GIF"),
    "truncated jpeg": lambda: save(draw(400, 300), quality=95)[:-900],
    "truncated png": lambda: save(draw(400, 300), "PNG")[:-30],
    "truncated webp": lambda: save(draw(400, 300), "WEBP")[:-30],
    "corrupt png": lambda: png_head(60, 40).replace(b"IDAT\x78", b"IDAT\x00"),
    "corrupt jpeg": lambda: save(draw())[:200] + b"\xff\xd9",
    "not a picture": lambda: b"<!doctype html><script>alert(1)</script>",
    "huge png": lambda: png_head(30_000, 30_000),
    "huge jpeg": lambda: jpeg_head(30_000, 30_000),
}
