import numpy as np

from bot.knowledge.base import KnowledgeBase
from bot.understanding.encoder import encoder
from bot.understanding.finding.features import NAMES, WANTED, Asked, Features
from bot.understanding.finding.index import Index


def test_a_question_without_story_or_conversation_is_its_own_view() -> None:
    assert set(Asked("what does it cost").views()) == {"what does it cost"}


def test_what_the_conversation_is_about_stands_before_the_question() -> None:
    own, story, carried, before = Asked("how long", carried=("The Big Test BT",), before="what is it").views()
    assert (own, story) == ("how long", "how long")
    assert carried == "The Big Test BT: how long"
    assert before == "what is it how long"


def test_every_candidate_has_every_feature_and_the_nearest_is_behind_nobody(base: KnowledgeBase) -> None:
    features = Features(base, Index(base))
    asked = Asked(features.index.statements[0].text)
    places, rows = features.candidates(asked, encoder().encode(asked.views()))
    assert len(places) == WANTED
    assert rows.shape == (WANTED, len(NAMES))
    behind = rows[:, NAMES.index("near_own_behind")]
    assert behind.max() == 0
    assert 0 in places[behind == 0]


def test_what_is_named_beside_the_question_is_told_apart_from_what_it_names(base: KnowledgeBase) -> None:
    features = Features(base, Index(base))
    item = next(item for item in features.index.statements if item.entities and item.guide is None)
    rows = {}
    for key in ("named", "aside"):
        asked = Asked(item.text, **{key: item.entities[:1]})
        places, found = features.candidates(asked, encoder().encode(asked.views()))
        rows[key] = found[places.tolist().index(features.index.statements.index(item))]
    assert [rows["named"][NAMES.index(name)] for name in ("named", "aside")] == [1, 0]
    assert [rows["aside"][NAMES.index(name)] for name in ("named", "aside")] == [0, 1]
    assert np.isfinite(rows["named"]).all()
