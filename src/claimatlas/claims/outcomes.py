"""What became of those a clause counts, and which figures are parts of others."""

from __future__ import annotations

import re
from itertools import pairwise

from claimatlas.claims.coordination import HARD_BREAK, are_joined
from claimatlas.claims.counts import BREAK, PAIRS, TOLL_GAP, Figure, label_before, parts_clauses
from claimatlas.claims.persons import name_end, person_figure
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Outcome, Victims

# Words that may stand between an outcome word and the figure behind it ("killed in cold blood at least 12").
_RIGHT_GAP = 4
# The same where the doer stands between the verb and whom it hit ("اغتال مجهولون يستقلون دراجة نارية مساء أمس شابا").
_SUBJECT_GAP = 9
# … where its form leaves no doubt: "killing X, a field commander of the group, and eight more militants".
_NAMES_GAP = 14
# Words that may stand between a figure and the outcome word behind it, in front of which there may be a whole
# relative clause ("15 people, most of them farmers on their way to market in the town, were killed").
_LEFT_GAP = 26
_NAMED_LEFT_GAP, _APPOSITION_GAP = 8, 14
# "The toll has risen to four children".
_RISEN_GAP = 1
_TOTALS = ("total of ", "a total of ", "A total of ", "Total of ")
# "A woman was killed", but not "a doctor who saw how six were killed".
_ARTICLE_GAP = 3
# "An earlier toll from the strike on the northern town of … had put it at 15".
_OLD_TOLL_GAP = 14


def has_own_outcome(mentions: Mentions, figure: Figure) -> bool:
    """Whether an outcome word stands right behind a figure ("… and more than 30 wounded")."""
    word = mentions.words.get(figure.last)
    follows = (
        word is not None
        and word.get("outcome") is not None
        and not parts_clauses(mentions, figure.last - 1, figure.last)
        and not (figure.named and _tells_of_all(mentions, figure, word))
    )
    return bool(figure.outcomes) or follows


def _tells_of_all(mentions: Mentions, figure: Figure, word: Word) -> bool:
    """Whether what befell people, told behind the last of them, is told of all, or leads on to others.

    As in "بينهم سيدة وطفل استشهدوا", "بينهم طفل وامرأتان بين قتيل وجريح", "بينهم أم وطفلها وأصيب آخرون".
    """
    outcome = word.get("outcome")
    both = outcome is not None and len(outcome.outcomes) > 1 and outcome.side == "left"
    leads_on = mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm)
    return both or leads_on or (figure.max == 1 and _is_plural_verb(mentions, word))


