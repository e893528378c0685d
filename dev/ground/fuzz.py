"""`make fuzz`: people take steps in random orders, for as long as one likes."""

import os
import random

from . import testing
from .say import Failure

TEST = "hr_backbone_training/tests/order/test_order.py"


def fuzz(args):
    wanted = {"minutes": "10", "seed": str(random.randrange(1_000_000))}
    for arg in args:
        name, _, value = arg.partition("=")
        if name not in wanted or not value.isdecimal():
            raise Failure('make fuzz takes these, each a whole number: ARGS="minutes=60 seed=1"')
        wanted[name] = value
    os.environ.update({f"FUZZ_{name.upper()}": value for name, value in wanted.items()})
    return testing.test(["-n", "0", "-s", "-k", "test_as_long_as_one_likes", TEST])
