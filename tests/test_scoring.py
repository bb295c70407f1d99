"""Scoring: the formula adds up, no signal counts against its direction, and there is no score where none can be told."""

from __future__ import annotations

import dataclasses
import json
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean as nc
from newsclean.cli import main
from newsclean.errors import InputError, ModelError
from newsclean.persist import save
from newsclean.scoring import FEWEST, ScoreModel, default_model, scorecard


def unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


WIRE = unwrapped("""PORT ELLIS (Reuters) - The main bridge over the harbour may stay closed until September after engineers found a crack in one of
its 12 piers, the county said on Monday.

The crack is about 40 centimetres long, according to a report by two engineers at the state university that was reviewed by Reuters.
It could have been there for several years, the report said.

"We do not yet know how long the repair is likely to take," county spokeswoman Ada Moss said in a statement. The builder, Lorne & Sons,
did not immediately respond to a request for comment.

About 18,000 cars cross the bridge on an average day, county data show. Although the ferry runs every 20 minutes, traffic on the coast
road rose nearly 30 percent in the first week, said Peter Hahn, a professor of transport at the university.

It was not immediately clear who would pay for the works. The council is expected to discuss the matter on Thursday, two officials said.""")

RANT = unwrapped("""You won't believe what these clueless clowns at the county have done to our bridge now! Of course nobody in the leftist media
will ever tell you the truth about it, because they are liars and always have been.

I have never seen anything so utterly disgraceful in my life. Who do they think they are? The so-called experts claimed it was safe, and
the corrupt elites in their ridiculous ivory towers slammed everyone who dared to ask. Absolutely shameful!

Let's face it: we all know what is really going on here. The radical liberals and their sycophants want you to sit at home like idiots
while they rob you blind. It's insane! You should be outraged, and if you're not, you're obviously not paying attention.

We must throw these crooked, lying thugs out of the town hall. Every single one of them! Don't let the fake news tell you that it's only
a crack. It's a total disgrace, and everybody with half a brain knows it. Wake up!""")


def test_a_plain_report_scores_above_a_rant() -> None:
    plain, rant = nc.score(WIRE), nc.score(RANT)
    assert plain.score is not None
    assert rant.score is not None
    assert plain.score - rant.score > 0.15


def test_the_formula_is_the_one_that_is_stated() -> None:
    for text in (WIRE, RANT):
        card = nc.score(text)
        odds = card.base + sum(s.pull for s in card.signals.values())
        assert card.score == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-12)


def test_no_signal_counts_against_its_direction() -> None:
    model = default_model()
    assert min(model.weights.values()) >= 0
    assert sum(w > 0 for w in model.weights.values()) >= 8
    for name, signal in nc.score(RANT).signals.items():
        more = dataclasses.replace(signal, value=signal.value * 4 + 1)
        pulls = [model.pulled({name: s})[name].pull for s in (signal, more)]
        assert (pulls[1] - pulls[0]) * signal.direction >= 0, name
        assert signal.direction or signal.pull == 0, name


def test_every_number_opens_to_places_of_the_source() -> None:
    for text in (WIRE, RANT):
        for name, signal in nc.score(text).signals.items():
            assert all(0 <= a < b <= len(text) for a, b in signal.evidence), name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "0 words"),
        ("The bridge was closed on Monday. " * 5, f"fewer than {FEWEST}"),
        ("Die Brücke ist seit Montag gesperrt, sagte der Bürgermeister der Stadt, und niemand weiß wie lange das so bleibt.\n\n" * 20, "language"),
    ],
)  # fmt: skip
def test_there_is_no_score_where_none_can_be_told(text: str, why: str) -> None:
    card = nc.score(text)
    assert card.score is None
    assert why in card.note
    assert str(card).startswith("no score")


def test_an_article_and_its_text_have_one_card() -> None:
    assert nc.score(nc.annotate(WIRE)) == nc.score(WIRE)


def test_only_who_asks_pays() -> None:
    assert nc.annotate(WIRE).scorecard is None
    asked = nc.annotate(WIRE, config=nc.Config(score="on"))
    assert asked.scorecard == nc.score(WIRE)
    assert nc.Article.from_dict(json.loads(json.dumps(asked.to_dict()))) == asked


def test_a_page_has_the_card_of_its_text() -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in WIRE.split("\n\n"))
    page = f"<html lang=en><body><nav><a href=/>Home</a></nav><article><h1>Bridge closed</h1>{paragraphs}</article></body></html>"
    assert nc.extract(page).scorecard is None
    article = nc.extract(page, config=nc.Config(score="on"))
    assert article.scorecard == nc.score(nc.extract(page))
    assert article.scorecard is not None
    assert article.scorecard.score == pytest.approx(nc.score(WIRE).score, abs=0.02)
    assert all(article.source[a:b] for s in article.scorecard.signals.values() for a, b in s.evidence)


