"""Names of people in a text: those that the exports' person columns hold, as whole words.

All words of a name, or its first and last one, that stand together are a name whatever else they mean; where they
have capital letters so are the first and the last with others between, any two, and an initial with the last. One of
them alone is a name where it has a capital letter and is no ordinary word: none of the library's own texts or the
settings, no part of a supplier's or a category's name, and no place (`på Eide`, `Eide skole`). A user name is known as
it is written.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.config.shipped import shipped
from rorikt_lib.present.language import ROOM, languages
from rorikt_lib.publish.privacy.pdf import APART
from rorikt_lib.publish.privacy.shapes import Private, PrivateKind
from rorikt_lib.terms.persons import SHORTEST, NameForm, folded, key_of

_WORD = re.compile(r"[^\W_]+")
_ACCOUNT = re.compile(r"\w[\w.\-]*\w")
# Of a name such as PC-OLNO12: a part with letters and digits.
_IN_NAME = re.compile(r"(?<=-)[^\W\d_]+\d+(?!\w)|(?<!\w)[^\W\d_]+\d+(?=-)")
_BETWEEN = re.compile(rf"[\s,.\-_*(){APART}]{{1,4}}")
# The longest name that is looked for as a whole.
_MOST_WORDS = 5
_BEFORE_PLACE = re.compile(r"\b(?:i|på|rundt)\s$", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    r"\s?(?:-|\s)(?:og \w+ )?(?:\w*(?:skole|barnehage|sykehjem|senter|kirke|kontor|hall|bibliotek)\w*|kommune\w*"
    r"|\w*(?:sentrum|hus)|(?:rådhus|legevakt|sone|krets)\w*|nord|sør|øst|vest"
    r"|AS|ASA|SA|IKS|KF|DA|ANS|Data|IT|IKT|Software|Systemer|Consulting)\b"
)
_TEXT_LIKE = {"category", "channel", "supplier_name", "account_name", "line", "model", "manufacturer", "item"}


class Place(NamedTuple):
    """Where somebody is named in the exports."""

    file: str
    line: int
    column: str


@dataclass(frozen=True)
class People:
    """Who must not be named. places: hash → where in the exports. ordinary: words that alone are nobody's name.

    words: hashes of all words in names of several, so that little of a text is looked up; None where nobody knows them.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    ordinary: Collection[str] = frozenset()
    words: Collection[str] | None = None
    _ending: dict[str, bool] = field(default_factory=dict, compare=False, init=False)
    _named: dict[str, bool] = field(default_factory=dict, compare=False, init=False)
    _of_accounts: dict[str, Place | None] = field(default_factory=dict, compare=False, init=False)

    def named_in(self, text: str) -> Iterator[tuple[Private, Place]]:
        """Each name in a readable text, and who has it."""
        if not self.places:
            return
        # Of most texts, no word is any name's.
        if any(map(self._may_be_of_name, _WORD.findall(text))):
            words = list(_WORD.finditer(text))
            yield from self._full_names(words, text)
            for word in words:
                yield from self._alone(word, text)
        for pattern in (_ACCOUNT, _IN_NAME):
            if any(map(self._account_of, pattern.findall(text))):
                yield from self._accounts(pattern.finditer(text))

    def full_names_in(self, text: str) -> Iterator[tuple[Private, Place]]:
        """Each name of several words that stand together, in any order."""
        return self._full_names(list(_WORD.finditer(text)), text)

    def _full_names(self, words: list[re.Match[str]], text: str) -> Iterator[tuple[Private, Place]]:
        known = self.places.keys()
        for run in _runs(words, text):
            said = tuple(word[0] for word in run)
            for start, last in _stretches([n for n, word in enumerate(said) if self._may_end_name(word)]):
                for keys in _keys_of(said[start : last + 1]):
                    if not known.isdisjoint(keys):
                        place = next(filter(None, map(self.places.get, keys)))
                        yield Private(PrivateKind.NAME, run[start].start(), run[last].end()), place

    def _may_be_of_name(self, word: str) -> bool:
        """Whether it may be one by itself, or begin or end one of several words."""
        if word not in self._named:
            alone = (self._place_of(name) for name in _called_alone(word))
            self._named[word] = self._may_end_name(word) or any(alone)
        return self._named[word]

    def _place_of(self, name: str) -> Place | None:
        """Who is called so by one word alone."""
        return self.places.get(key_of(NameForm.NAME_PART, name))

    def _may_end_name(self, word: str) -> bool:
        """Whether a name of several words may begin or end with this one."""
        if word not in self._ending:
            keys = {key_of(NameForm.NAME_WORD, form) for form in (word, _without_genitive(word))}
            is_initial = len(word) == 1 and word.isupper()
            self._ending[word] = self.words is None or is_initial or not keys.isdisjoint(self.words)
        return self._ending[word]

    def _alone(self, word: re.Match[str], text: str) -> Iterator[tuple[Private, Place]]:
        for name in _called_alone(word[0]):
            place = self._place_of(name)
            if place and folded(name) not in self.ordinary and not _is_place(word, text):
                yield Private(PrivateKind.NAME, *word.span()), place

    def _accounts(self, words: Iterable[re.Match[str]]) -> Iterator[tuple[Private, Place]]:
        for word in words:
            if place := self._account_of(word[0]):
                yield Private(PrivateKind.USER_NAME, *word.span()), place

    def _account_of(self, word: str) -> Place | None:
        """Whose user name it is."""
        if word not in self._of_accounts:
            place = self.places.get(key_of(NameForm.USER_NAME, word))
            self._of_accounts[word] = place if folded(word) not in self.ordinary else None
        return self._of_accounts[word]


