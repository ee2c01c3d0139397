"""Sentences about how a room and a learner did, with their numbers in words."""

from __future__ import annotations

from etiquette.practice import number_in_words
from etiquette.room import AlonePaths, Movement

LARGEST_IN_WORDS = 10


def in_words(number: int) -> str:
    """A number as it stands in a sentence: 'nobody', 'three', '1,200'."""
    if not number:
        return "nobody"
    return number_in_words(number) if number <= LARGEST_IN_WORDS else f"{number:,}"


def people_in_words(number: int) -> str:
    """People at the beginning of a sentence: 'Nobody', 'One person', 'Three people'."""
    counted = in_words(number).capitalize()
    return counted if not number else f"{counted} {'person' if number == 1 else 'people'}"


def movement_sentence(movement: Movement, best: int) -> str:
    """How the people who voted twice moved."""
    total, changed = movement.total, movement.changed
    voted = f"{people_in_words(total)} voted twice."
    if not total:
        return voted
    if not changed:
        return f"{voted} They kept their answer." if total == 1 else f"{voted} Nobody changed their answer."
    everyone = {1: "They", 2: "Both"}.get(total, "Everyone")
    subject = everyone if changed == total else in_words(changed).capitalize()
    return f"{voted} {subject} changed their answer{_directions(movement, best)}."


def _directions(movement: Movement, best: int) -> str:
    """Where the people who changed their answer went, as the end of a sentence."""
    changed, gained, lost = movement.changed, movement.gained(best), movement.lost(best)
    each = "" if changed in (1, movement.total) else "both " if changed == 2 else "all "
    if gained == changed:
        return f", {each}to the best option"
    if lost == changed:
        return f", {each}away from the best option"
    if not gained and not lost:
        return ", but not to the best option"
    to = [f"{in_words(gained)} to the best option"] * bool(gained)
    away = [f"{in_words(lost)} away from {'it' if gained else 'the best option'}"] * bool(lost)
    others = changed - gained - lost
    between = [f"{in_words(others)} between the other options"] * bool(others)
    return f": {', '.join(to + away + between)}"


def how_often(good: int, total: int) -> str:
    """How many of some choices were good: 'once out of three', 'four times out of five'."""
    times = {1: "once", 2: "twice"}.get(good, f"{in_words(good)} times")
    return f"{times} out of {in_words(total)}"


def players_sentence(paths: AlonePaths) -> str:
    """How many people played a story alone, and how many of them finished it."""
    players, finished = paths.players, paths.finished
    if not players:
        return "Nobody played this story."
    started = f"{people_in_words(players)} started this story"
    if finished == players:
        return f"{started} and finished it." if players <= 1 else f"{started}, and everyone finished it."
    return f"{started} but didn’t finish it." if players == 1 else f"{started}, and {in_words(finished)} finished it."


def agreement_sentence(paths: AlonePaths) -> str:
    """What to say where nobody's path splits from another's; empty if there were no two paths to compare."""
    if paths.players <= 1:
        return ""
    if paths.finished == paths.players:
        return "Everyone made the same choices."
    return "As far as they got, they all made the same choices."
