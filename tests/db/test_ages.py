"""No clock of this device can make anything old before its time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.clock import DAY_US
from db.retention.known_ages import MOST_MARKS, Ages

PERIOD = 30 * DAY_US
START = 1_796_093_200_000_000

_steps = st.lists(
    st.tuples(
        st.sampled_from(("write", "look", "off", "boot", "word", "look")),
        st.integers(min_value=0, max_value=40 * DAY_US),
        st.integers(min_value=-(2**40), max_value=2**52),
    ),
    min_size=5,
    max_size=60,
)


@given(_steps)
def test_nothing_is_called_old_before_its_period_has_truly_passed(
    steps: list[tuple[str, int, int]],
) -> None:
    """The machine stops, starts and stands still as it likes; words of others, whose clocks are
    right, come late and in any order. What a clock of its own says is anything."""
    ages, true, boot, booted, on = Ages(), START, 0, START, True
    ages.pass_time(lambda: ("0", 0))
    written: list[int] = []
    word: tuple[int, int] | None = None
    for what, passing, own_clock in steps:
        true += passing
        if what == "write" and on:
            written.append(true)
        elif what == "word":
            word = (true, len(written))
        elif what == "off":
            on = False
        elif what == "boot":
            boot, booted, on = boot + 1, true, True
        elif what == "look" and on:
            ages.pass_time(lambda: (str(boot), true - booted))  # noqa: B023
            now = ages.hear(word[0] if word else None)
            now = None if now is None else min(now, own_clock)
            held = {"kiosk": word[1]} if word else {}
            ages.mark({"kiosk": len(written)}, held, word[0] if word else None)
            for only_held in (True, False):
                upto = ages.old_enough("kiosk", PERIOD, now, only_held=only_held)
                assert all(true - at >= PERIOD for at in written[:upto])
                assert not only_held or upto <= (word[1] if word else 0)


def test_a_machine_that_runs_all_the_time_counts_to_the_day() -> None:
    ages, ran = Ages(), 0
    for day in range(40):
        ran = day * DAY_US
        ages.pass_time(lambda: ("boot", ran))  # noqa: B023
        ages.mark({"kiosk": day + 1}, {}, None)
    old = ages.old_enough("kiosk", PERIOD, None, only_held=False)
    assert old == 10
    assert ages.old_enough("kiosk", PERIOD, None, only_held=True) == 0


def test_what_others_signed_counts_while_this_machine_stood_still() -> None:
    ages = Ages()
    ages.pass_time(lambda: ("first", 5))
    ages.mark({"kiosk": 7}, {"kiosk": 6}, START)
    ages.pass_time(lambda: ("second", 9))
    now = ages.hear(START + PERIOD)
    assert ages.old_enough("kiosk", PERIOD, now, only_held=False) == 6


def test_another_branch_of_a_journal_is_young_again_but_not_what_salvage_wrote_anew() -> None:
    ages = Ages()
    ages.pass_time(lambda: ("boot", 0))
    ages.mark({"a": 9, "own": 9}, {}, None)
    ages.mark({"a": 4, "own": 4}, {}, None, own={"own"})
    ages.pass_time(lambda: ("boot", PERIOD))
    ages.mark({"a": 9, "own": 4}, {}, None, own={"own"})
    assert ages.old_enough("a", PERIOD, None, only_held=False) == 4
    assert ages.old_enough("own", PERIOD, None, only_held=False) == 9


def test_marks_of_ten_years_stay_few_and_thinning_makes_nothing_older() -> None:
    ages, ran = Ages(), 0
    for day in range(3650):
        ran = day * DAY_US
        ages.pass_time(lambda: ("boot", ran))  # noqa: B023
        ages.mark({"kiosk": day + 1}, {}, None)
    assert len(ages.marks["kiosk"]) <= MOST_MARKS
    assert ages.old_enough("kiosk", 100 * DAY_US, None, only_held=False) <= 3550


def test_what_is_ten_years_old_counts_to_the_day_after_all_thinning() -> None:
    ages, ran = Ages(), 0
    for day in range(3651):
        ran = day * DAY_US + DAY_US // 2
        ages.pass_time(lambda: ("boot", ran))  # noqa: B023
        ages.mark({"kiosk": day + 1}, {}, None)
        ages.forget(3650 * DAY_US)
    assert ages.old_enough("kiosk", 3650 * DAY_US, None, only_held=False) == 1
    # What is older than any period goes once another mark is as old.
    ages.pass_time(lambda: ("boot", ran + 2 * DAY_US))
    ages.forget(3650 * DAY_US)
    assert ages.old_enough("kiosk", 3650 * DAY_US, None, only_held=False) >= 1


def test_a_date_that_was_outvoted_counts_from_the_day_it_has_come() -> None:
    """Until then this machine's own clock at that look bounds what was held."""
    ages = Ages()
    ages.pass_time(lambda: ("boot", 0))
    ages.mark({"a": 5}, {"a": 5}, START + 300 * DAY_US, ours=START)
    for day, old in ((29, 0), (30, 5), (299, 5), (300, 0), (329, 0), (330, 5)):
        now = START + day * DAY_US
        assert ages.old_enough("a", PERIOD, now, only_held=True) == old, day


def test_a_date_beyond_belief_that_was_heard_before_is_forgotten() -> None:
    ages = Ages()
    ages.pass_time(lambda: ("boot", 0))
    assert ages.hear(START + 10**16) == START + 10**16
    assert ages.hear(START, START + PERIOD) == START
    assert ages.hear(START - DAY_US, START + PERIOD) == START
    assert ages.hear(None, START + PERIOD) == START
