"""Give FET what it can express of an instance, the placement.

``python benchmarks/peers/fet.py INSTANCE WEEKS``; needs Debian's `fet`. FET knows a week of days and hours,
so a week of ours is a day of its own, a slot an hour. Each group type is a class of students, each run of a
topic an activity that may stand in the type's slots only, and runs of a topic keep as many weeks apart as
spacing asks.

FET knows no promise to a newcomer, no window, no phase, no wish and no cost: how often a topic runs is
given to it (each as often as the next), and any timetable without a clash is equally good.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from instances import task_of

from iop_sessions.planning.task import Task


def main(instance: str, weeks: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "instance.fet"
        text, activities = timetable(task_of(instance, weeks))
        file.write_text(text, "utf-8")
        began = time.perf_counter()
        order = ["fet-cl", f"--inputfile={file}", f"--outputdir={folder}/out", "--timelimitseconds=120"]
        said = subprocess.run(order, capture_output=True, text=True, check=False).stdout
        used = time.perf_counter() - began
    placed = "successful" in said.casefold()
    print(json.dumps({"instance": instance, "weeks": weeks, "activities": activities, "placed": placed,
                      "seconds": round(used, 2)}))  # fmt: skip
    if not placed:
        print(said[-600:], file=sys.stderr)


def timetable(task: Task) -> tuple[str, int]:
    """Write FET's file of an instance, and say how many activities it holds."""
    days = [f"w{week}" for week in range(1, task.weeks + 1)]
    hours = [slot.id for slot in task.program.slots]
    activities, limits = _activities(task)
    parts = [
        "<Institution_Name>x</Institution_Name><Comments></Comments>",
        _named("Days_List", "Number_of_Days", "Day", days),
        _named("Hours_List", "Number_of_Hours", "Hour", hours),
        _named("Subjects_List", "", "Subject", [topic.topic_id for topic in task.topics]),
        "<Activity_Tags_List></Activity_Tags_List><Teachers_List></Teachers_List>",
        f"<Students_List>{''.join(map(_class, task.group_types))}</Students_List>",
        f"<Activities_List>{''.join(activities)}</Activities_List>",
        "<Buildings_List></Buildings_List><Rooms_List></Rooms_List>",
        f"<Time_Constraints_List>{_basic('Time')}{''.join(limits)}</Time_Constraints_List>",
        f"<Space_Constraints_List>{_basic('Space')}</Space_Constraints_List>",
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<fet version="6.8.5">{"".join(parts)}</fet>', len(activities)


def _class(kind: str) -> str:
    return f"<Year><Name>{kind}</Name><Number_of_Students>1</Number_of_Students></Year>"


def _basic(kind: str) -> str:
    inside = "<Weight_Percentage>100</Weight_Percentage><Active>true</Active><Comments></Comments>"
    return f"<ConstraintBasicCompulsory{kind}>{inside}</ConstraintBasicCompulsory{kind}>"


def _named(listed: str, count: str, each: str, names: list[str]) -> str:
    total = f"<{count}>{len(names)}</{count}>" if count else ""
    rows = "".join(f"<{each}><Name>{escape(name)}</Name></{each}>" for name in names)
    return f"<{listed}>{total}{rows}</{listed}>"


def _activities(task: Task) -> tuple[list[str], list[str]]:
    activities: list[str] = []
    limits: list[str] = []
    for kind in task.group_types:
        held = [meeting for meeting in task.meetings if meeting.slot.group_type == kind]
        topics = [topic.topic_id for topic in task.topics if topic.group_type == kind]
        runs: dict[str, list[int]] = {}
        for topic_id, _ in zip(cycle(topics), held, strict=False):
            runs.setdefault(topic_id, []).append(len(activities) + 1)
            activities.append(_activity(len(activities) + 1, topic_id, kind))
        limits.append(_places(kind, [(f"w{meeting.week}", meeting.slot.id) for meeting in held]))
        a_week = max(1, sum(slot.group_type == kind for slot in task.program.slots))
        apart = (task.program.spacing.get(kind, 0) + 1) // a_week
        limits += [_apart(numbers, apart) for numbers in runs.values() if len(numbers) > 1 and apart]
    return activities, limits


def _activity(number: int, topic_id: str, kind: str) -> str:
    return (
        f"<Activity><Subject>{topic_id}</Subject><Students>{kind}</Students><Duration>1</Duration>"
        f"<Total_Duration>1</Total_Duration><Id>{number}</Id><Activity_Group_Id>0</Activity_Group_Id>"
        "<Active>true</Active><Comments></Comments></Activity>"
    )


def _places(kind: str, places: list[tuple[str, str]]) -> str:
    rows = "".join(
        f"<Preferred_Time_Slot><Preferred_Day>{day}</Preferred_Day><Preferred_Hour>{hour}</Preferred_Hour>"
        "</Preferred_Time_Slot>"
        for day, hour in places
    )
    return (
        "<ConstraintActivitiesPreferredTimeSlots><Weight_Percentage>100</Weight_Percentage>"
        f"<Teacher_Name></Teacher_Name><Students_Name>{kind}</Students_Name><Subject_Name></Subject_Name>"
        "<Activity_Tag_Name></Activity_Tag_Name><Duration></Duration>"
        f"<Number_of_Preferred_Time_Slots>{len(places)}</Number_of_Preferred_Time_Slots>{rows}"
        "<Active>true</Active><Comments></Comments></ConstraintActivitiesPreferredTimeSlots>"
    )


def _apart(numbers: list[int], days: int) -> str:
    ids = "".join(f"<Activity_Id>{number}</Activity_Id>" for number in numbers)
    return (
        "<ConstraintMinDaysBetweenActivities><Weight_Percentage>100</Weight_Percentage>"
        f"<Consecutive_If_Same_Day>false</Consecutive_If_Same_Day><Number_of_Activities>{len(numbers)}"
        f"</Number_of_Activities>{ids}<MinDays>{days}</MinDays><Active>true</Active><Comments></Comments>"
        "</ConstraintMinDaysBetweenActivities>"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
