"""The words of a language, compiled once: what the engine knows of it.

A language is one file `vocabulary/<lang>.yml`; the engine has no word of any language in its code. Its form:

    language: en
    cased:      {US: u.s}        exact tokens that mean something else in lower case, and what to read instead
    prefixes:   [و, ال, بال]     clitics that may stand in front of a known word, joined to it; longest first
    suffixes:   ["'s"]           the same behind a word
    name_suffixes: [s]           the same behind a capitalised word only ("Assads", where feeds drop apostrophes)
    grammar:
      subject:     before|after  where the doer stands to the verb ("jets bombed" / "قصفت الطائرات")
      modifier:    before|after  where the doer stands to the deed's noun ("Russian strikes" / "غارات روسية")
      plurals:     [s, people]   endings of plurals: behind an article they count nobody
      possessives: [his]         words that count one in front of a relative ("a girl and her mother")
      definite:    [the]         what points back to a deed told before ("the attack")
      owns:        [its]         what makes forces the speaker's ("said its jets had bombed")
      singular_be: [was]         what stands in front of "killed" when one person was
      compass:     [eastern]     words that may belong to a place name though written small
      figure_span: 7             words that may stand between a number and what it counts
      others_alike: false        whether "others" are of the kind counted before them
      cased_names: true          whether names begin with capitals
      article: ال                the article, where it is written in one with its word
      attached_of: ل             "of", where it is written in one with the word behind it
      attached_join: و           "and", where it is written in one with the word behind it
    events:     [{type?, role: noun|verb|means, weak?, flown?, aimed?, words}]   type: a value of model.EventType
                adjective: an actor only right before a weapon ("Syrian warplanes")
                flown: what powers without ground forces do from the air ("strike")
                downs: aircraft suffer it, and whoever owns them did not do it ("shot down")
                afar: done from the air where nothing else is told of it ("a strike")
                aimed: what forces with guns do to a place by shelling it, unless the means are told (استهدف)
                raid: told by it only where nothing else tells the type
                replies: what is done in answer to a deed told before ("retaliated")
                custody: whoever holds the place does it ("tortured to death in a prison of")
    outcomes:   [{outcome: killed | [killed, injured], side: left|right|either, counted?, words}]
                side: where the counted victims stand to the word; counted: the word is what the number counts;
                bears: its subject suffers it ("the army lost 12 men");
                anaphor: a pronoun in it says who ("مقتله")
    victims:    [{class: civilians…, count?, family?, kin?, words}]   count: how many the bare word means (dual: 2);
                kin: it counts one only where others of the family stand right behind ("أم وابنها")
    actors:     [{ids: [russia], claimant?, terrorists?, words}] claimant: its name when it speaks; ids of none with
                anaphor: whoever else the report calls by the same word ("the occupation", once "Turkish");
                latter: whoever was named last;
                office: whose it is has changed (`offices`);
                tied: an actor only behind whoever belongs to it ("factions affiliated with the Ministry of Defence")
    claimants:  [{name: SOHR, ids?, anaphor?, capital?, described?, unnamed?, relay?, words}]   ids: whose voice;
                anaphor: means the last one named; described: called by the report's own words ("a police source");
                unnamed: nobody in particular; relay: an agency that passes on what others say
    reporting:  [{addressed?, role: said|according|accuse|deny|own|unclaimed, words}]
    cues:       [{role: …, words}]     roles are listed in `CUE_ROLES`
    places:     [{kind: village|…|in|from|head, words}]          nouns and prepositions around place names;
                stationed: "who stand at", which is the scene only of what hits them
                head: a word that names begin with (تل, كفر)
    foreign:    [{words}]              places of other countries

`words` are phrases. `{a,b}` stands for either, `{a,}` for a or nothing; braces do not nest. Phrases are matched
token by token, in any case, with or without hyphens; the longest phrase wins, and a phrase listed twice has
both meanings. Foreign letters may be written with or without their marks: both sides are folded by `text.fold`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import yaml

from claimatlas.errors import InputError
from claimatlas.model import Actor, EventType, Outcome, Victims
from claimatlas.text.forms import fold

# Bounds the memory of a long run; words repeat, so forgetting all of them now and then costs little.
_MAX_REMEMBERED = 100_000
# Capitalised words no longer than this are whole, whatever they end in.
_MIN_NAME = 4
_FOLDER = Path(__file__).parent / "vocabulary"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BRACES = re.compile(r"\{([^{}]*)\}")
# The spaces of a phrase that stand in no braces.
_CHUNKS = re.compile(r" (?![^{}]*\})")
# It begins with a set of characters, for which a text is looked through much faster than for a choice.
TOKEN = re.compile(r"[^\W_](?:(?=\.)(?<!\d)\.(?:(?:[^\W\d_]\.)+(?!\w)|[^\W\d_](?!\w))|[^\W_]*(?:['’ʼ`][^\W_]+)*)")
"""A word: letters and digits, with apostrophes inside; "U.S." is one; a hyphen ends it."""

SECTIONS = ("events", "outcomes", "victims", "actors", "claimants", "reporting", "cues", "places", "foreign")
CUE_ROLES = frozenset({
    "all_of_them", "also", "amid", "among", "another", "answers", "are", "army", "aside", "asset", "backed",
    "based", "be", "before", "between", "blamed", "blamed_on", "boilerplate", "born", "by", "campaign", "clause",
    "conditional", "country", "dateline", "earlier", "elsewhere", "further", "goes_on", "have", "hedge",
    "hedge_past", "holder", "homonym", "idle", "ignore_number", "include", "join", "leave", "negation", "neutral",
    "no_casualties", "no_deaths", "no_report", "of_them", "other", "overall", "owned_by", "partitive", "periodical",
    "petition", "raises", "reach", "relative", "replaced", "reply", "responsible", "rises", "since", "spoken_of",
    "sum", "survivor", "suspect", "tally", "target", "that", "toll", "unarmed", "unit", "update", "where", "with",
    "wounded", "wounds",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What one phrase means.

    Attributes:
        kind: The section it stands in, in the singular ("event", "outcome", "cue", …).
        role: Its role or kind within the section.
        type: Of an event: what the word says about its type.
        outcomes: Of an outcome: which.
        side: Of an outcome: where the victims stand to it (left, right, either).
        victims: Of a victims noun: whom it counts.
        count: Of a victims noun: how many the bare word means.
        actors: Of an actor: who.
        name: Of a claimant or actor: its name in claims.
        flags: Anything else said of it (weak, counted, anaphor, terrorists, family, additional).
    """

    kind: str
    role: str = ""
    type: EventType | None = None
    outcomes: tuple[Outcome, ...] = ()
    side: str = ""
    victims: Victims | None = None
    count: int | None = None
    actors: tuple[Actor, ...] = ()
    name: str = ""
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """The few rules of word order the engine asks for.

    Attributes:
        subject: Whether the doer stands before or after the verb.
        modifier: Whether the doer stands before or after the deed's noun.
        plurals: Endings of plurals; "a militants' base" has no single victim.
        owns: Words that make forces those of who speaks ("its jets").
        possessives: Words that count one in front of a relative.
        definite: Words that point back to a deed told before ("the attack").
        articles: Articles that are words of their own.
        singular_be: What stands in front of "killed" when one person was.
        compass: Words that may belong to a place name though written small ("eastern Ghouta").
        figure_span: How many words may stand between a number and what it counts.
        others_alike: Whether "others" are of the kind counted before them.
        cased_names: Whether names begin with capitals.
        article: The article, where it is written in one with its word; else empty.
        attached_of: "Of", where it is written in one with the word behind it; else empty.
        attached_join: "And", where it is written in one with the word behind it; empty where it is a word.
    """

    subject: str = "before"
    modifier: str = "before"
    plurals: tuple[str, ...] = ()
    possessives: frozenset[str] = frozenset()
    owns: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    singular_be: tuple[str, ...] = ()
    compass: tuple[str, ...] = ()
    figure_span: int = 7
    others_alike: bool = False
    cased_names: bool = True
    article: str = ""
    attached_of: str = ""
    attached_join: str = ""