def link_outcomes(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    """Give the figures the outcomes that the words around them tell."""
    _link_tolls(mentions, figures, first, last)
    covered = {index for figure in figures for index in range(figure.first, figure.last)}
    for figure in figures:
        label = label_before(mentions, figure.first, first)
        if label is not None:
            entry = label.get("outcome")
            figure.outcomes = entry.outcomes if entry is not None else ()
            covered.update(range(label.first, label.last))
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or word.first in covered or _is_negated(mentions, word, first):
            continue
        if "counted" in entry.flags and entry.side == "left" and word.get("victims") is not None:
            continue
        if any(f.last == word.first and f.named and not f.article and f.outcomes == entry.outcomes for f in figures):
            continue  # "Woman killed, two children injured"
        if entry.outcomes == (Outcome.MISSING,) and _loses_lives(mentions, word, last):
            continue
        if mentions.tokens[word.last - 1].norm in _CLAIMS and _is_of_group(mentions, word, first):
            continue  # "ISIS claimed one of them"
        if "anaphor" in entry.flags:
            continue  # whom its pronoun means has been counted before: "لخطورة إصابته"
        if entry.count is not None and mentions.vocabulary.has_article(mentions.tokens[word.first].norm):
            continue  # "the wounded man"
        side = entry.side
        left, right = (
            _left_figure(mentions, figures, word, first),
            _right_figure(mentions, figures, word, last, entry.side),
        )
        left = None if left is not None and left.article and not _reaches(mentions, left, word) else left
        right = None if right is not None and right.article and right.first - word.last > 1 else right
        if side == "either":
            side = _choose_side(mentions, word, first, left, right)
        if "counted" in entry.flags and right is not None and right.bare and right.first == word.last:
            side = "right"  # "والجرحى 180"
        listed = _lists(mentions, word, figures, last)
        if listed:
            _give(mentions, figures, listed[0], entry.outcomes, forward=True)
            for figure in listed:
                figure.part = True
            continue
        if len(entry.outcomes) > 1 and side == "right" and left is not None and word.first == left.last:
            _give(mentions, figures, left, entry.outcomes[:1], forward=False)  # "شخصين قتلا وأصيب ثلاثة"
            if right is not None:
                _give(mentions, figures, right, entry.outcomes[1:], forward=True)
            continue
        other = next((f for f in figures if word.first < f.first < word.last), None)
        if other is not None:  # "مدنيا قتل وأصيب آخر"
            if left is not None:
                _give(mentions, figures, left, entry.outcomes[:1], forward=False)
            continue
        alone = right is None and left is not None and word.first == left.last and left.named
        if side == "right" and alone and mentions.tokens[word.first].norm == "قتلت":
            side = "left"  # "إن امرأة قتلت متأثرة بجراحها"
        if side == "right" and right is not None:
            _give(mentions, figures, right, entry.outcomes, forward=True)
        elif side == "left" and left is not None:
            _give(mentions, figures, left, entry.outcomes, forward=False)
            _give_along(mentions, figures, word, entry.outcomes)
            _give_behind(mentions, figures, word, last, entry.outcomes)


def _loses_lives(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether it is their lives that people lose: "فقد سبعة مدنيين حياتهم", but not "فقد سبعة مدنيين"."""
    behind = range(word.last, min(last, word.last + _LIVES_GAP))
    return any(mentions.tokens[at].norm.startswith(_LIVES) for at in behind)


_LIVES = ("حيات", "لحيات")


def _lists(mentions: Mentions, word: Word, figures: list[Figure], last: int) -> list[Figure]:
    """The figures of a list that says who the victims were that were counted before: "الشهداء هم طفلان وامرأة"."""
    if not mentions.vocabulary.has_article(mentions.tokens[word.first].norm):
        return []
    are = next(iter(mentions.words_of(word.last, min(last, word.last + _LIST_GAP), "are")), None)
    listed = [figure for figure in figures if are is not None and figure.first >= are.last and not figure.outcomes]
    if are is None or not listed or listed[0].first - are.last > 1:
        return []
    ends = (at for at in range(1, len(listed)) if not are_joined(mentions, listed[at - 1], listed[at]))
    return listed[: next(ends, len(listed))]


# "The ten dead are": a noun, its number and a pronoun.
_LIST_GAP = 3


def link_uncounted(mentions: Mentions, figures: list[Figure], first: int) -> None:
    """Give those counted among an uncounted crowd what befell it: "إصابة مدنيين بينهم طفل"."""
    if mentions.vocabulary.grammar.cased_names:
        return  # there a crowd without a figure is "several" or "dozens"
    last = first
    for figure in figures:
        includes = mentions.words_of(max(first, figure.first - 2), figure.first, "include")
        if figure.outcomes or figure.whole is not None or not includes:
            last = figure.last
            continue
        told = [
            entry.outcomes
            for word in mentions.words_of(last, figure.first, "outcome")
            if (entry := word.get("outcome")) is not None and not _is_negated(mentions, word, first)
        ]
        if told and len(told[-1]) == 1:
            _give(mentions, figures, figure, told[-1], forward=True)


def _reaches(mentions: Mentions, single: Figure, word: Word) -> bool:
    """Whether what befell "a girl" is told behind what else is said of her ("…, identified as L., was killed")."""
    if word.first - single.last <= _ARTICLE_GAP:
        return True
    last = word.first - 1
    while last > single.last and (be := mentions.words.get(last)) is not None and be.is_cue("be", "have"):
        last -= 1
    behind, before = mentions.between(single.last - 1, single.last), mentions.between(last, last + 1)
    if word.first - single.last <= _APPOSITION_GAP and "," in behind and "," in before:
        return True
    if all(_names_side(mentions, index) for index in range(single.last, last + 1)):
        return True
    entry = word.get("outcome")
    suffers = last < word.first - 1 or (entry is not None and entry.side == "left")  # "were killed", "died"
    if suffers and _says_whose(mentions, single.last, last + 1):
        return True
    return "," not in behind + before and _does_something(mentions, single.last, last + 1)


# "A member of the Military Police of the National Army", "… in the Internal Security Forces of the administration".
_WHOSE_GAP = 18
_OF_WHOM = frozenset({"of", "in", "from", "with", "affiliated", "belonging", "working", "loyal"})
_ASIDE = re.compile(r",[^,]*,")


def _says_whose(mentions: Mentions, first: int, last: int) -> bool:
    """Whether nothing but whose man a person was, or what is said of him between commas, stands here."""
    if last - first > _WHOSE_GAP or mentions.vocabulary.grammar.subject != "before":
        return False
    if mentions.tokens[first].norm not in _OF_WHOM:
        return False
    text = _ASIDE.sub("", mentions.text[mentions.tokens[first].start : mentions.tokens[last].start])
    if BREAK.search(text) is not None:
        return False
    aside = len(text) < mentions.tokens[last].start - mentions.tokens[first].start
    if not aside and mentions.words_of(first, last, "relative", "that"):
        return False
    return not mentions.words_of(first, last, "outcome", "event", "reporting", "be")


def _does_something(mentions: Mentions, first: int, last: int) -> bool:
    """Whether nothing but what a person was doing stands here: "(a civilian) who was passing by", "driving a car"."""
    if mentions.vocabulary.grammar.subject != "before" or last - first > _DOING_GAP:
        return False
    word = mentions.words.get(first)
    opens = word.is_cue("relative") if word is not None else mentions.tokens[first].norm.endswith("ing")
    if not opens or BREAK.search(mentions.text[mentions.tokens[first].start : mentions.tokens[last - 1].end]):
        return False
    return not mentions.words_of(first, last, "outcome", "event", "victims", "reporting")


# "A civilian who was driving past on a motorbike".
_DOING_GAP = 9


def _names_side(mentions: Mentions, index: int) -> bool:
    """Whether a token may belong to the side somebody fought for: "a fighter of the Syrian Democratic Forces"."""
    word = mentions.words.get(index)
    if word is None:
        return mentions.text[mentions.tokens[index].start].isupper() or index in mentions.names
    return word.get("actor") is not None or word.is_cue("partitive", "country", "holder", "backed", "based")


def _passive_behind(mentions: Mentions, figure: Figure, last: int) -> bool:
    """Whether a verb of its own follows a figure ("… as 5,000 people were evacuated")."""
    word = mentions.words.get(figure.last) if figure.last < last else None
    if word is None or "،" in mentions.between(figure.last - 1, figure.last):
        return False  # "تجاوز 150، تم التعرف على 40 منهم"
    return word.is_cue("be", "have") or word.get("event") is not None


def _link_tolls(mentions: Mentions, figures: list[Figure], first: int, last: int) -> None:
    """Give the figures of tolls their outcome: "the death toll has reached 41", "put the number of the dead at 21"."""
    for word in mentions.words_of(first, last, "toll", "replaced", "update", "sum"):
        if word.is_cue("sum") and not word.is_cue("toll"):
            _mark_risen(mentions, word, figures)
            continue
        reach = _OLD_TOLL_GAP if word.is_cue("replaced") else TOLL_GAP
        figure = next((f for f in figures if 0 <= f.first - word.last <= reach), None)
        if figure is None or _is_told_otherwise(mentions, word, figure):
            continue
        if word.is_cue("earlier") and not mentions.words_of(word.last, figure.first, "reporting", "toll", "replaced"):
            continue  # "سيارة كانت تقل خمسة عناصر", but "وكانت الوزارة أعلنت مقتل 13"
        if not figure.outcomes and not _passive_behind(mentions, figure, last):
            figure.outcomes = _outcomes_of_toll(mentions, word, figure, first)
        if word.is_cue("replaced"):
            figure.replaced = True
            beside = figures[figures.index(figure) :]
            for left, right in pairwise(beside):  # "كانت الحصيلة السابقة 80 قتيلا و240 جريحا"
                if not are_joined(mentions, left, right):
                    break
                right.replaced = True
        elif Outcome.KILLED in figure.outcomes:
            risen = [word] if word.is_cue("update") else mentions.words_of(word.last, figure.first, "update")
            figure.updated = any(figure.bare or figure.first - update.last <= _RISEN_GAP for update in risen)


_RISES = ("ليرتفع", "لترتفع", "ليبلغ", "لتبلغ", "ليصل", "لتصل", "وبذلك", "بذلك")


def _mark_risen(mentions: Mentions, word: Word, figures: list[Figure]) -> None:
    """Let what a toll has risen to take the place of the dead counted before: "ليرتفع بذلك عدد القتلى إلى 4"."""
    figure = next((f for f in figures if 0 <= f.first - word.last <= _RISEN_GAP), None)
    if figure is not None and mentions.tokens[word.first].norm in _RISES:
        figure.outcomes = figure.outcomes or (Outcome.KILLED,)
        figure.updated = figure.outcomes == (Outcome.KILLED,)


def _is_told_otherwise(mentions: Mentions, toll: Word, figure: Figure) -> bool:
    """Whether a verb between a toll and a figure says what befell those: "في حصيلة أولية وأصيب 11 آخرون"."""
    verbs = (word.get("outcome") for word in mentions.words_of(toll.last, figure.first, "outcome"))
    return any(e is not None and "counted" not in e.flags and Outcome.KILLED not in e.outcomes for e in verbs)


def _outcomes_of_toll(mentions: Mentions, toll: Word, figure: Figure, first: int) -> tuple[Outcome, ...]:
    """What befell those a toll counts: the dead, unless its words say otherwise ("the wounded rose to")."""
    counted = [
        entry.outcomes
        for word in mentions.words_of(max(first, toll.first - _TOLL_NOUN_GAP), figure.first, "outcome")
        if (entry := word.get("outcome")) is not None and "counted" in entry.flags
    ]
    return counted[-1] if counted else (Outcome.KILLED,)


# "The number of the wounded has risen to".
_TOLL_NOUN_GAP = 3
# "… wounding his cousin, who was taken to the hospital in the town and died later".
_DEATH_GAP = 16


def die_later(mentions: Mentions, figures: list[Figure], last: int) -> None:
    """Count among the dead a person wounded who is told to have died: "wounding his cousin, who died of his wounds"."""
    if mentions.vocabulary.grammar.subject != "before":
        return
    for at, figure in enumerate(figures):
        if figure.outcomes != (Outcome.INJURED,) or figure.max != 1 or figure.part:
            continue
        end = min(figures[at + 1].first if at + 1 < len(figures) else last, figure.last + _DEATH_GAP)
        if mentions.has_number(figure.last, end):
            continue
        if any(_tells_death(word) for word in mentions.words_of(figure.last, end, "outcome", "wounds")):
            before = figures[at - 1] if at else None
            figure.outcomes = (Outcome.KILLED,)
            figure.together = before is not None and before.outcomes == figure.outcomes and not before.part


def _tells_death(word: Word) -> bool:
    outcome = word.get("outcome")
    dies = outcome is not None and outcome.side == "left" and "counted" not in outcome.flags
    return word.is_cue("wounds") or (dies and outcome is not None and Outcome.KILLED in outcome.outcomes)


def both_behind(mentions: Mentions, figure: Figure, last: int) -> tuple[Outcome, ...]:
    """What a figure counts that is killed and injured together by the words behind it: "3 أشخاص بين قتيل وجريح"."""
    word = mentions.words.get(figure.last) if figure.last < last else None
    entry = word.get("outcome") if word is not None else None
    return entry.outcomes if entry is not None and len(entry.outcomes) > 1 and entry.side == "left" else ()


def lives(mentions: Mentions, figure: Figure, last: int) -> tuple[Outcome, ...]:
    """What befell "victims" that go on to tell of it: "several victims came to the clinic with burns"."""
    noun = mentions.words.get(figure.last - 1)
    called = noun.get("outcome") if noun is not None else None
    if called is None or "counted" not in called.flags or figure.outcomes != called.outcomes:
        return ()
    for word in mentions.words_of(figure.last, min(last, figure.last + _LIVES_GAP), "outcome", "join", "clause"):
        told = word.get("outcome")
        if told is None or told.side != "left" or "counted" in told.flags:
            return ()
        return told.outcomes
    return ()


# "Several victims came to the hospital of the town with symptoms of suffocation".
_LIVES_GAP = 12


def is_total(mentions: Mentions, figure: Figure) -> bool:
    """Whether a figure is said to count everybody: "a total of 14"."""
    return mentions.text.startswith(_TOTALS, figure.start)


def _is_negated(mentions: Mentions, word: Word, first: int) -> bool:
    for at in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(at)
        if before is not None and before.is_cue("negation", "no_casualties", "no_deaths", "no_report"):
            return True
        if before is not None and not before.is_cue("be", "have"):
            return False
    return False


def _choose_side(mentions: Mentions, word: Word, first: int, left: Figure | None, right: Figure | None) -> str:
    """On which side of a word that may be active or passive ("killed") its victims stand."""
    if mentions.vocabulary.grammar.subject == "after":
        if left is not None and word.first == left.last and not left.outcomes and _is_plural_verb(mentions, word):
            return "left"  # "أربعة أشخاص قتلوا بينهم طفلتان": such a verb agrees with who stands in front of it
        # Verbs come first: what follows is counted, unless nothing does.
        return "right" if right is not None and (left is None or right.first - word.last <= 2) else "left"
    for at in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(at)
        if before is None or before.is_cue("hedge", "also") or before.get("reporting") is not None:
            continue
        if before.is_cue("be"):
            return "left"
        break
    if left is not None and word.first == left.last and not left.outcomes:
        does = left.article and right is not None and right.first == word.last
        return "right" if does and mentions.between(word.last - 1, word.last) == " " else "left"  # "a man killed two"
    if right is not None:
        return "right"
    return "left"


def _is_plural_verb(mentions: Mentions, word: Word) -> bool:
    """Whether a verb's ending says that its subject stands in front of it (قتلوا, أصيبوا)."""
    return word.last - word.first == 1 and mentions.tokens[word.first].norm.endswith("وا")


def _right_figure(mentions: Mentions, figures: list[Figure], word: Word, last: int, side: str) -> Figure | None:
    figure = next((f for f in figures if f.first >= word.last), None)
    reach = _NAMES_GAP if side == "right" else _RIGHT_GAP
    if mentions.vocabulary.grammar.subject == "after":
        reach = max(reach, _SUBJECT_GAP)
    if figure is None or figure.first - word.last > reach:
        return None
    if HARD_BREAK.search(mentions.text[mentions.tokens[word.last - 1].end : figure.start]) is not None:
        return None
    if _befalls_others(mentions, word, figure):
        return None
    how = False
    for between in mentions.words_in(word.last, figure.first):
        said = between.get("reporting")
        told = said is not None and said.role != "unclaimed"  # "اغتال مجهولون رجلا"
        how = how or _tells_how(mentions, between) or _means_gunmen(mentions, between)
        verb = between.get("event", "verb") is not None and not _means_gunmen(mentions, between)
        other = verb or (between.get("event") is not None and not how)
        if told or other or between.get("outcome") or between.is_cue("be", "clause"):
            return None
    return figure


def _befalls_others(mentions: Mentions, word: Word, figure: Figure) -> bool:
    """Whether a verb that comes first is told of others, whom nobody counts: "وأصيب آخرون جراء اعتداء إرهابي"."""
    others = mentions.words.get(word.last)
    if mentions.vocabulary.grammar.subject != "after" or others is None or not others.is_cue("other"):
        return False
    return others.last <= figure.first and not mentions.words_of(others.last, figure.first, "include", "among")


def _means_gunmen(mentions: Mentions, deed: Word) -> bool:
    """Whether a phrase that tells a shooting is its doers': "اغتال مسلحون مجهولون رجلا"."""
    return any(entry.kind == "victims" for entry in mentions.vocabulary.meaning(mentions.tokens[deed.first].norm))


_KILLED = frozenset({"قتل", "قتلت", "جرح", "جرحت"})
_BECAUSE_OF = frozenset({"في", "اثر", "جراء", "نتيجه", "بفعل", "بسبب", "خلال", "اثناء", "عقب"})


def _tells_how(mentions: Mentions, deed: Word) -> bool:
    """Whether a deed between a verb and whom it killed only says how or by whom, where verbs come first.

    "قتل بقصف مدفعي ثلاثة مدنيين", "قتل في غارة روسية طفل", "قتل برصاص قناص رجل".
    """
    if mentions.vocabulary.grammar.subject != "after":
        return False
    norm = mentions.tokens[deed.first].norm
    if deed.get("event") is None:
        return False
    if mentions.tokens[deed.first - 1].norm.removeprefix("و") in _KILLED and deed.get("event", "verb") is None:
        return True  # "قتل لغم من مخلفات الحرب رجلا"
    return norm.startswith("ب") or mentions.tokens[deed.first - 1].norm in _BECAUSE_OF


def _left_figure(mentions: Mentions, figures: list[Figure], word: Word, first: int) -> Figure | None:
    """The nearest figure in front that still has no outcome; of a part, its whole."""
    for figure in reversed([f for f in figures if f.last <= word.first]):
        if word.first - figure.last > _LEFT_GAP:
            return None
        whole = figure.whole if figure.part and figure.whole is not None and not figure.whole.outcomes else figure
        if whole.outcomes:
            return None
        told = figure.part and figure.whole is not None and bool(figure.whole.outcomes)
        if told and _leads_to_others(mentions, figure, word):
            return None
        if (
            whole.named
            and word.first - figure.last > _NAMED_LEFT_GAP
            and not (whole.article and _reaches(mentions, whole, word))
        ):
            continue
        return whole
    return None


def _leads_to_others(mentions: Mentions, part: Figure, word: Word) -> bool:
    """Whether "and" leads from those among the victims to others: "five, among them two women, and hurt others"."""
    joins = mentions.words_of(part.last, word.first, "join")
    return bool(joins) or mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm)


def _give(
    mentions: Mentions, figures: list[Figure], figure: Figure, outcomes: tuple[Outcome, ...], *, forward: bool
) -> None:
    """Give a figure its outcome, and those coordinated with it."""
    if figure.named and figure.max == 1 and len(outcomes) > 1:
        outcomes = outcomes[-1:]  # one person is not "killed and injured": the nearer word is meant
    if not figure.outcomes:
        figure.outcomes = outcomes
    at = figures.index(figure)
    chain = figures[at + 1 :] if forward else figures[:at][::-1]
    current = figure
    for other in chain:
        left, right = (current, other) if forward else (other, current)
        if other.outcomes or not are_joined(mentions, left, right) or (other.part and not figure.part):
            break
        if not forward and other.part and other.whole is not None and other.whole.outcomes not in ((), outcomes):
            break  # "five were wounded, including two children, one of whom later died"
        other.outcomes = outcomes
        current = other


def with_names(mentions: Mentions, figures: list[Figure], first: int) -> list[Figure]:
    """The figures with the person named in front of one: "Samir al-Hamad and at least ten fighters were killed"."""
    joiner = mentions.words.get(figures[0].first - 1) if figures[0].first - 1 > first else None
    if not mentions.vocabulary.grammar.singular_be or joiner is None or not joiner.is_cue("join"):
        return figures
    if figures[0].part or figures[0].outcomes != (Outcome.KILLED,):
        return figures
    end = name_end(mentions, first, joiner.first)
    if end != joiner.first or any(_is_group(mentions, index) for index in range(first, end)):
        return figures
    return [person_figure(mentions, first, end, Victims.PEOPLE, figures[0].outcomes), *figures]


def _is_group(mentions: Mentions, index: int) -> bool:
    """Whether a token belongs to a word of ours or to a place's name, and so to no person's."""
    return index in mentions.words or index in mentions.names


def mark_together(mentions: Mentions, figures: list[Figure]) -> None:
    """Mark what is counted on top of the figure before it: "40 fighters and 70 guards", "a father, a mother and a son".

    "Three people, a man and a woman": those say who the three were.
    """
    apposed = False
    for at, (left, right) in enumerate(pairwise(figures), 1):
        if left.outcomes == right.outcomes and not right.part and _dies_later(mentions, right):
            right.together = True  # "nine died on the spot and four succumbed to their injuries"
        if left.outcomes != right.outcomes or right.part or not are_joined(mentions, left, right):
            apposed = False
            continue
        has_join = mentions.vocabulary.begins_with_join(mentions.tokens[right.first].norm) or any(
            word.is_cue("join") for word in mentions.words_in(left.last, right.first)
        )
        if not has_join and right.named:
            apposed = apposed or not left.named
            continue
        right.together = right.together or not (apposed or mentions.tokens[right.first].norm in PAIRS)
        while not apposed and at > 1 and figures[at - 1].named and figures[at - 2].named:
            at -= 1
            if not are_joined(mentions, figures[at - 1], figures[at]):
                break
            figures[at].together = True


def _dies_later(mentions: Mentions, figure: Figure) -> bool:
    """Whether those a figure counts died of wounds."""
    return figure.outcomes == (Outcome.KILLED,) and bool(
        mentions.words_of(figure.first, figure.last + _HAD_GAP, "wounds")
    )


# "Four others had later died".
_HAD_GAP = 2


def join_outcomes(mentions: Mentions, figures: list[Figure]) -> None:
    """Count those on top who suffer the same by a word of their own, where verbs come first: "مقتل 3 واستشهاد عنصر".

    Who is named beside a pronoun suffers what it tells: "مقتله ومرافقه".
    """
    if mentions.vocabulary.grammar.subject != "after":
        return
    for left, right in pairwise(figures):
        if left.part or right.part or left.last > right.first:
            continue
        word = mentions.words.get(right.first - 1)
        opener = right.first if left.last == right.first else word.first if word is not None else right.first
        if not mentions.vocabulary.begins_with_join(mentions.tokens[opener].norm):
            continue
        if left.last == right.first:
            if left.named and not right.outcomes:
                right.outcomes, right.together = left.outcomes, True
        elif word is not None and word.get("outcome") and left.outcomes == right.outcomes:
            between = mentions.words_of(left.last, word.first, "event", "outcome", "reporting", "clause", "include")
            right.together = right.together or not between


_CLAIMS = frozenset({"claimed", "claims", "claiming"})


def _is_of_group(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a side stands right in front of "claimed", which owns deeds and takes no lives."""
    before = mentions.words.get(word.first - 1) if word.first > first else None
    return before is not None and (before.get("actor") is not None or before.get("claimant") is not None)


def _give_behind(
    mentions: Mentions, figures: list[Figure], word: Word, last: int, outcomes: tuple[Outcome, ...]
) -> None:
    """Give what befell one to whom is only joined behind the verb: "a woman was killed and three of her children"."""
    join = mentions.words.get(word.last) if word.last < last else None
    if join is None or not join.is_cue("join") or not mentions.vocabulary.grammar.cased_names:
        return
    figure = next((f for f in figures if f.first == join.last), None)
    if figure is None or figure.outcomes or mentions.words_of(figure.last, last, "outcome", "be"):
        return
    behind = mentions.words.get(figure.last)
    ends = figure.last >= last or BREAK.search(mentions.between(figure.last - 1, figure.last)) is not None
    where = behind is not None and (behind.get("place", "in") is not None or behind.is_cue("by", "include"))
    if not ends and not where and figure.last not in mentions.dates:
        return  # "fifty were killed and another 30 sealed off in the tunnels"
    figure.outcomes, figure.together = outcomes, True


def _give_along(mentions: Mentions, figures: list[Figure], word: Word, outcomes: tuple[Outcome, ...]) -> None:
    """As in "29 fighters were killed along with six terrorists": those named right behind share it."""
    joiner = mentions.words.get(word.last)
    if joiner is None or not joiner.is_cue("join") or joiner.last - joiner.first < 2:
        return
    figure = next((f for f in figures if 0 <= f.first - joiner.last <= 1), None)
    if figure is None or figure.outcomes or has_own_outcome(mentions, figure):
        return
    if not _passive_behind(mentions, figure, len(mentions.tokens)):  # "and at least a dozen were wounded"
        figure.outcomes = outcomes
        figure.together = True


def share_outcomes(mentions: Mentions, figures: list[Figure]) -> None:
    """Parts suffer what their wholes do; "others" are of the kind named before them when that is fighters."""
    for figure in figures:
        if figure.part and not figure.outcomes and figure.whole is not None:
            figure.outcomes = figure.whole.outcomes
    for previous, figure in pairwise(figures):
        alone = not figure.outcomes and not figure.part and len(previous.outcomes) == 1
        if alone and previous.additional and previous.named and are_joined(mentions, previous, figure):
            figure.outcomes, figure.together = previous.outcomes, True  # "وأصيب آخر وستة جنود"
        is_rest = figure.additional or figure.bare
        if is_rest and figure.victims is Victims.PEOPLE and previous.victims is Victims.COMBATANTS:
            figure.victims = Victims.COMBATANTS
