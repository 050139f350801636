"""How a person's name is known again in a text without being kept: the forms it may have, each by a hash.

A name of several words has the forms of all of them and of its first and last one, in any order, of any other two, of
its first letter and last word, and of each word alone and among others. What an account is called (`olno12`,
`ola.nordmann`, the part of an address before @) is a form as it is written.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

# Of a name: all its words, or the first and the last; two others; first letter and last word; one word alone; any word
# of several, which alone is nobody's name. And the name of an account.
NameForm = StrEnum("NameForm", "FULL_NAME NAME_PAIR INITIAL NAME_PART NAME_WORD USER_NAME")

SHORTEST = 3
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """A text as compared: one way of writing accents, no capital letters."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=200_000)
def key_of(form: NameForm, *words: str) -> str:
    """The hash that stands for words in a form; in a name of several their order does not count."""
    told = sorted(map(folded, words)) if form in (NameForm.FULL_NAME, NameForm.NAME_PAIR) else map(folded, words)
    return blake2b("\0".join((form, *told)).encode(), digest_size=8, person=b"rorikt").hexdigest()


def forms_of(value: str) -> Iterator[tuple[NameForm, str]]:
    """The forms of what a person column holds, as form and hash; none of a number, which is nobody's name."""
    text = _BRACKETS.sub(" ", value).strip()
    name, at, _ = text.rpartition("\\")[2].partition("@")
    words = _WORD.findall(name)
    if not any(map(str.isalpha, name)):
        return
    is_account = bool(at) or (len(text.split()) == 1 and (len(words) > 1 or not name.istitle()))
    if is_account and len(name) >= SHORTEST:
        yield NameForm.USER_NAME, key_of(NameForm.USER_NAME, name)
    if len(words) > 1 and (not is_account or all(map(str.isalpha, words))):
        yield from _of_several(*_ends(name, words), words)
    # An account's single word, as post, is no name of anybody.
    if all(map(str.isalpha, words)) and not (is_account and len(words) == 1):
        parts = [word for word in words if len(word) >= SHORTEST]
        yield from ((NameForm.NAME_PART, key_of(NameForm.NAME_PART, part)) for part in dict.fromkeys(parts))


def _of_several(first: str, last: str, words: list[str]) -> Iterator[tuple[NameForm, str]]:
    """The forms of a name of several words that take more than one of them."""
    yield from ((NameForm.FULL_NAME, key_of(NameForm.FULL_NAME, *each)) for each in ((first, last), words))
    pairs = combinations([word for word in words if len(word) >= SHORTEST], 2)
    yield from ((NameForm.NAME_PAIR, key_of(NameForm.NAME_PAIR, *pair)) for pair in pairs)
    yield NameForm.INITIAL, key_of(NameForm.INITIAL, first[0], last)
    yield from ((NameForm.NAME_WORD, key_of(NameForm.NAME_WORD, word)) for word in words)


def _ends(name: str, words: list[str]) -> tuple[str, str]:
    """First name and surname: `Nordmann, Kari Anne` has them the other way round."""
    surname, comma, first = name.partition(",")
    if comma and _WORD.search(first):
        return _WORD.findall(first)[0], (_WORD.findall(surname) or words)[-1]
    return words[0], words[-1]