class Meaning(tuple[Entry, ...]):
    """All that one phrase may mean, with the questions asked of it most often answered once, when it is compiled.

    Attributes:
        cues: The roles it has as a cue.
        keys: What it is found by: its roles as a cue, and the kinds of its other entries.
        flags: Whatever else is said of any of its entries.
        deeds: Those of its entries that tell a type of deed.
        places: What kinds of place it names, and how it leads on to one ("in", "from").
        first: Its first entry of each kind, and of each kind and role.
    """

    cues: frozenset[str]
    keys: frozenset[str]
    flags: frozenset[str]
    deeds: tuple[Entry, ...]
    places: frozenset[str]
    first: dict[tuple[str, ...], Entry]

    def __new__(cls, entries: Iterable[Entry] = ()) -> Meaning:
        """Compile the entries of a phrase."""
        meaning = super().__new__(cls, entries)
        meaning.cues = frozenset(entry.role for entry in meaning if entry.kind == "cue")
        meaning.keys = meaning.cues | {entry.kind for entry in meaning if entry.kind != "cue"}
        meaning.flags = frozenset[str]().union(*(entry.flags for entry in meaning))
        meaning.deeds = tuple(entry for entry in meaning if entry.kind == "event" and entry.type is not None)
        meaning.places = frozenset(entry.role for entry in meaning if entry.kind == "place")
        meaning.first = {}
        for entry in meaning:
            meaning.first.setdefault((entry.kind,), entry)
            meaning.first.setdefault((entry.kind, entry.role), entry)
        return meaning


