from odoo import models
from odoo.exceptions import UserError

# the chart: its size, and the room that its labels take
WIDTH, HEIGHT = 620, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 110, 12, 28


class HrBackboneQuarter(models.Model):
    _inherit = "hr.backbone.quarter"

    def _get_year_quarters(self):
        """The quarters of the same fiscal year and company, first to fourth; as superuser."""
        self.ensure_one()
        # sudo: names and dates of quarters, which every employee reads
        return self.sudo().search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.year)], order="number"
        )


class HrBackboneAssessment(models.Model):
    """The form of the year: the four quarters of a member side by side, with a line of the
    scores. Each shows what its reader may see, and the other quarters stay empty."""

    _inherit = "hr.backbone.assessment"

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


class HrBackboneMember(models.Model):
    _inherit = "hr.backbone.member"

    def _get_year_form_values(self):
        """The form of the last year of which the user may read an assessment."""
        self.ensure_one()
        self.check_access("read")
        last = self.env(su=False)["hr.backbone.assessment"].search(
            [("member_id", "=", self.id)], limit=1
        )
        if not last:
            raise UserError(
                self.env._("There is no assessment of %s yet.", self.sudo().employee_id.name)
            )
        return last._get_year_form_values()
