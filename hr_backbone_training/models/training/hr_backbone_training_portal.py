from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_time


class HrBackboneTraining(models.Model):
    """The training in the portal: which ones are the user's, and what waits."""

    _name = "hr.backbone.training"
    _inherit = ["hr.backbone.training", "hr.backbone.portal.mixin"]

    _portal_path = "trainings"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Participants read the training; what HR writes below it is HR's."""
        return dict.fromkeys(self, "write")

    def _get_when(self, user=None):
        """When the session is, in words: where this user is (the acting one by default), or
        where the company is when nobody knows; whole days as the company counts them."""
        self.ensure_one()
        if self.all_day:
            days = [format_date(self.env, day) for day in (self.day_start, self.day_end)]
            return " – ".join(dict.fromkeys(days))
        # sudo: where a person is, to tell this person the time
        name = (user or self.env.user).sudo().tz or str(self.company_id._backbone_tz())
        there = self.with_context(tz=name)
        start, end = (
            fields.Datetime.context_timestamp(there, moment)
            for moment in (self.date_start, self.date_end)
        )
        first, last = (format_date(self.env, moment.date()) for moment in (start, end))
        begins, ends = (format_time(self.env, m.time(), time_format="short") for m in (start, end))
        if first == last:
            return f"{first}, {begins} – {ends}"
        return f"{first}, {begins} – {last}, {ends}"

    def _get_safe_link(self):
        """The address of the training as a page may link to it; none for anything but http."""
        self.ensure_one()
        link = (self.link or "").strip()
        return link if link.lower().startswith(("https://", "http://")) else ""

    @api.model
    def _get_held_domain(self):
        """The trainings that the user holds."""
        return Domain("trainer_id", "in", self.env.user._get_backbone_own())

    @api.model
    def _get_mine_domain(self):
        """The trainings that the user takes part in, or was invited to, or holds."""
        row = Domain("employee_id", "in", self.env.user._get_backbone_own())
        row &= Domain("state", "!=", "cancelled")
        listed = Domain("state", "!=", "draft") & Domain("participant_ids", "any", row)
        return listed | self._get_held_domain()

    @api.model
    def _get_portal_filters(self):
        """What the list of the portal can be narrowed to, and how each is sorted."""
        mine, now = self._get_mine_domain(), fields.Datetime.now()
        coming = Domain("date_end", ">", now) & Domain("state", "!=", "cancelled")
        later, sooner = "date_start desc, id desc", "date_start, id"
        return {
            "coming": {"label": self.env._("Coming"), "domain": mine & coming, "order": sooner},
            "past": {
                "label": self.env._("Past"),
                "domain": mine & Domain("date_end", "<=", now),
                "order": later,
            },
            "held": {
                "label": self.env._("I hold"),
                "domain": self._get_held_domain(),
                "order": later,
            },
            "all": {"label": self.env._("All"), "domain": mine, "order": later},
        }

    @api.model
    def _get_portal_sortings(self):
        return {
            "usual": {"label": self.env._("Usual order"), "order": None},
            "date": {"label": self.env._("Earliest first"), "order": "date_start, id"},
            "late": {"label": self.env._("Latest first"), "order": "date_start desc, id desc"},
            "name": {"label": self.env._("Name"), "order": "name, id"},
        }

    def _get_my_rows(self):
        """{training: the user's own participation}."""
        rows = self.env["hr.backbone.training.participant"]
        own = rows._get_own_domain() & Domain("training_id", "in", self.ids)
        return {row.training_id: row for row in rows.search(own)}

    def _get_readable_rows(self, limit):
        """The participants whom the user may see: all for the trainer, the own people for a
        manager or a mentor."""
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        return rows.search(self._get_readable_domain(), order="state, id", limit=limit)

    def _count_readable_rows(self):
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        return rows.search_count(self._get_readable_domain())

    def _get_readable_domain(self):
        return [("training_id", "=", self.id), ("state", "!=", "cancelled")]

    @api.model
    def _get_listed_domain(self):
        return Domain("state", "in", ("invited", "confirmed", "waiting", "attended"))

    def _get_listed(self, limit, offset):
        """A page of the list on which the attendance is marked, by name."""
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        domain = self._get_listed_domain() & Domain("training_id", "=", self.id)
        # sudo: by the names of a list that the user takes; the ids go back to the user's rights
        found = rows.sudo().search(domain, order="employee_id, id", limit=limit, offset=offset)
        return found.sudo(False)

    def _count_listed(self):
        rows = self.env["hr.backbone.training.participant"]
        return rows.search_count(self._get_listed_domain() & Domain("training_id", "=", self.id))

    @api.model
    def _get_attendance_domain(self):
        """The user's sessions that are over, and whose attendance nobody has marked yet."""
        return (
            self._get_held_domain()
            & Domain("state", "=", "planned")
            & Domain("date_end", "<=", fields.Datetime.now())
            & Domain("participant_ids", "any", [("state", "in", ("invited", "confirmed"))])
            & ~Domain("participant_ids", "any", [("state", "=", "attended")])
        )
