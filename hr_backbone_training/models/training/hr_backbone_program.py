# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from markupsafe import Markup

from odoo import fields, models
from odoo.tools import format_list

QUARTER = "hr_backbone_training.mail_activity_type_training_quarter"
EXTERNAL = "hr_backbone_training.mail_activity_type_training_external"
# so many names stand in the note of a reminder; the filter of the pool lists all
NAMES = 20


class HrBackboneProgram(models.Model):
    """What the responsible person of a program hears about the sessions."""

    _inherit = "hr.backbone.program"

    # for what the responsible person was told already; who deletes the reminder, has read it
    training_reminded_quarter = fields.Char(readonly=True, copy=False, groups="base.group_system")
    training_reminded_year = fields.Char(readonly=True, copy=False, groups="base.group_system")

    def _remind_of_training(self, today):
        """Tell the responsible person, once a quarter and once a year, what is missing.

        :param date today: where the company is
        """
        self.ensure_one()
        self._finish_met_reminders()
        company = self.company_id
        quarter, year = company._backbone_quarter(today), company._backbone_year(today)
        user = company._backbone_hr_user(self.user_id)
        if not user:
            return
        if self.training_reminded_quarter != quarter and not self._has_internal(quarter):
            self._add_reminder(
                user,
                QUARTER,
                company._backbone_quarter_dates(today)[3],
                self.env._("No internal training is planned in %s yet.", quarter),
                "/odoo/backbone-trainings",
                self.env._("Open the trainings"),
            )
            self.training_reminded_quarter = quarter
        if self.training_reminded_year != year and (members := self._get_without_external()):
            names = format_list(self.env, members[:NAMES].mapped("display_name"))
            if len(members) > NAMES:
                names += " …"
            self._add_reminder(
                user,
                EXTERNAL,
                company._backbone_year_end(today),
                self.env._(
                    "Without an external opportunity in %(year)s (%(count)s): %(names)s",
                    year=year,
                    count=len(members),
                    names=names,
                ),
                "/odoo/backbone-no-external-training",
                self.env._("Open today's list"),
            )
            self.training_reminded_year = year

    def _get_keepers(self, activity):
        """Whoever in HR looks after the program plans its trainings."""
        if activity.activity_type_id not in (self.env.ref(QUARTER), self.env.ref(EXTERNAL)):
            return super()._get_keepers(activity)
        return self._get_hr_keepers(activity, self.user_id)

    def _add_reminder(self, user, xmlid, deadline, text, url, label):
        note = Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (text, url, label)
        self.activity_schedule(xmlid, deadline, note=note, user_id=user.id, automated=True)

    def _has_internal(self, quarter):
        """Whether an internal session is planned, or was held, in the quarter."""
        return bool(
            self.env["hr.backbone.training"].search_count(
                [
                    ("company_id", "=", self.company_id.id),
                    ("kind", "=", "internal"),
                    ("state", "in", ("planned", "done")),
                    ("quarter", "=", quarter),
                ],
                limit=1,
            )
        )

    def _get_without_external(self):
        """The active members to whom no external training was offered this year."""
        company = self.company_id
        members = self.env["hr.backbone.member"].with_context(allowed_company_ids=company.ids)
        return members.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "active"),
                ("external_offered_year", "=", False),
            ]
        )

    def _finish_met_reminders(self):
        """What a reminder asked for is done, or its quarter or year is past."""
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "in", [self.env.ref(QUARTER).id, self.env.ref(EXTERNAL).id]),
            ]
        )
        for program in self.browse(set(activities.mapped("res_id"))):
            own = activities.filtered(lambda row, program=program: row.res_id == program.id)
            today = program.company_id._backbone_today()
            done = own.filtered(lambda row, today=today: row.date_deadline < today)
            if program._has_internal(program.company_id._backbone_quarter(today)):
                done |= own.filtered(lambda row: row.activity_type_id == self.env.ref(QUARTER))
            if (left := own - done) and not program._get_without_external():
                done |= left.filtered(lambda row: row.activity_type_id == self.env.ref(EXTERNAL))
            done.unlink()
