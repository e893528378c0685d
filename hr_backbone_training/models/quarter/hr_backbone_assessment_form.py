from odoo import api, fields, models


class HrBackboneAssessment(models.Model):
    """The seed's "backbone staff assessment form" (appendix 3), on paper: A the self report,
    B the mentor's scores, C what human resources make of both, and the signatures."""

    _name = "hr.backbone.assessment"
    _inherit = ["hr.backbone.assessment", "hr.backbone.form.mixin"]

    # what the reader of a form may see besides the assessment, for many at once
    readable_report_id = fields.Many2one(
        "hr.backbone.report", "Report I may read", compute="_compute_readable"
    )
    readable_evaluation_id = fields.Many2one(
        "hr.backbone.evaluation", "Evaluation I may read", compute="_compute_readable"
    )

    @api.depends_context("uid")
    @api.depends("quarter_id", "member_id")
    def _compute_readable(self):
        # the rights of the reader decide, also where a form is printed as superuser
        env = self.env(su=False)
        # sudo: the ids of documents whose rights are asked next
        ids = self.sudo().report_id.filtered(lambda report: report.state != "draft").ids
        reports = set(env["hr.backbone.report"].browse(ids)._filtered_access("read").ids)
        evaluations = self._get_readable_evaluations(env)
        for assessment in self:
            # sudo: see above
            report, member = assessment.sudo().report_id, assessment.sudo().member_id
            assessment.readable_report_id = report.id if report.id in reports else False
            key = (member.id, assessment.quarter_id.sudo().year)
            assessment.readable_evaluation_id = evaluations.get(key)

    def _get_readable_evaluations(self, env):
        """{(member id, year): the evaluation of the year}, of those that are frozen."""
        model = env["hr.backbone.evaluation"]
        if not model.has_access("read"):
            return {}
        found = model.search([("member_id", "in", self.sudo().member_id.ids)])
        # sudo: the run of an evaluation that the user may read
        return {
            (row.member_id.id, row.program_id.year): row
            for row in found.sudo()
            if row.run_id.state in ("frozen", "announced")
        }

    def _prepare_form_values(self):
        report = self.readable_report_id.sudo()
        return {
            **super()._prepare_form_values(),
            **self._get_form_person(),
            "self_report": report._get_self_report() if report else report._get_empty_report(),
            "report_note": self._get_form_report_note(),
            "rows": [self._get_form_row(line) for line in self.line_ids],
            "weight": sum(self.line_ids.mapped("weight")),
            "total": f"{self.total:.2f}" if self._is_scored() else "",
            "grade": self._get_preview()[1] or "",
            "bands": self._get_form_bands(),
            "comment": self._format_form_text(self.comment),
            "proposals": self._get_form_proposals(),
            "hr": self._get_form_composite(),
            "decision": self._get_form_decision(),
            "evaluation": self._get_form_evaluation(),
            "signatories": self._get_form_signatories(),
            "signed": self._get_form_signed(),
        }

    def _get_form_mentor(self):
        return self.mentor_id

    def _get_form_report_note(self):
        """Why part A is empty; nothing where it is not, or where it is to be written on."""
        if self.readable_report_id:
            return ""
        # sudo: only how far the report is
        state = self.report_id.sudo().state
        if state == "missed":
            return self.env._("No report was submitted for this quarter.")
        if state in ("submitted", "accepted"):
            return self.env._("The report is not open to whoever printed this form.")
        return ""

    # -- B -----------------------------------------------------------------------------

    def _is_scored(self):
        return any(self.line_ids.mapped("is_scored"))

    def _get_form_row(self, line):
        return {
            "name": self._format_form_text(line.name),
            "anchor": self._format_form_text(line.anchor),
            "weight": line.weight,
            "score": line.score if line.is_scored else "",
            "points": f"{line.score * line.weight / 100:.2f}" if line.is_scored else "",
            "example": self._format_form_text(line.example),
        }

    def _get_form_bands(self):
        company = self.company_id
        return self.env._(
            "S from %(s)s, A from %(a)s, B from %(b)s, C from %(c)s, D below",
            s=company.backbone_grade_s,
            a=company.backbone_grade_a,
            b=company.backbone_grade_b,
            c=company.backbone_grade_c,
        )

    def _get_form_proposals(self):
        """[(proposal, whether it was made)], as boxes to tick."""
        choices = self._fields["proposal"]._description_selection(self.env)
        return [(label, value == self.proposal) for value, label in choices]

    # -- C -----------------------------------------------------------------------------

    def _get_composite(self):
        """HR's result of the quarter: report and assessment by the weights that the program
        gives them in the year; None until both are there.

        :return: (points, weight of the report, weight of the assessment)
        """
        self.ensure_one()
        report, program = self.readable_report_id.sudo(), self.quarter_id.program_id
        weights = (program.weight_report, program.weight_assessment) if program else (1, 1)
        whole = sum(weights)
        if self.state != "submitted" or report.state != "accepted" or not whole:
            return None
        points = (report.score * weights[0] + self.total * weights[1]) / whole
        return round(points, 2), *(round(100 * weight / whole) for weight in weights)

    def _get_form_composite(self):
        report, composite = self.readable_report_id, self._get_composite()
        values = {
            "score": f"{report.score:g}" if report.state == "accepted" else "",
            "accepted": self._format_form_date(report.date_accepted),
            "points": "",
            "grade": "",
            "formula": "",
        }
        if composite:
            points, report_weight, assessment_weight = composite
            values |= {
                "points": f"{points:.2f}",
                "grade": self.company_id._backbone_grade(points),
                "formula": self.env._(
                    "Report %(report)s %%, assessment %(assessment)s %%",
                    report=report_weight,
                    assessment=assessment_weight,
                ),
            }
        return values

    def _get_form_decision(self):
        """What HR decided on the proposal; empty texts are filled in by hand."""
        labels = dict(self._fields["proposal_decision"]._description_selection(self.env))
        last = self.decision_ids.filtered(lambda row: row.move.startswith("decide_"))[:1]
        return {
            "label": labels.get(self.proposal_decision, ""),
            "person": self.proposal_user_id.name or "",
            "date": self._format_form_date(self.proposal_date),
            "comment": self._format_form_text(last.comment) if self.proposal_decision else "",
        }

    def _get_form_evaluation(self):
        """The evaluation of the year, once it is frozen and the reader may see it."""
        evaluation = self.readable_evaluation_id.sudo()
        if not evaluation:
            return {}
        return {
            "year": evaluation.program_id.year,
            "total": f"{evaluation.total:.2f}",
            "grade": evaluation.grade or "–",
            "rank": evaluation.rank,
            "count": evaluation.rank_count,
            "outstanding": evaluation.is_outstanding,
        }

    # -- signatures --------------------------------------------------------------------

    def _get_form_signatories(self):
        """[(role, name)] of those who sign the form."""
        return [
            (self.env._("Employee"), self.employee_id.name),
            (self.env._("Mentor"), self.mentor_id.name),
            (self.env._("Department Head"), self.department_id.manager_id.name),
            (self.env._("Human Resources"), self.quarter_id.program_id.user_id.name),
        ]

    def _get_form_signed(self):
        signed = self._get_form_signatures()
        return [signed.get(role) for role in ("employee", "mentor", None, None)]
