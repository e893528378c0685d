from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .hr_backbone_rotation import HOST_WRITES, LIVING, MEMBER_WRITES

ENDS = ("start", "end")
AGREEMENT = ("date_manager_agreed", "date_host_agreed")
# the last seven days, the day of the end included
LAST_WEEK = timedelta(days=6)


class HrBackboneRotation(models.Model):
    """Who asks for a rotation, who agrees, and who writes what at its end."""

    _inherit = "hr.backbone.rotation"

    # -- who ---------------------------------------------------------------------------

    def _is_host(self):
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        return self.host_id.sudo().user_id == self.env.user

    def _is_manager(self):
        """Whether the user agrees for the member's side; HR where no manager is above."""
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        manager = self.manager_id.sudo()
        return manager.user_id == self.env.user if manager else self._is_hr()

    def _may_ask(self):
        """Rotation is asked for by HR, the member or a manager of the member."""
        self.ensure_one()
        return self._is_hr() or self._is_about_me() or self.is_managed or self._is_manager()

    # -- content ------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(name) for name in MEMBER_WRITES | HOST_WRITES):
                raise UserError(self.env._("Summary and score are written at the end."))
            start, end = (fields.Date.to_date(vals.get(f"date_{name}")) for name in ENDS)
            if start and end and end < start:
                raise UserError(self.env._("A rotation ends on or after the day it begins."))
        # set: a default_… key in a client's context must not
        empty = dict.fromkeys(MEMBER_WRITES | HOST_WRITES, False)
        records = super().create([{**empty, **vals} for vals in vals_list])
        for record in records:
            if reason := record._get_asking_refusal():
                raise UserError(reason)
        return records

    def write(self, vals):
        self._check_editable(vals)
        result = super().write(vals)
        if "host_id" in vals:
            self._on_host_named()
        return result

    def _check_editable(self, vals):
        """The draft is whose who ask; what stays open later has its own rules."""
        thread = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        content = set(vals) - thread
        for record in self:
            names = set(content)
            reasons = []
            if record.state != "draft":
                for allowed, refusal in (
                    (MEMBER_WRITES, record._get_summary_refusal),
                    (HOST_WRITES, record._get_score_refusal),
                    ({"host_id"}, record._get_host_refusal),
                    ({"plan_line_id"}, record._get_link_refusal),
                ):
                    if names & allowed:
                        reasons.append(refusal())
                        names -= allowed
            elif names & (MEMBER_WRITES | HOST_WRITES):
                reasons.append(self.env._("Summary and score are written at the end."))
            if names:
                reasons.append(record._get_edit_refusal())
            if reasons := [reason for reason in reasons if reason]:
                raise UserError("\n".join(reasons))

    def _get_edit_refusal(self):
        self.ensure_one()
        if self.state != "draft":
            return self.env._(
                "“%s” has been requested: its content cannot be changed any more.",
                self.display_name,
            )
        return False if self._may_ask() else self._get_who_refusal()

    def _get_who_refusal(self):
        # sudo: the name of the person the document is about
        return self.env._(
            "A rotation of %s is asked for by the person, a manager of the department or of one "
            "above it, or HR.",
            self.employee_id.sudo().name,
        )

    def _get_asking_refusal(self):
        """Why there is no rotation to ask for: a sentence, or False."""
        self.ensure_one()
        if not self._may_ask() and not self.env.su:
            return self._get_who_refusal()
        # sudo: whether the person is in the talent pool
        member = self.member_id.sudo()
        if member.state != "active" or not member.employee_id.active:
            return self.env._(
                "%s is not an active member of the talent pool.", member.employee_id.name
            )
        return False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for record in self:
            # sudo: the existence of a decision, of whomever
            if record.state != "draft" or record.sudo().decision_ids:
                raise UserError(
                    self.env._(
                        "“%s” has been requested before: cancel it instead of deleting it.",
                        record.display_name,
                    )
                )
            if reason := record._get_edit_refusal():
                raise UserError(reason)

    # -- agreeing ----------------------------------------------------------------------

    def _get_agreement_vals(self):
        """The parts that the user gives by agreeing, of those that are missing."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        parts = {
            "date_manager_agreed": self._is_manager(),
            "date_host_agreed": self._is_host(),
        }
        return {name: today for name, mine in parts.items() if mine and not self[name]}

    def _would_complete(self):
        """Whether both have agreed once the user has."""
        given = self._get_agreement_vals()
        return all(self[name] or name in given for name in AGREEMENT)

    def _give_agreement(self, move, comment=None):
        by_vals = self.grouped(lambda record: tuple(record._get_agreement_vals().items()))
        for vals, batch in by_vals.items():
            batch._move(move, comment, dict(vals))

    def _agree_as_requester(self):
        """A manager who asks for it has thereby agreed; so has a host."""
        mine = self.filtered(lambda record: record._get_agreement_vals())
        if mine:
            mine.action_agree()

    def _get_missing_agreement(self):
        """The employees whose agreement is awaited, as superuser: names and logins."""
        self.ensure_one()
        # sudo: names of the people of this document
        people = self.env["hr.employee"].sudo()
        if not self.date_manager_agreed:
            people |= self.manager_id.sudo()
        if not self.date_host_agreed:
            people |= self.host_id.sudo()
        return people

    # -- the evaluation at the end -----------------------------------------------------

    def _get_evaluation_refusal(self):
        """From the last week on, until it is done."""
        self.ensure_one()
        if self.state == "evaluation":
            return False
        opens = self.date_end and self.date_end - LAST_WEEK
        if self.state != "running":
            return self.env._("Summary and score are written at the end of a rotation.")
        if self.company_id._backbone_today() < opens:
            return self.env._(
                "Summary and score are written from the last week on, from %s.",
                format_date(self.env, opens),
            )
        return False

    def _get_summary_refusal(self):
        self.ensure_one()
        if not self._is_about_me():
            # sudo: the name of the person the document is about
            return self.env._("Only %s writes the summary.", self.employee_id.sudo().name)
        if self.date_summary:
            return self.env._("The summary has been handed in.")
        return self._get_evaluation_refusal()

    def _get_score_refusal(self):
        self.ensure_one()
        if not self._is_host() or self._is_about_me():
            # sudo: the name of the host, on the form
            host = self.host_id.sudo().name or self.env._("the host")
            return self.env._("Only %s, the host, scores and comments.", host)
        if self.date_scored:
            return self.env._("The score has been handed in.")
        return self._get_evaluation_refusal()

    def _get_missing(self):
        """{input: why it cannot be handed in, or asked for, without it}; for the pages."""
        self.ensure_one()
        if self.state == "draft":
            return self._get_missing_content()
        missing = {}
        if not self._get_summary_refusal() and not (self.summary or "").strip():
            missing["summary"] = self.env._("Write the summary before you hand it in.")
        if not self._get_score_refusal():
            if not self.score:
                missing["score"] = self.env._("Give a score before you hand it in.")
            if not (self.host_comment or "").strip():
                missing["host_comment"] = self.env._("Write a comment before you hand it in.")
        return missing

    def _get_hand_in_vals(self):
        """[(what the user's handing in sets, the records)]"""
        groups = {}
        for record in self:
            today = record.company_id._backbone_today()
            vals = {}
            if not record._get_summary_refusal():
                vals["date_summary"] = today
            if not record._get_score_refusal():
                vals["date_scored"] = today
            key = tuple(vals.items())
            groups[key] = groups.get(key, self.browse()) | record
        return [(dict(key), batch) for key, batch in groups.items()]

    # -- a host who is not there any more ----------------------------------------------

    def _get_host_refusal(self):
        self.ensure_one()
        if not self._is_hr():
            return self.env._("Only HR names another host.")
        if self.state not in LIVING or self.date_scored:
            return self.env._("The host has done all that there is to do.")
        return False

    def _get_link_refusal(self):
        """Whether the action of the plan may be linked later."""
        self.ensure_one()
        return False if self._is_hr() else self._get_edit_refusal()

    def _on_host_named(self):
        """The new host agrees anew where that is still awaited, and is told."""
        # sudo: follows from the change that the user was just allowed to make
        records = self.sudo()
        records._write_moved({"date_host_missing": False})
        asked = records.filtered(lambda record: record.state == "requested")
        asked._write_moved({"date_host_agreed": False})
        living = records.filtered(lambda record: record.state in LIVING)
        for record in living:
            if not self._can_act(record.host_id) or record.host_id == record.employee_id:
                raise UserError(record._get_host_missing_sentence())
        if living:
            bodies = {
                record.id: self.env._("The host is now %s.", record.host_id.name)
                for record in living
            }
            living._message_log_batch(bodies)
            living._finish_activities()
            living._schedule_next_activities()
            self.env["hr.backbone.notification"]._queue(
                living, "hr_backbone_training.mail_template_rotation_host", "host"
            )

    def action_update_manager(self):
        """HR: find the member's manager again, where departments or managers have changed."""
        self.check_access("write")
        self._lock_for_move()
        for record in self:
            if not record._is_hr() or record.state not in ("draft", "requested"):
                raise UserError(
                    self.env._("HR may look for the manager again until all have agreed.")
                )
        self._update_managers()
        return True

    def _update_managers(self):
        """Make sure that each asks the manager who is there now."""
        # sudo: by HR, or the daily job
        for record in self.sudo():
            leader = record._find_leader(record.employee_id.department_id)
            if leader != record.manager_id:
                record._write_moved({"manager_id": leader.id, "date_manager_agreed": False})
                record._finish_activities()
                record._schedule_next_activities()
