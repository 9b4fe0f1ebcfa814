import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.search.bundle import bundle_files, decode_cbor, unpack
from goodpractice.search.service import SearchIndexError
from tests.helpers.indexed import make_files


def pack(content: bytes) -> bytes:
    # The time would tell one process of the tests from another.
    return gzip.compress(b"pagefind_dcd" + content, mtime=0)


def test_files_are_numbered_and_nothing_else_is_published() -> None:
    urls = [f"pages/{name}/" for name in ("two", "one", "three")]
    bundle = bundle_files(make_files(["two", "one", "three"]), urls)
    assert sorted(bundle.files) == [*(f"fragment/{n}.pf_fragment" for n in range(3)), "index/0.pf_index"]
    for number, url in enumerate(urls):
        assert json.loads(unpack(bundle.files[f"fragment/{number}.pf_fragment"]))["url"] == url
    assert len(bundle.lengths) == 3
    assert len(bundle.beginnings) == 1
    assert bundle.fields == ("title",)


def test_records_keep_their_order() -> None:
    # Pages without words are listed in the order of the numbers.
    titles = [f"title{number}" for number in range(300)]
    urls = [f"pages/{title}/" for title in titles]
    files = make_files(titles)
    assert len(bundle_files(files, urls).lengths) == 300
    with pytest.raises(SearchIndexError, match="in another order"):
        bundle_files(files, urls[::-1])


@pytest.mark.parametrize("title", ['a "quoted" one', "a long one " * 60, "Dŵr"])
def test_addresses_are_read_whatever_they_hold(title: str) -> None:
    assert len(bundle_files(make_files([title]), [f"pages/{title}/"]).lengths) == 1


def test_the_same_records_give_the_same_files() -> None:
    # Their folder is named for the records: a browser that kept some of them may mix them with the others.
    titles = [f"title{number}" for number in range(50)]
    urls = [f"pages/{title}/" for title in titles]
    assert bundle_files(make_files(titles), urls) == bundle_files(make_files(titles), urls)


def test_a_missing_record_is_named() -> None:
    with pytest.raises(SearchIndexError, match=r"left out pages/three/\.$"):
        bundle_files(make_files(["one"]), ["pages/one/", "pages/three/"])
    with pytest.raises(SearchIndexError, match=r"left out pages/three/ and 1 other\.$"):
        bundle_files(make_files(["one"]), ["pages/one/", "pages/three/", "pages/four/"])


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        (b"no gzip", "made a.pf_meta, which cannot be read"),
        (pack(b""), "made a.pf_meta, which cannot be read"),
        (pack(b"\x81\x00"), "made a.pf_meta, which cannot be read"),
        (pack(b"\x86\x61v\x81\x82\x61x\x01\x80\x80\x80\x80"), r"did not make fragment/x\.pf_fragment"),
    ],
)
def test_files_of_an_unknown_kind_are_refused(meta: bytes, message: str) -> None:
    with pytest.raises(SearchIndexError, match=message):
        bundle_files({"a.pf_meta": meta}, ["a/"])
    with pytest.raises(SearchIndexError, match="made 0 lists"):
        bundle_files({}, ["a/"])


def test_an_unreadable_text_is_named() -> None:
    files = make_files(["one"])
    (name,) = (path for path in files if path.startswith("fragment/"))
    with pytest.raises(SearchIndexError, match="which cannot be read"):
        bundle_files({**files, name: b"no gzip"}, ["pages/one/"])


def encode(value: object) -> bytes:
    def head(kind: int, number: int) -> bytes:
        for size, code in ((1, 24), (2, 25), (4, 26)):
            if number < 24:
                return bytes([kind << 5 | number])
            if number < 256**size:
                return bytes([kind << 5 | code]) + number.to_bytes(size)
        raise OverflowError

    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    assert isinstance(value, list)
    return head(4, len(value)) + b"".join(map(encode, value))


@given(
    st.recursive(
        st.integers(-(2**32), 2**32 - 1) | st.text(max_size=400),
        lambda inner: st.lists(inner, max_size=30),
        max_leaves=40,
    )
)
def test_cbor_is_read(value: object) -> None:
    assert decode_cbor(encode(value)) == value


@pytest.mark.parametrize("content", [b"\xa0", b"\x9f\xff", b"\xf5", b"\x1c"])
def test_other_cbor_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="of kind"):
        decode_cbor(content)