class Lexeme(msgspec.Struct, frozen=True):
    """What the vocabulary has for one word of a text, as it is written.

    Attributes:
        norm: The form it is compared in.
        forms: The known words it may be (`Vocabulary.forms`).
        opens: What the phrases that begin with them go on with.
        alone: What it means where none of them goes on.
        goes_on: The words that go on with one of them.
    """

    norm: str
    forms: tuple[str, ...]
    opens: tuple[_Node, ...]
    alone: Meaning
    goes_on: frozenset[str]


_NO_MEANING = Meaning()


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: Meaning = _NO_MEANING


def _follow(node: _Node, path: Iterable[str]) -> _Node:
    """The node that words lead to from another one, made where there is none."""
    for token in path:
        following = node.children.get(token)
        if following is None:
            following = node.children[token] = _Node()
        node = following
    return node


class _Lexemes(dict[str, Lexeme]):
    """What is known of the words of texts as they are written, worked out when a word is met for the first time."""

    def __init__(self, read: Callable[[str], Lexeme]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: str) -> Lexeme:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        lexeme = self[word] = self._read(word)
        return lexeme


class Vocabulary:
    """The compiled words of one language.

    Attributes:
        lang: Code of the language.
        lexemes: What is known of a word of a text, by the word as it is written.
        grammar: The rules of word order.
    """

    def __init__(self, lang: str, data: dict[str, Any]) -> None:
        """Compile a language file.

        Args:
            lang: Code of the language.
            data: Content of the file.

        Raises:
            InputError: The file has faults; all of them are named.
        """
        self.lang = lang
        self.cased: dict[str, str] = {str(k): str(v) for k, v in (data.get("cased") or {}).items()}
        self.prefixes = tuple(fold(str(p)) for p in data.get("prefixes") or ())
        self.suffixes = tuple(fold(str(s)) for s in data.get("suffixes") or ())
        self.name_suffixes = tuple(fold(str(s)) for s in data.get("name_suffixes") or ())
        self.grammar = _read_grammar(data.get("grammar") or {})
        self._root = _Node()
        self._known: set[str] = set()
        self._forms: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._normals: dict[str, str] = {}
        self._single: dict[str, Meaning] = {}
        self.lexemes = _Lexemes(self._read_word)
        self._meanings: dict[tuple[int, int], Meaning] = {}
        self._entries: list[Entry] = []
        faults: list[str] = []
        for section in SECTIONS:
            for item in data.get(section) or ():
                try:
                    entry = _make_entry(section, item)
                except (KeyError, ValueError) as error:
                    faults.append(f"{section}: {error} in {str(item)[:80]}")
                    continue
                self._entries.append(entry)
                for phrase in item["words"]:
                    self._add(str(phrase), entry)
        # Every word met so far is one of a phrase.
        self._known = set(self._normals.values())
        if faults:
            raise InputError(f"The vocabulary of {lang!r} has faults; correct them: {'; '.join(faults)}.")

    def _add(self, phrase: str, entry: Entry) -> None:
        # Word by word, so that the many phrases that begin alike are spelt out once up to where they part.
        nodes = [self._root]
        for chunk in _CHUNKS.split(phrase):
            paths = [tuple(map(self.normal, TOKEN.findall(variant))) for variant in expand(chunk)]
            nodes = [_follow(node, path) for node in nodes for path in paths]
        for node in nodes:
            if node is not self._root:
                node.entries = self._joined(node.entries, entry)

    def _joined(self, meaning: Meaning, entry: Entry) -> Meaning:
        """A phrase's meaning with one more entry; tens of thousands of phrases share a few hundred."""
        key = id(meaning), id(entry)
        joined = self._meanings.get(key)
        if joined is None:
            joined = meaning if entry in meaning else Meaning((*meaning, entry))
            self._meanings[key] = joined
        return joined

    def normal(self, token: str) -> str:
        """The form a token is compared in: folded, without its final full stop."""
        known = self._normals.get(token)
        if known is None:
            known = self.cased.get(token) or fold(token).replace("’", "'").replace("ʼ", "'").rstrip(".")
            if len(self._normals) > _MAX_REMEMBERED:
                self._normals.clear()
            self._normals[token] = known
        return known

    def entries(self) -> Iterator[Entry]:
        """Every meaning that the file gives, once."""
        yield from self._entries

    def begins_with_join(self, token: str) -> bool:
        """Whether a token's normal form has "and" written in one with it."""
        join = self.grammar.attached_join
        return bool(join) and token.startswith(join) and token not in self._known and len(token) > len(join) + 1

    def has_article(self, token: str) -> bool:
        """Whether a token's normal form has the article written in one with it, behind one more clitic at most."""
        article = self.grammar.article
        return bool(article) and article in token[: len(article) + 1] and token not in self._known

    def without_verbs(self, meaning: Meaning) -> Meaning:
        """What a phrase means behind an article, which no verb of saying has ("التابع لقوات النظام")."""
        kept = (entry for entry in meaning if entry.kind != "reporting" or entry.role not in _SAYING)
        return Meaning(kept)

    def forms(self, token: str, *, capital: bool = False) -> tuple[str, ...]:
        """The known words a normal token may be: itself, and without the clitics joined to it.

        Args:
            token: A token's normal form.
            capital: Whether the text writes it with a capital.
        """
        known = self._forms.get((token, capital))
        if known is None:
            # Short names end in "s" themselves ("Hass", which is not what "has" means).
            named = capital and len(token) > _MIN_NAME
            suffixes = self.suffixes + self.name_suffixes if named else self.suffixes
            known = tuple(dict.fromkeys(form for form in self._strip(token, suffixes) if form in self._known))
            if len(self._forms) > _MAX_REMEMBERED:
                self._forms.clear()
            self._forms[token, capital] = known
        return known

    def _strip(self, token: str, suffixes: Sequence[str]) -> Iterator[str]:
        yield token
        for suffix in suffixes:
            if token.endswith(suffix) and len(token) > len(suffix) + 1:
                yield token[: -len(suffix)]
        for prefix in self.prefixes:
            if token.startswith(prefix) and len(token) > len(prefix) + 1:
                rest = token[len(prefix) :]
                yield rest
                for suffix in suffixes:
                    if rest.endswith(suffix) and len(rest) > len(suffix) + 1:
                        yield rest[: -len(suffix)]

    def _read_word(self, word: str) -> Lexeme:
        """What is known of a word of a text, clitics and capital considered."""
        norm = self.normal(word)
        return self._lexeme(norm, self.forms(norm, capital=word[0].isupper()))

    def _lexeme(self, norm: str, forms: tuple[str, ...]) -> Lexeme:
        children = self._root.children
        opens = tuple(children[form] for form in forms if form in children)
        alone = next((node.entries for node in opens if node.entries), _NO_MEANING)
        return Lexeme(norm, forms, opens, alone, frozenset().union(*(node.children for node in opens)))

    def find_phrases(self, lexemes: Sequence[Lexeme]) -> Iterator[tuple[int, int, Meaning]]:
        """All known phrases of a text, the longest one at each word, without overlaps.

        Args:
            lexemes: The words of the text, from `lexemes`.

        Yields:
            Index of a phrase's first word, the index after its last one, and what it means.
        """
        end = 0
        for start, lexeme in enumerate(lexemes):
            if not lexeme.opens or start < end:
                continue
            following = lexemes[start + 1].forms if start + 1 < len(lexemes) else ()
            if lexeme.goes_on.isdisjoint(following):  # nothing longer begins with it, as mostly
                if lexeme.alone:
                    end = start + 1
                    yield start, end, lexeme.alone
                continue
            found = self._longest(lexemes, start)
            if found is not None:
                end, meaning = found
                yield start, end, meaning

    def meaning(self, token: str) -> Meaning:
        """What a token alone may mean, by its normal form; an empty meaning for an unknown one."""
        known = self._single.get(token)
        if known is None:
            children = self._root.children
            found = (children[form].entries for form in self.forms(token) if form in children)
            known = next((entries for entries in found if entries), _NO_MEANING)
            if len(self._single) > _MAX_REMEMBERED:
                self._single.clear()
            self._single[token] = known
        return known

    def match(self, forms: Sequence[tuple[str, ...]], start: int) -> tuple[int, Meaning] | None:
        """The longest known phrase that begins at a token.

        Args:
            forms: The possible words (`forms`) of every token of a text.
            start: Index of the first token.

        Returns:
            How many tokens the phrase has and what it means, or None.
        """
        return self._longest([self._lexeme("", own) for own in forms[start:]], 0)

    @staticmethod
    def _longest(lexemes: Sequence[Lexeme], start: int) -> tuple[int, Meaning] | None:
        """Where the longest phrase that begins at a word ends, and what it means."""
        best: tuple[int, Meaning] | None = None
        nodes: Sequence[_Node] = lexemes[start].opens
        end = start + 1
        while nodes:
            for node in nodes:
                if node.entries:
                    best = (end, node.entries)
                    break
            if end == len(lexemes):
                break
            forms = lexemes[end].forms
            if not forms:
                break
            if len(nodes) == len(forms) == 1:  # as mostly; a list would take most of the time
                following = nodes[0].children.get(forms[0])
                if following is None:
                    break
                nodes = (following,)
            else:
                nodes = [node.children[form] for node in nodes for form in forms if form in node.children]
            end += 1
        return best


