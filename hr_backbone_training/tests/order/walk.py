# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Taking steps in a world, and looking after each whether all is still right."""

import logging
from collections import Counter
from datetime import timedelta

from odoo.exceptions import UserError

from ..organization import OFFICER
from . import steps_pool, steps_quarter, steps_selection  # noqa: F401
from .closed import check_closed, read_closed
from .invariants import (
    check_activities,
    check_figures,
    check_numbers,
    check_sentence,
    check_waiting,
)
from .known import find_known
from .step import STEPS
from .world import OrderWorld

JOB = "ir_cron_backbone_"
# whoever can, rather than somebody
RIGHT = -1
# which figures there are follows from nothing else
COUNTED = ("pool", "mentor", "quarter", "people", "time")


class Walk(OrderWorld):
    """A test whose world can be walked through again and again: what one walk has changed is
    undone before the next."""

    def setUp(self):
        super().setUp()
        self.counts = Counter()
        self.known = Counter()
        self.walks = 0
        rows = self.env["ir.model.data"].search(
            [("module", "=", "hr_backbone_training"), ("model", "=", "ir.cron")]
        )
        # all of the addon, each by its name
        self.jobs = sorted(name.removeprefix(JOB) for name in rows.mapped("name"))
        self.emptied = {}
        for name in ("clear_cache", "clear_all_caches"):
            self._note_emptied(name)

    def _note_emptied(self, name):
        empty = getattr(self.registry, name)

        def empty_and_note(*names):
            self.emptied[empty, names] = True
            empty(*names)

        self.patch(self.registry, name, empty_and_note)

    # -- one walk ------------------------------------------------------------------------

    def begin(self):
        self.walks += 1
        self.savepoint = self.cr.savepoint()
        self.start = self.clock.now
        self.lowered = set()
        # people have changed, and the jobs of the night have not run
        self.unsettled = False
        self.closed = read_closed(self)

    def end(self):
        self.cr.precommit.clear()
        self.savepoint.close(rollback=True)
        self.cr.postcommit.clear()
        for empty, names in self.emptied:
            empty(*names)
        self.emptied.clear()
        self.clock.move_to(self.start)

    def take(self, name, pick, who, number):
        """Let somebody take a step, or try to.

        :param int pick: which of the records that there are
        :param int who: which of all people, `RIGHT` for one who can
        :param int number: the choice of everything else
        :return: what came of it: "done", "refused", or "nothing" where nothing is to do
        """
        step = STEPS[name]
        records = step.find(self)
        if not records:
            return self._count(name, "nothing")
        record = records[pick % len(records)]
        user = self._choose_user(step, record, who)
        if not user:
            return self._count(name, "nobody")
        # nothing happens twice at the same moment
        self.clock.move_to(self.clock.now + timedelta(minutes=1))
        try:
            with self.cr.savepoint():
                step.act(self, record.with_user(user), number)
                self.cr.flush()
        except UserError as error:
            self.refusal = str(error)
            self._look(check_sentence, error)
            return self._count(name, "refused")
        self.cr.postcommit.clear()
        if step.area == "people":
            self.unsettled = True
        self.check(step.area)
        return self._count(name, "done")

    def _count(self, name, result):
        self.counts[name, result] += 1
        return result

    def _choose_user(self, step, record, who):
        if step.area in ("people", "time"):
            return self.env.user
        if who != RIGHT:
            return self.everyone[who % len(self.everyone)].filtered("active")
        users = step.by(self, record).filtered("active") if step.by else self.env["res.users"]
        if step.move:
            return self._find_able(step.move, record, users | self.everyone)
        return users[:1]

    def _find_able(self, move, record, users):
        for user in users.filtered("active"):
            theirs = record.with_user(user)
            if theirs.has_access("read") and theirs not in theirs._get_refusals(move):
                return user
        return users.browse()

    # -- what steps and checks ask -------------------------------------------------------

    def pass_days(self, days, jobs):
        """So many days go by; the jobs run on the last of them."""
        self.env.flush_all()
        self.clock.move_to(self.clock.now + timedelta(days=days))
        for job in jobs:
            self._run_job(job)
        if len(jobs) > 1:
            self.unsettled = False
        self.env.invalidate_all()

    def _run_job(self, name):
        """A row that fails stops no other: the job says it in the log alone."""
        failures = []
        handler = logging.Handler(logging.ERROR)
        handler.emit = failures.append
        logger = logging.getLogger("odoo.addons.hr_backbone_training")
        logger.addHandler(handler)
        try:
            self._run_cron(name)
        finally:
            logger.removeHandler(handler)
        for row in failures:
            error = row.exc_info and row.exc_info[1]
            raise AssertionError(f"the job {name} failed: {row.getMessage()} {error!r}") from error

    def get_models_that_wait(self):
        """The documents that say who has something to do next."""
        return (
            *("hr.backbone.application", "hr.backbone.plan", "hr.backbone.mentorship"),
            *("hr.backbone.rotation", "hr.backbone.training", "hr.backbone.achievement"),
            *("hr.backbone.suggestion", "hr.backbone.meeting"),
        )

    def get_hr(self, document):
        """Who of HR could look after a document."""
        users = self.groups[OFFICER].all_user_ids.filtered("active") & self.everyone
        return users.filtered(lambda user: document.with_user(user)._is_hr())

    def check(self, area):
        """
        :param str area: what the step belonged to
        :raise AssertionError: something is not right any more
        """
        self.env.flush_all()
        self.env.invalidate_all()
        self._look(check_numbers, self)
        if not self.unsettled:
            self._look(check_waiting, self)
            self._look(check_activities, self)
        if area in COUNTED:
            self._look(check_figures, self)
        self._look(check_closed, self)

    def _look(self, check, about):
        try:
            check(about)
        except AssertionError as error:
            reason = find_known(str(error))
            if not reason:
                raise
            self.known[reason] += 1
