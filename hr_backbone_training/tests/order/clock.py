# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The day on which things happen, for Python and for the database alike."""

import time

import freezegun

from odoo.fields import Datetime

# `now()` of the database is the clock's, too: the ledger and what is written in bulk ask it
SCHEMA = "backbone_clock"
FUNCTION = f"""
CREATE SCHEMA {SCHEMA};
CREATE FUNCTION {SCHEMA}.now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT current_setting('backbone.now')::timestamptz $$;
SET LOCAL search_path = {SCHEMA}, pg_catalog, "$user", public;
"""


def real_seconds(clock=time.perf_counter):
    """The clock on the wall. freezegun stops those that it finds as the name of a module, and
    not one that is an argument."""
    return clock()


class Clock:
    """Stands still until it is moved; goes with the transaction of the test class."""

    def __init__(self, cr, moment):
        self.cr = cr
        self.freezer = freezegun.freeze_time(moment)
        self.frozen = self.freezer.start()
        cr.execute(FUNCTION)
        self.move_to(moment)

    def stop(self):
        self.freezer.stop()

    def move_to(self, moment):
        """:param moment: a datetime, or its text, in UTC"""
        self.now = Datetime.to_datetime(moment)
        self.frozen.move_to(self.now)
        self.cr.execute("SELECT set_config('backbone.now', %s, TRUE)", [f"{self.now}+00"])
        # a cursor asks the database once, and keeps what it was told
        self.cr._now = None
