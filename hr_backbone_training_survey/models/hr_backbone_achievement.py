# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import logging

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.hr_backbone_training.models.core.scores import Score
from odoo.addons.hr_backbone_training.models.promotion.hr_backbone_achievement import (
    HrBackboneAchievement as Achievement,
)

_logger = logging.getLogger(__name__)

REPORT = "survey.certification_report"
TODO = "hr_backbone_training_survey.mail_activity_type_achievement_certified"


class HrBackboneAchievement(models.Model):
    """A certification that was passed is proposed as a qualification: a draft that the member
    completes and submits, with its day, its score and its certificate. Mentor or HR verify it
    as any other."""

    _inherit = "hr.backbone.achievement"
    _moved_fields = (*Achievement._moved_fields, "survey_id", "survey_score")

    survey_id = fields.Many2one(
        "survey.survey",
        "Passed Certification",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The certification of Surveys that proves the qualification.",
    )
    survey_score = Score("Score (%)", readonly=True, copy=False, digits=(5, 1))

    @api.model
    def _propose_certified(self, attempts):
        """Propose what was passed to the members among those who passed it. Called as
        superuser."""
        passed = attempts.filtered(
            lambda row: row.survey_id.certification and row.scoring_success and row.end_datetime
        )
        if not passed:
            return
        people = passed._get_backbone_employees()
        members = self.env["hr.backbone.member"].search(
            [
                ("employee_id", "in", self.env["hr.employee"].union(*people.values()).ids),
                ("state", "=", "active"),
            ]
        )
        for attempt in passed if members else ():
            mine = members.filtered(
                lambda member, attempt=attempt: member.employee_id in people[attempt]
            )
            for member in mine:
                self._propose(member, attempt)

    @api.model
    def _propose(self, member, attempt):
        """The draft of a member that this attempt proves, made where there is none; nothing,
        where the qualification was handed in and still holds."""
        vals = self._prepare_certified(member, attempt)
        draft, settled = self._find_certified(member, attempt)
        expiry = vals["date_expiry"]
        if (
            not draft
            and settled
            and not (settled.date_expiry and (not expiry or expiry > settled.date_expiry))
        ):
            return
        moved = {name: vals.pop(name) for name in ("survey_id", "survey_score")}
        if not draft:
            draft = self.with_context(mail_create_nosubscribe=True)._create_moved(
                [{"member_id": member.id, **vals, **moved}]
            )
        else:
            # what the member has typed stays; a later attempt at the same one has its own days
            renewed = draft.survey_id == attempt.survey_id
            days = ("date_obtained", "date_expiry")
            draft.write(
                {
                    name: value
                    for name, value in vals.items()
                    if value and (not draft[name] or (renewed and name in days))
                }
            )
            draft._write_moved(moved)
        draft._attach_certificate(attempt)
        draft._schedule_certified()

    @api.model
    def _prepare_certified(self, member, attempt):
        survey = attempt.survey_id.with_context(
            lang=attempt.lang_id.code or attempt.partner_id.lang or self.env.lang
        )
        obtained = member.company_id._backbone_local_date(attempt.end_datetime)
        months = survey.certification_validity_months
        return {
            "kind": "qualification",
            "name": survey.title,
            "authority": member.company_id.name,
            "date_obtained": obtained,
            "date_expiry": obtained + relativedelta(months=months) if months else False,
            "survey_id": survey.id,
            "survey_score": round(attempt.scoring_percentage, 1),
        }

    @api.model
    def _find_certified(self, member, attempt):
        """The member's draft of this qualification, and the one that was handed in last: by the
        certification, or, for a draft, by its title."""
        survey = attempt.survey_id
        found = self.search(
            Domain("member_id", "=", member.id)
            & Domain("kind", "=", "qualification")
            & Domain("state", "in", ("draft", "submitted", "verified"))
            & (Domain("survey_id", "=", survey.id) | Domain("name", "=ilike", survey.title.strip()))
        )
        drafts = found.filtered(lambda row: row.state == "draft")
        own = drafts.filtered(lambda row: row.survey_id == survey)
        settled = (found - drafts).sorted(lambda row: (not row.date_expiry, row.date_expiry))
        return (own or drafts)[:1], settled[-1:]

    def _attach_certificate(self, attempt):
        """The certificate, as Odoo prints it. Where it cannot be printed now the attempt proves
        the qualification by itself."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
                    REPORT, attempt.ids, data={"report_type": "pdf"}
                )
        except UserError as error:
            _logger.warning("The certificate of attempt %s was not printed: %s", attempt.id, error)
            return
        name = self.env._("Certificate %s", fields.Date.to_string(self.date_obtained))
        certificate = self.env["ir.attachment"].create(
            {
                "name": f"{name}.{kind}",
                "datas": base64.b64encode(pdf),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write({"attachment_ids": [Command.link(certificate.id)]})

    def _get_missing(self):
        missing = super()._get_missing()
        # sudo: only whether a certification proves it
        if self.sudo().survey_id:
            missing.pop("files", None)
        return missing

    # -- who is told -------------------------------------------------------------------

    def _is_proposed(self):
        """Whether the draft waits for the member since a certification was passed; whoever is
        suspended hands in nothing now."""
        self.ensure_one()
        # sudo: only whether a certification proves it, and whether the member is active
        draft = self.sudo()
        waits = draft.state == "draft" and not draft.date_submitted
        return waits and bool(draft.survey_id) and draft.member_id.state == "active"

    def _schedule_certified(self):
        self._finish_activities()
        self._schedule_next_activities()

    def _get_next_activity(self):
        result = super()._get_next_activity()
        for record in self:
            if record not in result and record._is_proposed():
                result[record] = (
                    TODO,
                    record.employee_id._get_acting_users(record.company_id),
                    None,
                )
        return result

    @api.model
    def _get_proposed_domain(self):
        """The user's drafts that a certification has proposed, in the user's companies."""
        return (
            self._get_mine_domain()
            & Domain("state", "=", "draft")
            & Domain("date_submitted", "=", False)
            & Domain("survey_id", "!=", False)
            & Domain("member_id.state", "=", "active")
            & Domain("company_id", "in", self.env.companies.ids)
        )
