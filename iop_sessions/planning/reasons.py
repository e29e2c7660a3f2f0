"""Say with numbers why a promise is missed, where a count can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.dates import short_day
from iop_sessions.planning.needs import Lost, Need, lost_days, need
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.promises import Promise

MOST_DAYS = 4
"""Closed days that one message names."""


def why_missed(board: Board, promise: Promise, promises: Sequence[Promise], due: date) -> str:
    """Return what a window needs and holds, or what keeps topics out; empty where no count can tell.

    Parameters
    ----------
    board, promise
        What was planned, and what of it is missed.
    promises
        Every promise: what else the same meetings are needed for.
    due
        The first day that is too late.
    """
    topics = [each for each in board.task.topics_of_objective[promise.subject] if each.delivery == "group"]
    if promise.chances and not any(_may_stand(board, each.run, each.meeting) for each in promise.chances):
        return "".join(f"; {_why_kept_out(topic)}" for topic in topics if _why_kept_out(topic))
    types = sorted({topic.group_type for topic in topics})
    every = dict.fromkeys((promise, *promises))
    needs = [need(board, every, promise.guests[0], due, group_type) for group_type in types]
    short = [each for each in needs if each.missing and (each.needed > 1 or each.lost)]
    if not promise.chances and not short:
        return _why_no_chance(board, promise, topics, due)
    return "".join(f"; {_need_words(each)}" for each in short)


def _may_stand(board: Board, run: int, index: int) -> bool:
    """Say whether no rule keeps a topic out of a meeting."""
    choices = board.choices(index).items()
    return any(variable == run and board.allows(topic_id, index) for topic_id, variable in choices)


def _why_kept_out(topic: Topic) -> str:
    """Say what keeps a topic out of every meeting of a window."""
    if topic.trigger_content:
        return f"{topic.topic_id} holds trigger content, and none of these has a group before and after it"
    if topic.calendar_tie:
        return f"{topic.topic_id} stands in the week before a closed day, and none of these does"
    return ""


def _why_no_chance(board: Board, promise: Promise, topics: Sequence[Topic], due: date) -> str:
    """Say why no topic fits any meeting of a window, where there are such meetings or were."""
    kinds, guest = {topic.group_type for topic in topics}, promise.guests[0]
    there = [each for each in board.task.meetings if guest.meets(each) and guest.start <= each.day < due]
    groups = [each.slot for each in there if each.slot.group_type in kinds and each.slot.kind == "group"]
    minutes = sorted({slot.minutes for slot in groups})
    if minutes and not {length for topic in topics for length in topic.lengths} & set(minutes):
        return (
            f"; {'none' if len(topics) > 1 else 'it'} is written for their {_list(minutes)} minutes".replace(
                "it is written", "it is not written"
            )
        )
    lost = () if minutes else lost_days(board.task, guest, due, kinds)
    return f"; {_lost_words(lost)}" if lost else ""


def _need_words(short: Need) -> str:
    """Say how many meetings a window needs, how many exist, and what took the others."""
    exist = f"{short.there} {'exists' if short.there == 1 else 'exist'}"
    since = f" since {_lost_words(short.lost)}" if short.lost else ""
    asked = (
        f"all that is promised by then needs at least {counted(short.needed, f'{short.group_type} meeting')}"
    )
    return f"{asked}; {exist}{since}"


def _lost_words(lost: Sequence[Lost]) -> str:
    """Name the days on which meetings fell out."""
    named = [short_day(each.day) + (f" ({each.name})" if each.name else "") for each in lost[:MOST_DAYS]]
    named += [counted(len(lost) - MOST_DAYS, "more day")] if len(lost) > MOST_DAYS else []
    verb = "is" if len(lost) == 1 else "are"
    return f"{_list(named)} {verb} closed"


def _list(items: Iterable[object]) -> str:
    *head, last = map(str, items)
    return f"{'; '.join(head)} and {last}" if head else last


def counted(number: int, noun: str) -> str:
    """Write a number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
