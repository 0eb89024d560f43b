"""The topic recogniser on CLINC150, a problem with published results.

    python benchmarks/clinc150.py [--data DIR] [--candidates]

DIR holds JSON files with the keys `train val test oos_train oos_val oos_test`, rows `[text, intent]`
(Larson et al., EMNLP 2019, CC BY 3.0; not part of this project). Where it is absent, the benchmark
says so and leaves. The threshold is chosen on validation, with its two parts weighed as in the
published test data (1,000 messages out of scope beside 4,500 in scope).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from candidates import BestFive, Nearest

from bot.understanding.normalise import normalise
from bot.understanding.template import EMPTY
from bot.understanding.topics import OUTSIDE, Example, TopicRecogniser
from bot.understanding.vocabulary import word_vectors

DEFAULT = Path(__file__).parent.parent.parent / "shared" / "clinc150"
KEYS = ("train", "val", "test", "oos_train", "oos_val", "oos_test")
TEST_SHARE = 1000 / 4500
OUT_OF_SCOPE = f"{OUTSIDE}out_of_scope"
PUBLISHED = """published (in-scope / out-of-scope recall):
  BERT 96.9 / 40.3, Dialogflow 91.7 / 14.0, Rasa 91.5 / 45.3, SVM 91.0 / 14.5
with a threshold: BERT 96.2 / 52.3 (joint 88.2), Rasa 90.9 / 31.2, SVM 88.2 / 18.0 (Larson et al. 2019)"""
Rows = list[tuple[str, str]]
Floats = npt.NDArray[np.float64]


def read(folder: Path) -> dict[str, Rows]:
    """The splits of all JSON files in `folder`."""
    data: dict[str, Rows] = {key: [] for key in KEYS}
    for path in sorted(folder.glob("*.json")):
        for key, rows in json.loads(path.read_text("utf-8")).items():
            if key in data:
                data[key] += [(str(text), str(label)) for text, label in rows]
    return data


def words(text: str) -> tuple[str, ...]:
    return normalise(text).tokens or EMPTY


def measure(recogniser: TopicRecogniser, rows: Rows) -> tuple[list[str], Floats]:
    """The best intent of each message, and how much it looks in scope."""
    best, inside = [], []
    for text, _ in rows:
        scores = recogniser.scores(words(text))
        topical = np.where(recogniser.topical, scores, -np.inf)
        other = float(np.where(recogniser.outside, scores, -1.0).max())
        best.append(recogniser.classes[int(topical.argmax())])
        inside.append(float(topical.max()) - other / 2)
    return best, np.array(inside)


def choose(right: npt.NDArray[np.bool_], inside: Floats, outside: Floats) -> float:
    """The threshold with the best joint accuracy, out-of-scope messages weighed as in the test data."""
    weight = TEST_SHARE * len(inside) / len(outside)
    candidates = np.unique(np.concatenate([inside, outside]))
    return float(max(candidates, key=lambda at: float((right & (inside >= at)).sum() + weight * (outside < at).sum())))


def simple_accuracy(train: Rows, rows: Rows, make: Callable[[Sequence[Example]], Nearest | BestFive]) -> float:
    candidate = make([Example(words(text), label) for text, label in train])
    return float(np.mean([candidate.best(words(text)) == label for text, label in rows]))


def main() -> None:
    parser = argparse.ArgumentParser(description="The topic recogniser on CLINC150.")
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--candidates", action="store_true", help="measure the simpler recognisers too (a minute)")
    arguments = parser.parse_args()
    data = read(arguments.data) if arguments.data.is_dir() else {}
    if not data.get("train"):
        print(f"no CLINC150 data in {arguments.data}; nothing measured")
        return
    train = [*data["train"], *((text, OUT_OF_SCOPE) for text, _ in data["oos_train"])]
    examples = [Example(words(text), label) for text, label in train]
    if arguments.candidates:
        some = data["val"][::5]
        print(f"nearest phrasing (token_set_ratio)  {simple_accuracy(data['train'], some, Nearest):.1%} in-scope")
        print(f"TF-IDF, best five                   {simple_accuracy(data['train'], some, BestFive):.1%} in-scope")
        plain = TopicRecogniser.learn(examples, None)
        found, _ = measure(plain, data["val"])
        accuracy = np.mean([best == label for best, (_, label) in zip(found, data["val"], strict=True)])
        print(f"linear on TF-IDF                    {accuracy:.1%} in-scope")
    start = time.perf_counter()
    recogniser = TopicRecogniser.learn(examples, word_vectors())
    print(f"trained on {len(examples)} messages in {time.perf_counter() - start:.1f} s")
    val_best, val_inside = measure(recogniser, data["val"])
    val_right = np.array([best == label for best, (_, label) in zip(val_best, data["val"], strict=True)])
    threshold = choose(val_right, val_inside, measure(recogniser, data["oos_val"])[1])
    with_test = bool(data["test"] and data["oos_test"])
    if not with_test:
        print("no test splits here: evaluated on validation, where the threshold was chosen too")
    rows, oos = (data["test"], data["oos_test"]) if with_test else (data["val"], data["oos_val"])
    start = time.perf_counter()
    best, inside = measure(recogniser, rows)
    each = (time.perf_counter() - start) / len(rows)
    right = np.array([found == label for found, (_, label) in zip(best, rows, strict=True)])
    refused = measure(recogniser, oos)[1] < threshold
    weight = 1.0 if with_test else TEST_SHARE * len(rows) / len(oos)
    kept = right & (inside >= threshold)
    joint = (kept.sum() + weight * refused.sum()) / (len(rows) + weight * len(oos))
    print(f"{each * 1000:.2f} ms a message; in-scope with the threshold {kept.mean():.1%}")
    print(PUBLISHED)
    print(f"in-scope {right.mean():.1%} out-of-scope recall {refused.mean():.1%} joint {joint:.1%}")


if __name__ == "__main__":
    main()
