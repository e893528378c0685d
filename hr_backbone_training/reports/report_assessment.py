# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError

# the chart: its size, and the room that its labels take
WIDTH, HEIGHT = 620, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 110, 12, 28


class ReportAssessment(models.AbstractModel):
    """The seed's "backbone staff assessment form" (appendix 3), on paper: A the self report,
    B the mentor's scores, C what human resources make of both, and the signatures."""

    _name = "report.hr_backbone_training.report_assessment"
    _description = "Assessment Form"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.assessment"

    def _prepare_form(self, doc):
        # sudo: the reader may read it, which the field has asked
        report = doc.readable_report_id.sudo()
        reports = self.env["report.hr_backbone_training.report_report"]
        return {
            **super()._prepare_form(doc),
            **reports._get_person(doc, doc._get_fact("assessor", doc.mentor_id.name)),
            "self_report": reports._get_self_report(report),
            "report_note": self._get_report_note(doc),
            "rows": [self._get_row(*row) for row in doc._get_weights().items()],
            "weight": 100 if doc.line_ids else 0,
            "total": "" if doc.total is False else f"{doc.total:.2f}",
            "grade": doc._get_preview()[1] or "",
            "bands": self._get_bands(doc),
            "comment": self._format_text(doc.comment),
            "proposals": self._get_proposals(doc),
            "hr": self._get_hr_result(doc),
            "decision": self._get_decision(doc),
            "evaluation": self._get_evaluation(doc),
            "signatories": self._get_signatories(doc),
            "signed": self._get_signed(doc),
        }

    def _get_report_note(self, doc):
        """Why part A is empty; nothing where it is not, or where it is to be written on."""
        if doc.readable_report_id:
            return ""
        # sudo: only how far the report is
        state = doc.report_id.sudo().state
        if state == "missed":
            return self.env._("No report was submitted for this quarter.")
        if state in ("submitted", "accepted"):
            return self.env._("The report is not open to whoever printed this form.")
        return ""

    # -- B -----------------------------------------------------------------------------

    def _get_row(self, line, weight):
        """
        :param weight: of 100 points in all
        """
        return {
            "name": self._format_text(line.name),
            "anchor": self._format_text(line.anchor),
            "weight": f"{round(weight, 2):g}",
            "score": "" if line.score is False else line.score,
            "points": "" if line.score is False else f"{line.score * weight / 100:.2f}",
            "example": self._format_text(line.example),
        }

    def _get_bands(self, doc):
        bands = doc._get_bands()
        return self.env._(
            "S from %(s)s, A from %(a)s, B from %(b)s, C from %(c)s, D below",
            **{grade.lower(): least for grade, least in bands.items()},
        )

    def _get_proposals(self, doc):
        """[(proposal, whether it was made)], as boxes to tick."""
        choices = doc._fields["proposal"]._description_selection(doc.env)
        return [(label, value == doc.proposal) for value, label in choices]

    # -- C -----------------------------------------------------------------------------

    def _get_composite(self, doc):
        """HR's result of the quarter: report and assessment by their weights; None until both
        are there.

        :return: (points, weight of the report, weight of the assessment)
        """
        # sudo: the reader may read it, which the field has asked
        report, weights = doc.readable_report_id.sudo(), self._get_composite_weights(doc)
        whole = sum(weights)
        if doc.state != "submitted" or report.state != "accepted" or not whole:
            return None
        points = (report.score * weights[0] + doc.total * weights[1]) / whole
        return round(points, 2), *(round(100 * weight / whole) for weight in weights)

    def _get_composite_weights(self, doc):
        """What the report counts for, and the assessment; the evaluation of the year extends it."""
        return 1, 1

    def _get_hr_result(self, doc):
        report, composite = doc.readable_report_id, self._get_composite(doc)
        values = {
            "score": f"{report.score:g}" if report.state == "accepted" else "",
            "accepted": self._format_date(report.date_accepted),
            "points": "",
            "grade": "",
            "formula": "",
        }
        if composite:
            points, report_weight, assessment_weight = composite
            values |= {
                "points": f"{points:.2f}",
                "grade": doc.company_id._backbone_grade(points, doc.quarter_id._get_fact("bands")),
                "formula": self.env._(
                    "Report %(report)s %%, assessment %(assessment)s %%",
                    report=report_weight,
                    assessment=assessment_weight,
                ),
            }
        return values

    def _get_decision(self, doc):
        """What HR decided on the proposal; empty texts are filled in by hand."""
        labels = dict(doc._fields["proposal_decision"]._description_selection(doc.env))
        last = doc.decision_ids.filtered(lambda row: row.move.startswith("decide_"))[:1]
        return {
            "label": labels.get(doc.proposal_decision, ""),
            "person": doc.proposal_user_id.name or "",
            "date": self._format_date(doc.proposal_date),
            "comment": self._format_text(last.comment) if doc.proposal_decision else "",
        }

    def _get_evaluation(self, doc):
        """What part C says of the year as a whole, empty for nothing; the evaluation of the year
        extends it."""
        return {}

    # -- signatures --------------------------------------------------------------------

    def _get_signatories(self, doc):
        """[(role, name)] of those who sign the form; one that was never written is signed by
        nobody, so that it names no head of a later day."""
        missed = doc.state == "missed"
        return [
            (self.env._("Employee"), doc._get_fact("person", doc.employee_id.name)),
            (self.env._("Mentor"), doc._get_fact("assessor", doc.mentor_id.name)),
            (
                self.env._("Department Head"),
                doc._get_fact("head", "" if missed else doc.department_id.manager_id.name),
            ),
            (
                self.env._("Human Resources"),
                doc._get_fact("hr", "" if missed else doc.quarter_id.program_id.user_id.name),
            ),
        ]

    def _get_signed(self, doc):
        signed = self._get_signatures(doc)
        return [signed.get(role) for role in ("employee", "mentor", None, None)]


