# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core.jobs import run_in_batches
from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Text, public
from .hr_backbone_promotion_mixin import OPEN_STATES

_lt = LazyTranslate(__name__)

EXPIRY = "hr_backbone_training.mail_activity_type_achievement_expiry"


class HrBackboneAchievement(models.Model):
    """The moves of an achievement: why each is refused, and what follows from it; and the
    warning before a qualification expires."""

    _inherit = "hr.backbone.achievement"

    _readers = ("employee", "managers", "mentor", "hr")
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Submitted"), button=True, mail="submitted"),
        Move(
            "verify",
            "submitted",
            "verified",
            _lt("Verified"),
            asks="action_verify",
            mail="verified",
        ),
        Move(
            "return", "submitted", "draft", _lt("Returned"), reason="action_return", mail="returned"
        ),
        Move(
            "refuse", "submitted", "refused", _lt("Refused"), reason="action_refuse", mail="refused"
        ),
        Move("withdraw", OPEN_STATES, "withdrawn", _lt("Withdrawn"), asks="action_withdraw"),
        Move(
            "undo_withdraw",
            "withdrawn",
            label=_lt("Withdrawal taken back"),
            by=PROCEDURE,
            undoes="withdraw",
        ),
        mails="hr_backbone_training.mail_template_achievement_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "submitted": "verify"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        mine = self._is_about_me() if self.state == "draft" else self._is_mentor()
        return mine or super()._is_next_actor()

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft" and self._is_about_me():
            return self.env._("You complete and submit it.")
        if self.state == "submitted" and self._is_mentor():
            return self.env._("You or HR verify it.")
        # sudo: names of the people of this document
        member = self.sudo().member_id
        if self.state == "draft":
            return self.env._("%s completes and submits it.", member.employee_id.name)
        if self.state != "submitted":
            return False
        if not member.mentor_id:
            return self.env._("HR verifies it.")
        return self.env._("%s, the mentor, or HR verifies it.", member.mentor_id.name)

    # -- refusals ----------------------------------------------------------------------

    def _get_missing(self):
        """{field: what a submission needs}, by the kind of achievement."""
        self.ensure_one()
        missing = {}
        if self.kind == "qualification":
            if not (self.authority or "").strip():
                missing["authority"] = self.env._("Say who issued the qualification.")
            if not self.date_obtained:
                missing["date_obtained"] = self.env._("Say when the qualification was obtained.")
            # sudo: whether there are files, for whoever may read the document
            if not self.sudo().attachment_ids:
                missing["files"] = self.env._("Add a file that proves the qualification.")
        elif self.kind == "book" and not (self.notes or "").strip():
            missing["notes"] = self.env._("Write down what you learned from the book.")
        elif self.kind == "research" and not (
            # sudo: as above
            (self.notes or "").strip() or self.sudo().attachment_ids
        ):
            missing["notes"] = self.env._("Describe the research or innovation, or add a file.")
        if self.date_obtained and self.date_obtained > self.company_id._backbone_today():
            missing["date_obtained"] = self.env._("The date lies in the future.")
        return missing

    def _get_move_refusals(self, name):
        if name in ("verify", "return", "refuse"):
            return self._refusals_verify()
        return super()._get_move_refusals(name)

    def _refusals_verify(self):
        """ "Mentor or HR, never the member": the mentor as of today."""
        officer = self.env.user.has_group(OFFICER)
        refusals = {}
        for record in self:
            if record._concerns_me():
                refusals[record] = [self.env._("You cannot decide on your own case.")]
            elif not (officer or record._is_mentor()):
                name = record.employee_id._get_backbone_name()
                refusals[record] = [self.env._("Only the mentor of %s or HR can do this.", name)]
        return refusals

    @public(comment=Text())
    def action_verify(self, comment=None):
        """submitted → verified, by the mentor or HR."""
        self._move("verify", comment)
        return True

    @public(comment=Text())
    def action_refuse(self, comment=None):
        """submitted → refused for good, by the mentor or HR.

        :param str comment: the reason; required
        """
        self._move("refuse", comment)
        return True

    @public()
    def action_verify_selected(self):
        """The list's button: verify what can be verified, and say what was left."""
        return self._action_move_selected("verify")

    # -- consequences ------------------------------------------------------------------

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "verify":
            self._write_today("date_verified")
            # sudo: the verification was allowed; the certification follows from it
            self.sudo()._make_certifications()
        return result

    def _make_certifications(self):
        """Make sure that each qualification is in hr_skills as a certification of the
        employee, with its dates: made once, or found where HR has entered it before."""
        todo = self.filtered(lambda r: r.kind == "qualification" and not r.employee_skill_id)
        skills = todo._find_certification_skills()
        wanted = {
            record: {
                "employee_id": record.employee_id.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id._get_backbone_level().id,
                "valid_from": record.date_obtained,
                "valid_to": record.date_expiry,
            }
            for record, skill in skills.items()
        }
        rows = self.env["hr.employee.skill"].search(
            [
                ("employee_id", "in", todo.employee_id.ids),
                ("skill_id", "in", [vals["skill_id"] for vals in wanted.values()]),
            ]
        )
        known = {
            (
                row.employee_id.id,
                row.skill_id.id,
                row.skill_level_id.id,
                row.valid_from,
                row.valid_to,
            ): row
            for row in rows
        }
        fresh = {_get_key(vals): vals for vals in wanted.values() if _get_key(vals) not in known}
        known.update(
            zip(fresh, self.env["hr.employee.skill"].create(list(fresh.values())), strict=True)
        )
        for record, vals in wanted.items():
            record._write_moved(
                {"employee_skill_id": known[_get_key(vals)].id, "skill_id": vals["skill_id"]}
            )

    def _find_certification_skills(self):
        """{record: the `hr.skill` that it is a certification of}; one is made for a title
        that no certification has yet."""
        skills = self.env["hr.skill"]
        missing = self.filtered(lambda record: not record.skill_id)
        by_title = (
            {
                skill.name.casefold(): skill
                for skill in skills.search(
                    [("skill_type_id.is_certification", "=", True)], order="id desc"
                )
            }
            if missing
            else {}
        )
        kind = self.env["hr.skill.type"]._get_backbone_qualification()
        titles = {
            title.casefold(): title
            for record in missing
            if (title := record.name.strip()).casefold() not in by_title
        }
        made = skills.create(
            [{"name": title, "skill_type_id": kind.id} for title in titles.values()]
        )
        by_title.update(zip(titles, made, strict=True))
        return {
            record: record.skill_id or by_title[record.name.strip().casefold()] for record in self
        }

    # -- who is told -------------------------------------------------------------------

    def _get_next_activity(self):
        result = {}
        for record in self:
            if record._is_returned():
                result[record] = (
                    "achievement_mend",
                    record.employee_id._get_acting_users(record.company_id),
                )
            elif record.state == "submitted":
                result[record] = ("achievement", record._get_verifiers())
        return {
            record: (f"hr_backbone_training.mail_activity_type_{name}", users, None)
            for record, (name, users) in result.items()
        }

    def _get_verifiers(self):
        """The users who are asked to verify: the mentor of now, or HR. As superuser."""
        self.ensure_one()
        return self.member_id.mentor_id._get_acting_users(self.company_id) or self._get_hr_user()

    def _get_keepers(self, activity):
        """Of a qualification that expires the member and HR are told."""
        if activity.activity_type_id != self.env.ref(EXPIRY):
            return super()._get_keepers(activity)
        own = self.employee_id._get_backbone_users()
        if activity.user_id in own:
            return own
        return self._get_hr_keepers(activity, self.member_id.program_id.user_id)

    def _get_mail_partners(self, name):
        """The member; with a submission, the mentor, or HR where there is none."""
        self.ensure_one()
        if name != "submit":
            return self._get_person_partner()
        mentor = self.member_id.mentor_id
        return self._get_person_partner(mentor) if mentor else self._get_hr_user().partner_id

    # -- the warning before a qualification expires ------------------------------------

    @api.model
    def _get_expiring_domain(self):
        """Verified qualifications within the warning time of their company that nobody has
        been told of, as long as their member is in the pool."""
        domain = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_expiry",
                "<=",
                company._backbone_today()
                + timedelta(days=company.backbone_certification_warning_days),
            )
            for company in self.env["res.company"].search([])
        )
        return (
            domain
            & Domain("state", "=", "verified")
            & Domain("date_warned", "=", False)
            & Domain("member_id.state", "!=", "exited")
        )

    @api.model
    def _cron_warn_expiring(self, batch_size=200):
        """Make sure that the member and HR have been told, once, of each qualification that
        is about to expire."""
        domain = self._get_expiring_domain()
        run_in_batches(self, domain, lambda due: due._warn_expiring(), batch_size)

    def _warn_expiring(self):
        """An activity for HR and for members who have the backend; a mail to the others."""
        self._write_today("date_warned")
        activity_type = self.env.ref(EXPIRY)
        activity_type._make_activities(
            (record, user, {"date_deadline": record.date_expiry})
            for record in self
            for user in record.employee_id._get_acting_users(record.company_id)
            | record._get_hr_user()
        )
        outside = self.filtered(
            lambda record: (
                not (record.employee_id._get_backbone_users().filtered(lambda user: not user.share))
            )
        )
        if outside:
            self.env["hr.backbone.notification"]._queue(
                outside, "hr_backbone_training.mail_template_achievement_expiring", "expire"
            )


def _get_key(vals):
    """What makes two certifications of hr_skills the same."""
    names = ("employee_id", "skill_id", "skill_level_id", "valid_from", "valid_to")
    return tuple(vals[name] or False for name in names)
