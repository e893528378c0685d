from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean
from ..core.hr_backbone_workflow_mixin import list_sentences

CHOICES = 500
STEPS = {"draft": 0, "requested": 1, "agreed": 2, "running": 2, "evaluation": 3, "done": 5}
PICKED = ("host_department_id", "host_job_id", "host_id", "plan_line_id")
DATES = ("date_start", "date_end")
LONGEST = 10000


class HrBackboneRotation(models.Model):
    """The rotation in the portal: what the pages ask of it."""

    _inherit = "hr.backbone.rotation"

    # -- where it stands ---------------------------------------------------------------

    def _get_steps(self):
        """The picture of the procedure: [(label, "done", "current", "stopped" or "todo")]."""
        self.ensure_one()
        labels = [
            self.env._("Asked for"),
            self.env._("Manager and host"),
            self.env._("In the other post"),
            self.env._("Summary and score"),
            self.env._("Résumé"),
        ]
        reached, here = STEPS.get(self.state), "current"
        if reached is None:
            # refused or cancelled: the last decision says how far it came
            reached, here = STEPS.get(self.sudo().decision_ids[:1].from_state, 0), "stopped"
        return [
            (label, "done" if index < reached else here if index == reached else "todo")
            for index, label in enumerate(labels)
        ]

    # -- asking for one ----------------------------------------------------------------

    @api.model
    def _get_askable_members(self):
        """The members for whom the user may ask: oneself, and the own people; as superuser:
        names are shown."""
        members = self.env["hr.backbone.member"]
        own = Domain("employee_id", "in", self.env.user._get_backbone_own())
        domain = (own | Domain("is_managed", "=", True)) & Domain("state", "=", "active")
        return members.search(domain, limit=CHOICES).sudo()

    @api.model
    def _start_from_portal(self, member_id, line=""):
        """A draft for this member, or the draft that the user finds there already.

        :param str line: the id of the action of the development plan that it is born from
        :raise UserError: not one of the user's people, or another one's action
        """
        member = self._get_askable_members().filtered(lambda row: str(row.id) == str(member_id))
        if not member:
            raise UserError(self.env._("Choose one of your people in the talent pool."))
        draft = self.search([("member_id", "=", member.id), ("state", "=", "draft")], limit=1)
        draft = draft or self.create({"member_id": member.id})
        if line:
            draft.plan_line_id = draft._parse_plan_line(line)
        return draft

    # -- the form ----------------------------------------------------------------------

    def _get_department_choices(self):
        # sudo: names of departments of the own company
        departments = self.env["hr.department"].sudo()
        domain = [("company_id", "in", (False, self.company_id.id))]
        return departments.search(domain, limit=CHOICES).sorted("complete_name")

    def _get_job_choices(self):
        # sudo: names of posts of the own company
        jobs = self.env["hr.job"].sudo()
        domain = [("company_id", "in", (False, self.company_id.id))]
        return jobs.search(domain, order="name, id", limit=CHOICES)

    def _get_host_choices(self):
        """Who can look after the member: people of the chosen department with a login."""
        # sudo: names of colleagues
        people = self.env["hr.employee"].sudo()
        department = self.sudo().host_department_id
        if not department:
            return people
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("department_id", "=", department.id)
            & Domain("user_id.active", "=", True)
            & Domain("id", "!=", self.employee_id.id)
        )
        return people.search(domain, order="name, id", limit=CHOICES) | self.sudo().host_id

    def _get_writable(self):
        """The inputs that the user may fill in now."""
        self.ensure_one()
        if self.state == "draft":
            return () if self._get_edit_refusal() else (*PICKED, *DATES, "objectives")
        writable = []
        if not self._get_summary_refusal():
            writable.append("summary")
        if not self._get_score_refusal():
            writable += ["score", "host_comment"]
        return tuple(writable)

    def _get_submit_refusals(self):
        self.ensure_one()
        move = "request" if self.state == "draft" else "hand_in"
        return list_sentences(self._get_refusals(move))

    def _get_versioned(self):
        self.ensure_one()
        # sudo: the numbers of what the form shows by name
        record, stored = self.sudo(), {}
        for name in self._get_writable():
            if name in PICKED:
                stored[name] = str(record[name].id or "")
            elif name in DATES:
                stored[name] = fields.Date.to_string(record[name]) if record[name] else ""
            elif name == "score":
                stored[name] = f"{record.score:g}" if record.score else ""
            else:
                stored[name] = clean(record[name])
        return stored

    def _save_from_portal(self, typed):
        """Store what was typed on the page.

        :param dict typed: input → text, and the `version` that the page was opened with
        :raise UserError: not the user's to write, changed elsewhere, or not a date or number
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        stored = self._get_versioned()
        if not stored:
            raise UserError(self._get_edit_refusal() or self.env._("Nothing can be changed now."))
        vals = {
            name: self._parse(name, clean(typed[name]))
            for name in stored
            if name in typed and clean(typed[name]) != stored[name]
        }
        if "host_department_id" in vals:
            # the host follows the department
            vals.pop("host_id", None)
        start, end = (vals.get(name, self[name]) for name in DATES)
        if start and end and end < start:
            raise FieldError(
                self.env._("A rotation ends on or after the day it begins."), "date_end"
            )
        if vals:
            self.write(vals)

    def _parse(self, name, text):
        """The value of an input.

        :raise FieldError: it is not a date, a number or one of the choices
        """
        if name == "plan_line_id":
            return self._parse_plan_line(text)
        if name in PICKED:
            return self._parse_choice(name, text)
        if name in DATES:
            return self._parse_date(name, text)
        if name == "score":
            return self._parse_score(text)
        return text[:LONGEST]

    def _parse_choice(self, name, text):
        choices = {
            "host_department_id": self._get_department_choices,
            "host_job_id": self._get_job_choices,
            "host_id": self._get_host_choices,
        }[name]()
        chosen = choices.filtered(lambda row: str(row.id) == text)
        if text and not chosen:
            raise FieldError(self.env._("Please choose one of the list."), name)
        if name == "host_id" and not chosen:
            chosen = self._find_leader(self.host_department_id)
        return chosen.id

    def _parse_date(self, name, text):
        if not text:
            return False
        try:
            day = fields.Date.from_string(text)
        except ValueError:
            day = None
        if not day or not 2000 <= day.year <= 2200:
            raise FieldError(self.env._("“%s” is not a date.", text[:40]), name)
        return day

    def _parse_score(self, text):
        try:
            score = float(text.replace(",", ".") or 0)
        except ValueError:
            score = -1
        if not 0 <= score <= 100:
            raise FieldError(
                self.env._("“%s” is not a number between 0 and 100.", text[:40]), "score"
            )
        return round(score, 1)
