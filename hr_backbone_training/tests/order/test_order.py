# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import os
from types import SimpleNamespace
from unittest import skipUnless

from odoo.tests import tagged

from .clock import real_seconds
from .step import STEPS
from .walk import Walk

try:
    from hypothesis import HealthCheck, Phase, seed, settings
    from hypothesis.internal.conjecture import engine
    from hypothesis.stateful import run_state_machine_as_test

    from .machine import Machine
except ImportError:
    # Odoo alone does not bring it: dev/requirements-dev.txt
    Machine = None

# what `make fuzz` says
# pylint: disable=print-used

# by `make fuzz`
MINUTES = float(os.environ.get("FUZZ_MINUTES") or 0)
SEED = int(os.environ.get("FUZZ_SEED") or 1)
# in `make test`: so many walks of so many steps
WALKS, STEPS_OF_A_WALK = 4, 30
# at the most so many seconds the way to what goes wrong is shortened
SHORTEN = 300 if MINUTES else 30
# of so many steps, each kind should have succeeded at least once
ENOUGH = 10_000
RESULTS = ("done", "refused", "nothing", "nobody")


@tagged("post_install", "-at_install")
@skipUnless(Machine, "hypothesis is not installed")
class TestOrder(Walk):
    """Right in every order of events: random people take random steps, on days that pass; after
    each step what `invariants` and `closed` say holds, and every refusal is a sentence."""

    def setUp(self):
        super().setUp()
        # else it would shorten for hours: the day stands still
        clocks = dict.fromkeys(("perf_counter", "monotonic"), real_seconds)
        self.patch(engine, "time", SimpleNamespace(**clocks))
        self.patch(engine, "MAX_SHRINKING_SECONDS", SHORTEN)

    def test_any_order(self):
        """The same walks in each run; `make fuzz` draws others."""
        self._walk(WALKS, STEPS_OF_A_WALK, derandomize=True)
        done = {name for name, result in self.counts if result == "done"}
        self.assertGreater(len(done), len(STEPS) / 4, "too few steps succeed to mean anything")

    @skipUnless(MINUTES, 'takes as long as one likes: make fuzz ARGS="minutes=60"')
    def test_as_long_as_one_likes(self):
        print(f"\nseed={SEED}, {MINUTES:g} minutes")
        begin, number, failures = real_seconds(), SEED, {}
        while real_seconds() < begin + MINUTES * 60:
            try:
                self._walk(5, 60, number)
            except Exception as error:
                self._note_failure(failures, error, number)
            number += 1
            passed = (real_seconds() - begin) / 60
            print(f"{passed:.0f} minutes, {self.walks} walks, {self.counts.total()} steps")
        self._report(failures)

    def _walk(self, walks, steps, number=None, **kwargs):
        """
        :param int number: the seed of these walks
        :raise Exception: what went wrong, with a note of the shortest way to it
        """

        def begin():
            return Machine(self)

        if number is not None:
            begin = seed(number)(begin)
        run_state_machine_as_test(
            begin,
            settings=settings(
                max_examples=walks,
                stateful_step_count=steps,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate, Phase.shrink],
                report_multiple_bugs=False,
                print_blob=False,
                **kwargs,
            ),
        )

    # -- what `make fuzz` says -----------------------------------------------------------

    def _note_failure(self, failures, error, number):
        text = f"{type(error).__name__}: {error}"
        # the same one with other numbers is no other one
        key = "".join(letter for letter in text if not letter.isdigit())[:100]
        if key not in failures:
            failures[key] = text
            print(f"\nseed={number}: {text}", *getattr(error, "__notes__", ()), "", sep="\n")

    def _report(self, failures):
        print(f"\n{'step':24}", *(f"{result:>8}" for result in RESULTS))
        for name in sorted(STEPS):
            print(f"{name:24}", *(f"{self.counts[name, result]:8}" for result in RESULTS))
        never = [name for name in STEPS if not self.counts[name, "done"]]
        print(f"\n{self.walks} walks, {self.counts.total()} steps, seed={SEED}")
        print("never succeeded:", ", ".join(never) or "none")
        for reason, count in self.known.most_common():
            print(f"known, {count} times: {reason}")
        for text in failures.values():
            print(text)
        self.assertFalse(failures, "found something: the shortest ways to it stand above")
        if self.counts.total() > ENOUGH:
            self.assertFalse(never, "a step that never succeeds is worth nothing")
