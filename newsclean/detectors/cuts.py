"""Cuts: from what the line model makes of a text's lines to whether it is a page, and from where its lines go.

numpy is imported late, as by all that the package imports at its top.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "FLAGGED",
    "LONG",
    "MANY",
    "NEVER",
    "STRIPPED",
    "SUREST",
    "fairest",
    "may_be_page",
    "news_share",
    "scored",
    "surer",
]

FLAGGED: Final = 0.5
STRIPPED: Final = 0.8
SUREST: Final = 0.94
"""The highest score: a caller who wants only what one rule decides alone asks for more."""
NEVER: Final = 2.0
"""A cut that no probability reaches."""
LONG: Final = 50
"""Lines from which a text may be a page, unless the caller says that it is one.  Of fewer lines the model is not asked: it
found little there that rules had not, and on short pages took the last paragraphs for another story."""
MANY: Final = 25
SURE_ODDS: Final = -2.2
"""A page has so many lines of furniture at least, that sure: one to nine that they are the article's."""
SURELY: Final = 0.98
"""The probability of furniture from which a page's line goes whatever the others are."""
MARGIN: Final = 0.05
"""By how much a page's line must be surer than at the fairest cut: a line that is lost breaks the text around it, too, and on
sites of a kind that nobody learned from the model is surer than it is right."""
TOP: Final = 5
"""Lines above an article among which a page has a surely foreign one: what begins with prose is none."""


def may_be_page(as_page: NDArray[Any], /, *, odds: float = SURE_ODDS) -> bool:
    """Whether a text has the lines of a page, and as many that are surely furniture, by their log-odds as a page's.

    Some of them stand at its top, where a page has its menus: an article with a long list at its end is no page.  From
    which ``odds`` on a line counts is a matter of who is asked.

    >>> import numpy as np
    >>> may_be_page(np.full(49, -3.0)), may_be_page(np.full(50, -3.0)), may_be_page(np.full(50, -1.0))
    (False, True, False)
    """
    sure = as_page < odds
    return len(as_page) >= LONG and int(sure.sum()) >= MANY and bool(sure[:TOP].any())


def news_share(site: float, /) -> float:
    """How far a page is read as a news site's, from its log-odds of being one; not at all below one to nineteen.

    >>> news_share(-4.0), news_share(0.0)
    (0.0, 0.5)
    """
    share = 1.0 / (1.0 + math.exp(-min(max(site, -30.0), 30.0)))
    return share if share >= 0.05 else 0.0


def fairest(furniture: NDArray[Any], words: NDArray[Any], /) -> float:
    """The probability from which a page's lines go, so that of what stays the expected precision and recall are best.

    Both count words, and their sum counts (after Lewis 1995 and Ye et al. 2012: the best cut follows from the
    probabilities alone).  A page on which little is sure keeps more than one that is clear; never less than even odds.

    >>> import numpy as np
    >>> clear, unclear = np.array([0.02, 0.02, 0.6]), np.array([0.4, 0.4, 0.6])
    >>> round(fairest(clear, np.array([9, 9, 9])), 2), round(fairest(unclear, np.array([9, 9, 9])), 2)
    (0.5, 0.6)
    """
    import numpy as np

    size = words + 0.01
    order = np.argsort(furniture, kind="stable")
    kept, hit = np.cumsum(size[order]), np.cumsum((size * (1.0 - furniture))[order])
    last = order[int(np.argmax(hit / kept + hit / max(float(hit[-1]), 1e-9)))]
    return float(min(max(np.nextafter(furniture[last], 2.0), 0.5), SURELY))


def surer(cut: float, /) -> float:
    """The cut by which a page's lines go, from the fairest one.

    >>> round(surer(0.5), 2), surer(0.97)
    (0.55, 0.98)
    """
    return min(cut + MARGIN, SURELY)


def scored(furniture: NDArray[Any], cut: float, /) -> NDArray[Any]:
    """Probabilities as spans' scores: .5 at even odds, .8 at the cut; monotone and piecewise linear, four places.

    >>> import numpy as np
    >>> scored(np.array([0.0, 0.5, 0.9, 1.0]), 0.9).tolist(), scored(np.array([0.9]), NEVER).tolist()
    ([0.0, 0.5, 0.8, 0.94], [0.58])
    """
    import numpy as np

    knots = (0.0, min(0.5, cut - 0.01), cut, max(1.0, cut))
    found: NDArray[Any] = np.round(np.interp(furniture, knots, (0.0, FLAGGED, STRIPPED, SUREST)), 4)
    return found
