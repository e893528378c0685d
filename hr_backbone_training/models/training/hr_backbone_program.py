# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain
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
        """Tell the responsible person, once a quarter and once a year, what is missing to whom.

        :param date today: where the company is
        """
        self.ensure_one()
        self._finish_met_reminders()
        company = self.company_id
        quarter, year = company._backbone_quarter(today), company._backbone_year(today)
        user = company._backbone_hr_user(self.user_id)
        if not user:
            return
        if self.training_reminded_quarter != quarter and (missing := self._get_without_internal()):
            self._add_reminder(
                user,
                QUARTER,
                company._backbone_quarter_dates(today)[3],
                [self._say_without(promise, quarter, missing[promise]) for promise in missing],
                "/odoo/backbone-trainings",
                self.env._("Open the trainings"),
            )
            self.training_reminded_quarter = quarter
        if self.training_reminded_year != year and (members := self._get_without("external")):
            self._add_reminder(
                user,
                EXTERNAL,
                company._backbone_year_end(today),
                [self._say_without("external", year, members)],
                "/odoo/backbone-no-external-training",
                self.env._("Open today's list"),
            )
            self.training_reminded_year = year

    def _say_without(self, promise, period, members):
        """The sentence of a reminder.

        :param str promise: of `PROMISED`
        :param str period: the quarter or the year
        :param members: who has nothing of it before them
        """
        names = format_list(self.env, members[:NAMES].mapped("display_name"))
        if len(members) > NAMES:
            names += " …"
        words = {"period": period, "count": len(members), "names": names}
        match promise:
            case "internal":
                return self.env._(
                    "Without an internal training in %(period)s (%(count)s): %(names)s", **words
                )
            case "management":
                return self.env._(
                    "Without a management training in %(period)s (%(count)s): %(names)s", **words
                )
            case "skill":
                return self.env._(
                    "Without a skills training in %(period)s (%(count)s): %(names)s", **words
                )
        return self.env._(
            "Without an external opportunity in %(period)s (%(count)s): %(names)s", **words
        )

    def _get_keepers(self, activity):
        """Whoever in HR looks after the program plans its trainings."""
        if activity.activity_type_id not in (self.env.ref(QUARTER), self.env.ref(EXTERNAL)):
            return super()._get_keepers(activity)
        return self._get_hr_keepers(activity, self.user_id)

    def _add_reminder(self, user, xmlid, deadline, lines, url, label):
        text = Markup("<br/>").join(lines)
        note = Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (text, url, label)
        self.activity_schedule(xmlid, deadline, note=note, user_id=user.id, automated=True)

    def _get_without_internal(self):
        """What the company owes this quarter, to whom it is neither planned nor held.

        :return: {promise: members}, without what everybody has
        """
        owed = self.company_id._backbone_internal_promises()
        missing = {promise: self._get_without(promise) for promise in owed}
        return {promise: members for promise, members in missing.items() if members}

    def _get_without(self, promise):
        """The active members to whom a training of this kind is neither planned nor held, in
        the year (external) or quarter (internal) of today.

        :param str promise: of `PROMISED`
        """
        company = self.company_id
        members = self.env["hr.backbone.member"].with_context(allowed_company_ids=company.ids)
        return members.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "active")
            & ~members._get_promised_domain({company: (promise,)})
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
            for xmlid, get_missing in (
                (QUARTER, program._get_without_internal),
                (EXTERNAL, lambda program=program: program._get_without("external")),
            ):
                left = (own - done).filtered(
                    lambda row, xmlid=xmlid: row.activity_type_id == self.env.ref(xmlid)
                )
                if left and not get_missing():
                    done |= left
            done.unlink()
