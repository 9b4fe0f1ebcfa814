from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import PICTURES, draw, insert_parts, jpeg_part, make_exif, profile, save, texts
from PIL import Image

from goodpractice.limits import Limits
from goodpractice.photos.cleaning import check_picture, clean_photo, is_clean
from goodpractice.photos.header import GPS, THUMBNAIL, TRAILING, UnreadablePhotoError, read_header

DIRTY = [
    *("gps", "gps in png", "gps in webp", "exif", "rotated", "xmp", "xmp with gps", "xmp in webp", "iptc", "comment"),
    *("text in png", "thumbnail", "unknown part", "trailing", "cmyk", "jpeg 3000 wide"),
]
REFUSED = {
    "animated png": "it is an animation",
    "animated webp": "it is an animation",
    "gif": "it is not a JPEG, PNG or WebP picture",
    "truncated jpeg": "its end is missing",
    "truncated png": "its end is missing",
    "truncated webp": "its end is missing",
    "corrupt png": "it is damaged",
    "corrupt jpeg": "its end is missing",
    "not a picture": "it is not a JPEG, PNG or WebP picture",
    "huge png": "it has 30000 × 30000 pixels",
    "huge jpeg": "it has 30000 × 30000 pixels",
}


def is_near(pixel: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("name", DIRTY)
def test_cleaning_leaves_nothing_but_the_picture(name: str) -> None:
    data = PICTURES[name]()
    before = read_header(data)
    cleaned = clean_photo(data, Limits())
    header = read_header(cleaned)
    assert header.private == ()
    assert is_clean(header)
    assert header.format == before.format
    assert max(header.width, header.height) <= Limits().photo_side
    for secret in (b"A camera", b"Somebody", b"GPS", b"secret", b"a short film", b"Exif"):
        assert secret not in cleaned


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_what_cannot_be_cleaned_is_refused(name: str, reason: str) -> None:
    with pytest.raises(UnreadablePhotoError) as raised:
        clean_photo(PICTURES[name](), Limits())
    assert str(raised.value) == reason


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_to_the_pixels(form: str, orientation: int) -> None:
    upright = draw()
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = upright if turned is None else upright.transpose(turned)
    data = save(stored, form, exif=make_exif(orientation=orientation), quality=95)
    with Image.open(io.BytesIO(clean_photo(data, Limits()))) as picture:
        assert picture.size == upright.size
        shown = picture.convert("RGB")
        for at in [(8, 6), (50, 6), (8, 34), (50, 34)]:
            assert is_near(shown.getpixel(at), upright.getpixel(at)), at


def test_a_clean_photo_is_not_encoded_again() -> None:
    data = PICTURES["jpeg with profile"]()
    assert clean_photo(data, Limits()) == data


def test_the_colour_profile_survives() -> None:
    with Image.open(io.BytesIO(clean_photo(save(draw(), icc_profile=profile(), comment=b"x"), Limits()))) as picture:
        assert picture.info["icc_profile"] == profile()


def test_cmyk_becomes_rgb() -> None:
    with Image.open(io.BytesIO(clean_photo(PICTURES["cmyk"](), Limits()))) as picture:
        assert picture.mode == "RGB"
        assert is_near(picture.getpixel((8, 6)), (230, 30, 30))


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    data = save(Image.new("I;16", (20, 20), 0x8000), "PNG", pnginfo=texts())
    with Image.open(io.BytesIO(clean_photo(data, Limits()))) as picture:
        assert picture.mode == "L"
        assert abs(picture.getpixel((5, 5)) - 128) <= 1


def test_a_copy_fits_into_the_limit_of_bytes() -> None:
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    limits = Limits(photo_bytes=400_000)
    cleaned = clean_photo(save(noise, "PNG", pnginfo=texts()), limits)
    assert len(cleaned) <= limits.photo_bytes


def test_a_position_in_exif_and_in_xmp_is_called_by_its_name() -> None:
    assert read_header(PICTURES["gps"]()).private[0] == GPS
    assert read_header(PICTURES["xmp with gps"]()).private[0] == GPS
    assert GPS not in read_header(PICTURES["exif"]()).private


def test_a_thumbnail_in_the_jfif_head_is_found() -> None:
    data = insert_parts(save(draw())[:2] + save(draw())[20:], jpeg_part(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"abc"))
    assert read_header(data).private == (THUMBNAIL,)


def test_zeros_after_the_end_are_padding() -> None:
    assert read_header(save(draw()) + b"\0\0").private == ()
    assert read_header(save(draw()) + b"\0x").private == (TRAILING,)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise_anything_but_its_own_error(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\0\0\0WEBP"):
        with contextlib.suppress(UnreadablePhotoError):
            read_header(start + data)


@given(st.integers(0, 3000), st.integers(0, 255), st.sampled_from(["gps", "gps in png", "gps in webp"]))
def test_no_damaged_picture_makes_cleaning_raise_anything_but_its_own_error(at: int, byte: int, name: str) -> None:
    data = bytearray(PICTURES[name]())
    data[at % len(data)] = byte
    with contextlib.suppress(UnreadablePhotoError):
        assert is_clean(read_header(clean_photo(bytes(data), Limits())))


MODES = {"JPEG": ["L", "RGB", "CMYK"], "PNG": ["1", "L", "LA", "P", "RGB", "RGBA"], "WEBP": ["RGB", "RGBA"]}


@st.composite
def pictures(draws: st.DrawFn) -> tuple[bytes, bool]:
    form = draws(st.sampled_from(sorted(MODES)))
    size = draws(st.integers(1, 40)), draws(st.integers(1, 40))
    options: dict[str, object] = {}
    if draws(st.booleans()):
        options["exif"] = make_exif(gps=draws(st.booleans()), orientation=draws(st.integers(0, 9)))
    if draws(st.booleans()) and form != "PNG":
        options["xmp"] = b"<x:xmpmeta>Somebody</x:xmpmeta>"
    mode = draws(st.sampled_from(MODES[form]))
    coloured = draws(st.booleans()) and mode in ("RGB", "RGBA")
    if coloured:
        options["icc_profile"] = profile()
    if form == "JPEG" and draws(st.booleans()):
        options["comment"] = b"Somebody"
    if form == "PNG" and draws(st.booleans()):
        options["pnginfo"] = texts()
    data = save(draw(*size, mode=mode), form, **options)
    if form == "JPEG":
        marks = draws(st.lists(st.sampled_from([*range(0xE1, 0xF0), 0xFE]), max_size=3))
        data = insert_parts(data, *(jpeg_part(mark, draws(st.binary(max_size=40))) for mark in marks))
    return data + draws(st.sampled_from([b"", b"film"])), coloured


@given(pictures())
def test_cleaning_any_picture_leaves_no_metadata_but_the_colour_profile(made: tuple[bytes, bool]) -> None:
    data, coloured = made
    original = bytes(data)
    cleaned = clean_photo(data, Limits())
    header = read_header(cleaned)
    assert header.private == ()
    assert data == original
    check_picture(cleaned, header)
    with Image.open(io.BytesIO(cleaned)) as picture:
        picture.load()
        known = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform", "progression"}
        known |= {"progressive", "icc_profile", "loop", "background", "timestamp", "duration", "dpi", "gamma", "srgb"}
        assert set(picture.info) <= known
        assert ("icc_profile" in picture.info) == coloured
        assert not picture.getexif()
