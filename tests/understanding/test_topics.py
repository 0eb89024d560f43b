from __future__ import annotations

import numpy as np

from bot.understanding.features import Featuriser, grams
from bot.understanding.linear import LinearModel, Solution, train
from bot.understanding.topics import ELLIPTICAL, OURS, Example, TopicRecogniser, Training, is_named, targets
from bot.understanding.vocabulary import word_vectors

EXAMPLES = [
    Example(("how", "much", "does", "<certification>", "cost"), "cost"),
    Example(("price", "of", "<certification>"), "cost"),
    Example(("what", "are", "the", "fees"), "cost"),
    Example(("how", "long", "does", "<degree>", "take"), "duration"),
    Example(("how", "many", "months", "is", "<degree>"), "duration"),
    Example(("is", "it", "quick"), "duration"),
    Example(("how", "is", "the", "weather"), "!weather"),
    Example(("will", "it", "rain", "tomorrow"), "!weather"),
]


def best(recogniser: TopicRecogniser, *words: str) -> str:
    scores = recogniser.scores(words)
    return recogniser.classes[int(np.where(recogniser.topical | recogniser.outside, scores, -9).argmax())]


def test_learns_its_examples_and_what_is_near_them() -> None:
    recogniser = TopicRecogniser.learn(EXAMPLES, word_vectors())
    assert all(best(recogniser, *example.words) == example.label for example in EXAMPLES)
    assert best(recogniser, "what", "is", "the", "fee", "for", "<certification>") == "cost"
    assert best(recogniser, "does", "it", "take", "months") == "duration"


def test_word_vectors_reach_words_never_learnt() -> None:
    recogniser = TopicRecogniser.learn(EXAMPLES, word_vectors())
    assert best(recogniser, "expensive") == "cost"
    assert best(recogniser, "storm", "sunshine") == "!weather"


def test_the_same_examples_give_the_same_model() -> None:
    one, two = (TopicRecogniser.learn(EXAMPLES, word_vectors()) for _ in range(2))
    assert np.array_equal(one.model.weights, two.model.weights)


def test_arrays_carry_everything() -> None:
    recogniser = TopicRecogniser.learn(EXAMPLES, word_vectors())
    again = TopicRecogniser.from_arrays(recogniser.arrays(), word_vectors())
    for example in EXAMPLES:
        assert np.allclose(recogniser.scores(example.words), again.scores(example.words), atol=0.02)


def test_unseen_scores_are_of_a_model_that_did_not_learn_the_examples() -> None:
    training = Training.of(EXAMPLES, None)
    held_back = training.unseen()
    at, unseen = held_back.at, held_back.scores
    assert unseen.shape == (len(at), len(training.classes))
    assert 0 < len(set(at.tolist())) == len(at) < len(EXAMPLES)
    seen = np.array([training.train().scores(EXAMPLES[index].words) for index in at])
    labels = [training.classes.index(EXAMPLES[index].label) for index in at]
    rows = np.arange(len(at))
    assert unseen[rows, labels].mean() < seen[rows, labels].mean()


def test_being_ours_is_learnt_apart_for_named_and_unnamed() -> None:
    classes = sorted({example.label for example in EXAMPLES}) + list(OURS)
    signs = targets(EXAMPLES, classes)
    for example, row in zip(EXAMPLES, signs, strict=True):
        own = -1 if example.label.startswith("!") else 1
        named, unnamed = row[classes.index(OURS[0])], row[classes.index(OURS[1])]
        assert (named, unnamed) == ((own, 0) if is_named(example.words) else (0, own))
        assert row[classes.index(ELLIPTICAL)] == unnamed


def test_what_leans_on_the_conversation_is_learnt_from_messages_that_leave_something_out() -> None:
    elliptical = [("how", "much", "does", "it", "cost"), ("price",)]
    training = Training.of(EXAMPLES, word_vectors(), elliptical)
    assert training.labelled == len(EXAMPLES)
    recogniser = training.train()
    without = TopicRecogniser.learn(EXAMPLES, word_vectors())
    for words in elliptical:
        assert recogniser.elliptical(recogniser.scores(words)) > without.elliptical(without.scores(words))


def test_what_steers_the_conversation_is_no_example_of_leaning_on_it() -> None:
    steering = Example(("show", "the", "map"), "chart", steers=True)
    examples = [*EXAMPLES, steering]
    classes = sorted({example.label for example in examples}) + list(OURS)
    assert targets(examples, classes)[-1, classes.index(ELLIPTICAL)] == 0


def test_a_row_has_two_parts_of_length_one_and_a_direction() -> None:
    featuriser, rows = Featuriser.learn([example.words for example in EXAMPLES], word_vectors())
    for row in rows:
        assert np.isclose(row.values @ row.values, 2)
        assert np.isclose(row.dense @ row.dense, 1)
        assert len(set(row.columns.tolist())) == len(row.columns)
    assert len(featuriser.row(("zzz",)).columns) == 0


def test_empty_and_strange_messages_have_scores() -> None:
    recogniser = TopicRecogniser.learn(EXAMPLES, word_vectors())
    for words in ([], ["\u0939\u093f"], ["x" * 40]):
        assert np.isfinite(recogniser.scores(words)).all()


def test_grams_know_the_edges_of_a_word() -> None:
    assert " ex" in grams("exam")
    assert "am " in grams("exam")


def test_training_separates_what_can_be_separated() -> None:
    _, rows = Featuriser.learn([("a",), ("b",)], None)
    signs = np.array([[1, -1], [-1, 1]], np.float32)
    columns = max(int(row.columns.max()) for row in rows) + 1
    model = LinearModel(train(rows, signs, columns, rounds=20).weights, columns)
    assert (np.sign([model.scores(row) for row in rows]) == signs).all()


def test_training_goes_on_where_it_stopped() -> None:
    """The optimum is one only: from some of the rows' solution training comes to what all rows give from nothing."""
    featuriser, rows = Featuriser.learn([example.words for example in EXAMPLES], None)
    signs = targets(EXAMPLES, sorted({example.label for example in EXAMPLES}))
    columns, some = len(featuriser.columns), len(rows) // 2
    half = train(rows[:some], signs[:some], columns, rounds=50)
    duals = np.zeros_like(signs)
    duals[:some] = half.duals
    onward = train(rows, signs, columns, rounds=100, start=Solution(half.weights, duals))
    assert np.allclose(onward.weights, train(rows, signs, columns, rounds=100).weights, atol=1e-3)