def _runs(words: list[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a text, as far as they stand together."""
    run: list[re.Match[str]] = []
    for word in words:
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    yield run


def _stretches(ends: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each stretch between two of these places that a name may be as long as."""
    for n, start in enumerate(ends):
        yield from ((start, last) for last in ends[n + 1 : n + _MOST_WORDS] if last < start + _MOST_WORDS)


# Pages, their files and other pages say most things in the same words.
@lru_cache(maxsize=200_000)
def _keys_of(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The hashes by which somebody may be called so: of the words as they are, and without the last one's s."""
    first, *between, last = words
    return [_keys(first, between, surname) for surname in dict.fromkeys([last, _without_genitive(last)])]


def _keys(first: str, between: list[str], surname: str) -> tuple[str, ...]:
    keys = [key_of(NameForm.FULL_NAME, first, *between, surname)]
    if first[0].isupper() and all(word[0].isupper() for word in (*between, surname)):
        keys += [key_of(NameForm.FULL_NAME, first, surname)] if between else _of_two(first, surname)
    return tuple(keys)


def _of_two(first: str, second: str) -> list[str]:
    """The hashes of two words with capital letters."""
    pair = [key_of(NameForm.NAME_PAIR, first, second)]
    return [*pair, key_of(NameForm.INITIAL, first, second)] if len(first) == 1 else pair


def people_of(persons: pd.DataFrame, settings: Settings, terms: Collection[str] = ()) -> People:
    """The persons of a workbook. terms: what its published columns say (see published_terms)."""
    is_word = persons.form == NameForm.NAME_WORD
    told = persons[~is_word]
    rows = zip(told.key, told.source_file, told.source_line, told.column, strict=True)
    places = {key: Place(file, line, column) for key, file, line, column in rows}
    # Tables that an older version has made do not have them.
    words = None if (told.form == NameForm.FULL_NAME).any() and not is_word.any() else frozenset(persons.key[is_word])
    # A supplier that has a person's whole name makes no ordinary word of it.
    full = People(places, words=words)
    usual = [term for term in terms if not any(full.full_names_in(term))]
    own = settings.model_dump_json(exclude={"privacy"})
    return People(places, _library_words() | _words(own) | _words(" ".join(usual)), words)


def published_terms(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """What the clean tables call suppliers, categories and the like."""
    columns = (table[name] for table in tables.values() for name in _TEXT_LIKE & {*table.columns})
    return {str(term) for column in columns for term in column.dropna().unique()}


@cache
def _library_words() -> frozenset[str]:
    """Every word of the texts that the report is written in, and of the names that are words besides."""
    texts = [
        file.read_text(encoding="utf-8")
        for code in languages()
        for file in (ROOM / code).rglob("*")
        if file.suffix in {".py", ".yml", ".md"}
    ]
    return _words(" ".join(texts)) | frozenset(map(folded, shipped("privacy")["ordinary_words"]))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, _WORD.findall(text)))


def _called_alone(word: str) -> Iterable[str]:
    """What a word may be called by itself: only with a capital letter."""
    return dict.fromkeys([word, _without_genitive(word)]) if len(word) >= SHORTEST and word[0].isupper() else ()


def _without_genitive(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > SHORTEST else word


def _is_place(word: re.Match[str], text: str) -> bool:
    return bool(
        _BEFORE_PLACE.search(text, max(0, word.start() - 8), word.start()) or _AFTER_PLACE.match(text, word.end())
    )