def expand(phrase: str) -> Iterator[str]:
    """Every phrase that a phrase with braces stands for.

    >>> list(expand("air {strike,raid}{,s}"))
    ['air strike', 'air strikes', 'air raid', 'air raids']
    """
    pieces = _BRACES.split(phrase)
    options = [piece.split(",") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    yield from map("".join, itertools.product(*options))


def _read_grammar(grammar: dict[str, Any]) -> Grammar:
    return Grammar(
        subject=grammar.get("subject", "before"),
        modifier=grammar.get("modifier", "before"),
        plurals=tuple(fold(str(p)) for p in grammar.get("plurals") or ()),
        owns=frozenset(str(w) for w in grammar.get("owns") or ()),
        possessives=frozenset(str(w) for w in grammar.get("possessives") or ()),
        definite=frozenset(str(w) for w in grammar.get("definite") or ()),
        articles=frozenset(str(w) for w in grammar.get("articles") or ()),
        singular_be=tuple(str(w) for w in grammar.get("singular_be") or ()),
        compass=tuple(str(c) for c in grammar.get("compass") or ()),
        figure_span=int(grammar.get("figure_span", 7)),
        others_alike=bool(grammar.get("others_alike", False)),
        cased_names=bool(grammar.get("cased_names", True)),
        article=str(grammar.get("article", "")),
        attached_of=str(grammar.get("attached_of", "")),
        attached_join=str(grammar.get("attached_join", "")),
    )


# Roles of verbs of saying.
_SAYING = frozenset({"said", "own", "deny"})
# What an entry says of itself with `flag: true`.
_FLAGS = (
    "weak", "counted", "anaphor", "terrorists", "family", "flown", "afar", "aimed", "addressed", "adjective",
    "capital", "additional", "described", "unnamed", "relay", "repels", "bears", "downs", "custody", "replies",
    "latter", "raid", "office", "tied", "kin",
)  # fmt: skip


def _make_entry(section: str, item: dict[str, Any]) -> Entry:
    kind = section.removesuffix("s") if section not in ("victims", "reporting", "foreign") else section
    role = str(item.get("role") or item.get("kind") or "")
    if kind == "cue" and role not in CUE_ROLES:
        raise ValueError(f"unknown role {role!r}")
    outcome = item.get("outcome") or []
    return Entry(
        kind=kind,
        role=role,
        type=EventType(item["type"]) if item.get("type") else None,
        outcomes=tuple(Outcome(o) for o in ([outcome] if isinstance(outcome, str) else outcome)),
        side=str(item.get("side", "")),
        victims=Victims(item["class"]) if "class" in item else None,
        count=item.get("count"),
        actors=tuple(Actor(a) for a in item.get("ids", ())),
        name=str(item.get("name") or item.get("claimant") or ""),
        flags=frozenset(flag for flag in _FLAGS if item.get(flag)),
    )


@functools.cache
def load_vocabulary(lang: str) -> Vocabulary:
    """The vocabulary of a language, compiled at its first use.

    Args:
        lang: `en` or `ar`.

    Raises:
        InputError: There is no such language, or its file has faults.
    """
    path = _FOLDER / f"{lang}.yml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in _FOLDER.glob("*.yml")))
        raise InputError(f"There is no vocabulary for the language {lang!r}; known are {known}.")
    return Vocabulary(lang, yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