def test_a_config_says_on_or_off() -> None:
    with pytest.raises(InputError, match="score"):
        nc.Config(score="yes")  # type: ignore[arg-type]


def test_ratings_stand_beside_and_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("domain,rating\nexample.org,0.25\nreuters.com,0.75\n")
    ratings = nc.load_ratings(tmp_path / "mine.csv")
    card = nc.score(WIRE, url="https://example.org/a", ratings=ratings)
    assert card.score == nc.score(WIRE).score
    assert [(r.role, r.domain, r.value, r.scale) for r in card.ratings] == [
        ("publisher", "example.org", 0.25, (0.25, 0.75)),
        ("cited", "reuters.com", 0.75, (0.25, 0.75)),
    ]
    assert all(WIRE[a:b] for a, b in card.ratings[1].evidence)
    assert "example.org" in str(card)
    assert nc.score(WIRE, url="https://example.org/a").ratings == ()
    with pytest.raises(InputError, match="load_ratings"):
        nc.score(WIRE, ratings="mine.csv")  # type: ignore[arg-type]


def test_a_card_survives_json_pickle_and_shows_as_html() -> None:
    card = nc.score(RANT.replace("crook", "<b>crook"))
    assert nc.Scorecard.from_dict(json.loads(json.dumps(card.to_dict(), allow_nan=False))) == card
    assert pickle.loads(pickle.dumps(card)) == card
    html = nc.Scorecard(None, {"<i>": nc.Signal(1.0, note="<script>")}, note="<b>")._repr_html_()
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html
    assert "loaded_words" in card._repr_html_()


def test_many_articles_say_more_than_one() -> None:
    good, bad = nc.score(WIRE), nc.score(RANT)
    one, ten = nc.outlet_score([bad]), nc.outlet_score([bad] * 10)
    assert one == pytest.approx(bad.score)
    assert one is not None
    assert ten is not None
    assert ten < one
    assert nc.outlet_score([good, nc.score("")]) == pytest.approx(good.score)
    assert nc.outlet_score([]) is None


def test_the_same_hedges_say_less_where_more_are_usual() -> None:
    scales = {"hedges": (0.0, 9.0, 1.0, 1.0, 0.5), "said": (0.0, 9.0, 1.0, 1.0, 0.0)}
    model = ScoreModel({"hedges": 2.0}, scales, 0.0, 1.0)
    essay, report = (
        model.pulled({"hedges": nc.Signal(4.0, direction=1), "said": nc.Signal(said)}) for said in (1.0, 4.0)
    )
    assert (essay["hedges"].pull, report["hedges"].pull) == (2.0, 1.0)
    assert report["said"].pull == 0


def test_a_model_with_a_negative_weight_is_refused(tmp_path: Path) -> None:
    arrays = {
        "names": np.array(["hedges"]), "weights": np.array([-1.0]), "scales": np.array([[0.0, 1.0, 0.5, 0.1, 0.0]]), "base": np.array([0.0, 1.0]),
    }  # fmt: skip
    save(tmp_path / "bad", arrays, {})
    with pytest.raises(ModelError, match="weights"):
        ScoreModel.load(tmp_path / "bad")


def test_a_model_survives_its_files(tmp_path: Path) -> None:
    model = default_model()
    model.save(tmp_path / "again", {})
    again = ScoreModel.load(tmp_path / "again")
    assert (again.weights, again.scales, again.base, again.gain) == (
        model.weights,
        model.scales,
        model.base,
        model.gain,
    )


def test_the_command_line_shows_a_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    assert main(["score", str(tmp_path / "a.txt")]) == 0
    assert "no verdict" in capsys.readouterr().out
    assert main(["score", "--json", str(tmp_path / "a.txt"), str(tmp_path / "none.txt")]) == 1
    assert nc.Scorecard.from_dict(json.loads(capsys.readouterr().out)) == nc.score(WIRE)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*WIRE.split("\n\n"), *RANT.split("\n\n")]) | st.text(max_size=80), max_size=12))
def test_a_score_is_in_range_and_the_same_each_time(parts: list[str]) -> None:
    article = nc.annotate("\n\n".join(parts), config=nc.Config(models="off"))
    card = scorecard(article)
    assert card == scorecard(article)
    assert card.score is None or 0 < card.score < 1
    assert nc.Scorecard.from_dict(card.to_dict()) == card
