"""Said: the quotation or clause that belongs to a cue."""

from __future__ import annotations

from newsclean.attribution.clauses import Range
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, Tokens

__all__ = ["content", "spoken_after"]


def content(t: Tokens, lex: Lexicon, cue: Range, source: Range | None) -> list[Range]:
    """What was said: the quotation or clause before the cue, or what follows it up to the end of its sentence."""
    low, high = t.bounds(cue[0])
    left = min(cue[0], source[0]) if source else cue[0]
    right = max(cue[1], source[1]) if source else cue[1]
    found: list[Range] = []
    before = _before(t, low, left)
    if before:
        found.append(before)
        if right < high and t.fold[right] not in (".",):
            after = _after(t, lex, right, high, quoted=True)
            if after:
                found.append(after)
        following = _following(t, lex, high)
        if following:
            found.append(following)
        return found
    after = _after(t, lex, right, high, quoted=False)
    if after:
        found.append(after)
    return found


def spoken_after(t: Tokens, lex: Lexicon, cue: Range) -> list[Range]:
    """What follows a cue whose source stands elsewhere: the rest of its sentence."""
    found = _after(t, lex, cue[1], t.bounds(cue[0])[1], quoted=False)
    return [found] if found else []


def _before(t: Tokens, low: int, left: int) -> Range | None:
    """A quotation or clause that a comma or a mark closes right before the cue."""
    if left - 1 < 0 or left <= low:
        j = left - 1
        if j < 0 or t.quote[j] != CLOSING or t.paragraph[j] != t.paragraph[left]:
            return None
    j = left - 1
    if t.quote[j] == CLOSING:
        k, quote, paragraph, here = j - 1, t.quote, t.paragraph, t.paragraph[j]
        while k >= 0 and quote[k] == INSIDE and paragraph[k] == here:
            k -= 1
        if k >= 0 and t.quote[k] == OPENING and t.paragraph[k] == t.paragraph[j]:
            if j - k > 4 and t.fold[j - 1] in {",", "?", "!", ".", "…", "..."}:
                return (min(low, k) if t.sentence[k] == t.sentence[j] and k - low < 25 else k, j + 1)
            if k == low:
                return (k, j + 1)
            return (low, j + 1) if t.fold[j - 1] == "," else None
        return (k + 1, j + 1)
    if t.fold[j] == "," and j + 1 < len(t) and j - low >= 4:
        if j > low and t.quote[j - 1] == CLOSING:
            return (low, j)
        return (low, j)
    return None


def _after(t: Tokens, lex: Lexicon, right: int, high: int, *, quoted: bool) -> Range | None:
    """What follows the cue, without "that" and the mark before it, and without what the next cue opens."""
    start = right
    while (
        start < high
        and (t.fold[start] in {",", ":", "that", ";"} or (not quoted and t.fold[start] in lex.weekdays))
        and t.quote[start] != OPENING
    ):
        start += 1
    if quoted and (start >= high or not any(q == OPENING for q in t.quote[start : start + 3])):
        nearest = next((k for k in range(start, high) if t.quote[k] == OPENING), None)
        if nearest is None:
            return None
        start = nearest
    if start >= high:
        return None
    end = high
    if t.quote[start] == OPENING:
        close = next(
            (k for k in range(start + 1, len(t)) if t.quote[k] == CLOSING or t.paragraph[k] != t.paragraph[start]),
            len(t),
        )
        end = max(close + (close < len(t) and t.quote[close] == CLOSING), end) if close + 3 >= high else high
    elif "," in t.fold[start + 2 : high]:
        for k in range(start + 2, high):
            if t.fold[k] == "," and k + 1 < high and t.quote[k] not in (INSIDE,):
                verb = lex.verbs.get(t.fold[k + 1])
                if (
                    verb is not None
                    and verb.form == "gerund"
                    and verb.group in {"say", "communicate", "assert", "distance", "think", "deny"}
                ):
                    end = k
                    break
    while end > start + 1 and t.fold[end - 1] in {".", ",", ";", ":"} and t.quote[end - 1] not in (CLOSING, INSIDE):
        end -= 1
    return (start, end)


def _following(t: Tokens, lex: Lexicon, high: int) -> Range | None:
    """The quotation that goes on in the same paragraph behind the sentence of its cue."""
    if high >= len(t) or t.quote[high] != OPENING or t.paragraph[high] != t.paragraph[high - 1]:
        return None
    end, size, quote, paragraph = high + 1, len(t), t.quote, t.paragraph
    while end < size and quote[end] == INSIDE and paragraph[end] == paragraph[high]:
        end += 1
    if end < len(t) and t.quote[end] == CLOSING:
        end += 1
        if end < len(t) and t.paragraph[end] == t.paragraph[high] and t.fold[end - 2] == ",":
            return None  # another cue follows it
        if end < len(t) and t.paragraph[end] == t.paragraph[high] and t.fold[end] in lex.verbs:
            return None
    return (high, end)
