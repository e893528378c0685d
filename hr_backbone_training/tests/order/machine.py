# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The machine that draws the steps: hypothesis finds an order in which something goes wrong, and
then the shortest."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from .step import STEPS
from .walk import RIGHT

# rather the first records than the last, and rather somebody who can than anybody: the numbers
# say all, and none depends on what there is, so that a shorter sequence is one, too
PICKS = st.integers(0, 5)
NUMBERS = st.integers(0, 59)
PEOPLE = st.one_of(st.just(RIGHT), st.just(RIGHT), st.just(RIGHT), st.integers(0, 20))


def _steps(*areas):
    return st.sampled_from([name for name, step in STEPS.items() if step.area in areas])


class Machine(RuleBasedStateMachine):
    """One walk through the world of a test."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        world.begin()

    def teardown(self):
        self.world.end()

    @rule(step=_steps("case"), pick=PICKS, who=PEOPLE, number=NUMBERS)
    def case(self, step, pick, who, number):
        self.world.take(step, pick, who, number)

    @rule(step=_steps("meeting", "notice"), pick=PICKS, who=PEOPLE, number=NUMBERS)
    def selection(self, step, pick, who, number):
        self.world.take(step, pick, who, number)

    @rule(step=_steps("pool", "mentor"), pick=PICKS, who=PEOPLE, number=NUMBERS)
    def pool(self, step, pick, who, number):
        self.world.take(step, pick, who, number)

    @rule(step=_steps("rotation", "training", "promotion"), pick=PICKS, who=PEOPLE, number=NUMBERS)
    def development(self, step, pick, who, number):
        self.world.take(step, pick, who, number)

    @rule(step=_steps("quarter"), pick=PICKS, who=PEOPLE, number=NUMBERS)
    def quarter(self, step, pick, who, number):
        self.world.take(step, pick, who, number)

    @rule(step=_steps("people"), pick=st.integers(0, 20), number=NUMBERS)
    def people(self, step, pick, number):
        self.world.take(step, pick, RIGHT, number)

    @rule(step=_steps("time"), number=NUMBERS)
    def time(self, step, number):
        self.world.take(step, 0, RIGHT, number)
