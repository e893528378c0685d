from odoo import api, fields, models

# the chart: its size, and the room that its labels take
WIDTH, HEIGHT = 620, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 110, 12, 28


class HrBackboneAssessment(models.Model):
    """The seed's "backbone staff assessment form" (appendix 3), on paper: A the self report,
    B the mentor's scores, C what human resources make of both, and the signatures.

    The form of the year: the four quarters of a member side by side, with a line of the
    scores. Each shows what its reader may see, and the other quarters stay empty.
    """

    _name = "hr.backbone.assessment"
    _inherit = ["hr.backbone.assessment", "hr.backbone.form.mixin"]

    # what the reader of a form may see besides the assessment, for many at once
    readable_report_id = fields.Many2one(
        "hr.backbone.report", "Report I may read", compute="_compute_readable"
    )

    @api.depends_context("uid")
    @api.depends("quarter_id", "member_id")
    def _compute_readable(self):
        # the rights of the reader decide, also where a form is printed as superuser
        env = self.env(su=False)
        # sudo: the ids of documents whose rights are asked next
        ids = self.sudo().report_id.filtered(lambda report: report.state != "draft").ids
        reports = set(env["hr.backbone.report"].browse(ids)._filtered_access("read").ids)
        for assessment in self:
            # sudo: see above
            report = assessment.sudo().report_id
            assessment.readable_report_id = report.id if report.id in reports else False

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
        """HR's result of the quarter: report and assessment by their weights; None until both
        are there.

        :return: (points, weight of the report, weight of the assessment)
        """
        self.ensure_one()
        report, weights = self.readable_report_id.sudo(), self._get_composite_weights()
        whole = sum(weights)
        if self.state != "submitted" or report.state != "accepted" or not whole:
            return None
        points = (report.score * weights[0] + self.total * weights[1]) / whole
        return round(points, 2), *(round(100 * weight / whole) for weight in weights)

    def _get_composite_weights(self):
        """What the report counts for, and the assessment; for the models later in the flow to
        extend."""
        self.ensure_one()
        return 1, 1

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
        """What part C says of the year as a whole, empty for nothing; for the models later in
        the flow to extend."""
        return {}

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

    # -- the form of the year ----------------------------------------------------------

    def _get_year_form_values(self):
        """Everything that the form of the year prints, of the year of this assessment.

        :raise AccessError: who may not read the assessment does not print it
        """
        self.ensure_one()
        self.check_access("read")
        quarters = self.quarter_id._get_year_quarters()
        readable = self.env(su=False)["hr.backbone.assessment"].search(
            [("member_id", "=", self.sudo().member_id.id), ("quarter_id", "in", quarters.ids)]
        )
        # sudo: the check stands above; a form shows names of people
        by_number = {row.quarter_id.number: row for row in readable.sudo()}
        return self.sudo()._prepare_year_form_values(by_number)

    def _prepare_year_form_values(self, by_number):
        rows = [self._get_year_row(number, by_number.get(number)) for number in range(1, 5)]
        return {
            **self._prepare_form_values(),
            "year": self.quarter_id.year,
            "quarters": rows,
            "mean_report": self._get_year_mean(rows, "report_score"),
            "mean_total": self._get_year_mean(rows, "total_score"),
            "chart": self._get_year_chart(rows),
            "signed": [None] * 4,
        }

    def _get_year_row(self, number, assessment):
        row = {"label": f"Q{number}", "report_score": None, "total_score": None}
        texts = ("report", "total", "grade", "mentor", "proposal", "comment", "composite")
        row |= dict.fromkeys(texts, "")
        if not assessment:
            return row
        report, composite = assessment.readable_report_id, assessment._get_form_composite()
        if report.state == "accepted":
            row |= {"report_score": report.score, "report": f"{report.score:g}"}
        row |= {
            "mentor": assessment.mentor_id.name or "",
            "composite": composite["points"],
        }
        if assessment.state == "submitted":
            proposals = dict(self._fields["proposal"]._description_selection(self.env))
            row |= {
                "total_score": assessment.total,
                "total": f"{assessment.total:.2f}",
                "grade": assessment.grade or "",
                "proposal": proposals.get(assessment.proposal, ""),
                "comment": self._format_form_text(assessment.comment),
            }
        elif assessment.state == "missed":
            row["total"] = "–"
        return row

    def _get_year_mean(self, rows, name):
        scores = [row[name] for row in rows if row[name] is not None]
        return f"{sum(scores) / len(scores):.2f}" if scores else ""

    # -- the chart ---------------------------------------------------------------------

    def _get_year_chart(self, rows):
        """The lines of a small chart, in its own units: what was assessed, what was reported
        and the bands of the grades."""
        company = self.company_id
        bands = [
            ("S", company.backbone_grade_s),
            ("A", company.backbone_grade_a),
            ("B", company.backbone_grade_b),
            ("C", company.backbone_grade_c),
        ]
        scores = [row[name] for row in rows for name in ("report_score", "total_score")]
        known = [score for score in scores if score is not None]
        # down to a round number below the lowest, so that the lines use the room
        least = min([company.backbone_grade_c, *known]) // 10 * 10 if known else 0
        least = min(least, 50)

        def height(score):
            room = HEIGHT - TOP - BOTTOM
            return round(TOP + room * (100 - score) / (100 - least), 1)

        step = (WIDTH - LEFT - RIGHT) / 3
        places = [round(LEFT + step * number, 1) for number in range(4)]
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "bottom": HEIGHT - BOTTOM,
            "least": int(least),
            "top": TOP,
            "bands": [
                {"label": f"{grade} {points}", "y": height(points)}
                for grade, points in bands
                if points >= least
            ],
            "ticks": [{"x": x, "label": row["label"]} for x, row in zip(places, rows, strict=True)],
            "lines": [
                {
                    "name": name,
                    "color": color,
                    "dash": dash,
                    "parts": self._get_year_points(rows, field, places, height),
                }
                for name, field, color, dash in (
                    (self.env._("Assessment"), "total_score", "#1f5fa8", ""),
                    (self.env._("Report"), "report_score", "#b05a00", "5,4"),
                )
            ],
        }

    def _get_year_points(self, rows, name, places, height):
        """The points of a line, cut where a quarter is missing: [[{"x", "y", "text"}]]."""
        parts = [[]]
        for x, row in zip(places, rows, strict=True):
            if row[name] is None:
                parts.append([])
            else:
                point = {"x": x, "y": height(row[name]), "text": f"{row[name]:g}"}
                parts[-1].append(point)
        return [part for part in parts if part]