class ReportAssessmentYear(models.AbstractModel):
    """The form of the year: the four quarters of a member side by side, with a line of the
    scores. Each shows what its reader may see, and the other quarters stay empty."""

    _name = "report.hr_backbone_training.report_assessment_year"
    _description = "Assessment of the Year"
    _inherit = "report.hr_backbone_training.report_assessment"

    @api.model
    def _get_forms(self, docs):
        """Everything that the form of the year prints, of the year of each assessment."""
        docs.check_access("read")
        years = self._get_years(docs)
        # sudo: the check is above; a form shows names of people
        return {doc.id: self._prepare_year(doc, years[doc.id]) for doc in docs.sudo()}

    def _get_years(self, docs):
        """{assessment id: {number of a quarter: its assessment}}, of those of the same member
        and year that the reader may read; as superuser."""
        # sudo: whom they are about, and the quarters of their years
        by_quarter = {quarter: quarter._get_year_quarters() for quarter in docs.sudo().quarter_id}
        quarters = self.env["hr.backbone.quarter"].union(*by_quarter.values())
        # the rights of the reader decide, also where a form is printed as superuser
        found = self.env(su=False)[self._document].search(
            [
                # sudo: see above
                ("member_id", "in", docs.sudo().member_id.ids),
                ("quarter_id", "in", quarters.ids),
            ]
        )
        # sudo: the search is the reader's; a form shows names of people
        rows = {(row.member_id, row.quarter_id): row for row in found.sudo()}
        return {
            doc.id: {
                quarter.number: rows[doc.member_id, quarter]
                for quarter in by_quarter[doc.quarter_id]
                if (doc.member_id, quarter) in rows
            }
            # sudo: see above
            for doc in docs.sudo()
        }

    def _prepare_year(self, doc, by_number):
        rows = [self._get_year_row(number, by_number.get(number)) for number in range(1, 5)]
        return {
            **self._prepare_form(doc),
            "year": doc.quarter_id.year,
            "number": str(doc.quarter_id.year),
            "quarters": rows,
            "mean_report": self._get_year_mean(rows, "report_score"),
            "mean_total": self._get_year_mean(rows, "total_score"),
            "chart": self._get_year_chart(rows, doc._get_bands()),
            "signed": [None] * 4,
        }

    def _get_year_row(self, number, assessment):
        row = {"label": f"Q{number}", "report_score": None, "total_score": None}
        texts = ("report", "total", "grade", "mentor", "proposal", "comment", "composite")
        row |= dict.fromkeys(texts, "")
        if not assessment:
            return row
        report, composite = assessment.readable_report_id, self._get_hr_result(assessment)
        if report.state == "accepted":
            row |= {"report_score": report.score, "report": f"{report.score:g}"}
        row |= {
            "mentor": assessment._get_fact("assessor", assessment.mentor_id.name) or "",
            "composite": composite["points"],
        }
        if assessment.state == "submitted":
            proposals = dict(assessment._fields["proposal"]._description_selection(assessment.env))
            row |= {
                "total_score": assessment.total,
                "total": f"{assessment.total:.2f}",
                "grade": assessment.grade or "",
                "proposal": proposals.get(assessment.proposal, ""),
                "comment": self._format_text(assessment.comment),
            }
        elif assessment.state == "missed":
            row["total"] = "–"
        return row

    def _get_year_mean(self, rows, name):
        scores = [row[name] for row in rows if row[name] is not None]
        return f"{sum(scores) / len(scores):.2f}" if scores else ""

    # -- the chart ---------------------------------------------------------------------

    def _get_year_chart(self, rows, bands):
        """The lines of a small chart, in its own units: what was assessed, what was reported
        and the bands of the grades.

        :param dict bands: the least points of each grade
        """
        scores = [row[name] for row in rows for name in ("report_score", "total_score")]
        known = [score for score in scores if score is not None]
        # down to a round number below the lowest, so that the lines use the room
        least = min([bands["C"], *known]) // 10 * 10 if known else 0
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
                for grade, points in sorted(bands.items(), key=lambda row: -row[1])
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


class ReportMemberYear(models.AbstractModel):
    """The same, printed from the member."""

    _name = "report.hr_backbone_training.report_member_year"
    _description = "Assessment of the Year"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.member"

    @api.model
    def _get_forms(self, docs):
        """The form of the last year of which the user may read an assessment, of each member."""
        docs.check_access("read")
        model = self.env(su=False)["hr.backbone.assessment"]
        found = model.search_fetch([("member_id", "in", docs.ids)], ["member_id"])
        last = {}
        for assessment in found:
            # sudo: whom an assessment is about that the user may read
            last.setdefault(assessment.sudo().member_id.id, assessment)
        for member in docs:
            if member.id not in last:
                name = member.employee_id._get_backbone_name()
                raise UserError(self.env._("There is no assessment of %s yet.", name))
        years = self.env["report.hr_backbone_training.report_assessment_year"]
        forms = years._get_forms(model.union(*last.values()))
        return {member.id: forms[last[member.id].id] for member in docs}
