from odoo import models

from .hr_backbone_report import CONTENT


class HrBackboneReport(models.Model):
    """The printed work-and-study report; part A of the assessment form is the same."""

    _name = "hr.backbone.report"
    _inherit = ["hr.backbone.report", "hr.backbone.form.mixin"]

    def _prepare_form_values(self):
        return {
            **super()._prepare_form_values(),
            **self._get_form_person(),
            "self_report": self._get_self_report(),
            "score": f"{self.score:g}" if self.state == "accepted" else "",
            "accepted": self._format_form_date(self.date_accepted),
            "signatories": [
                (self.env._("Employee"), self.employee_id.name),
                (self.env._("Human Resources"), self.quarter_id.program_id.user_id.name),
            ],
            "signed": [None, None],
        }

    def _get_self_report(self):
        """What the member reports, ready to be set."""
        labels = {name: self._fields[name]._description_string(self.env) for name in CONTENT}
        return {
            "date": self._format_form_date(self.date_submitted),
            "is_late": self.is_late,
            "happened": [
                {
                    "kind": entry.kind_label,
                    "name": self._format_form_text(entry.name),
                    "detail": entry.detail,
                    "note": self._format_form_text(entry.note),
                }
                for entry in self.entry_ids
                if entry.is_included
            ],
            "texts": [(labels[name], self._format_form_text(self[name])) for name in CONTENT],
        }

    def _get_empty_report(self):
        """The same without an answer: rows to write on."""
        empty = self.browse()
        labels = [empty._fields[name]._description_string(empty.env) for name in CONTENT]
        return {"date": "", "is_late": False, "happened": [], "texts": [(x, "") for x in labels]}


class HrBackboneQuarterlyMixin(models.AbstractModel):
    _inherit = "hr.backbone.quarterly.mixin"

    def _get_form_person(self):
        """The head of a form of a quarter."""
        employee = self.employee_id
        return {
            "number": self.quarter_id.name,
            "quarter": self.quarter_id.name,
            "date_start": self._format_form_date(self.quarter_id.date_start),
            "date_end": self._format_form_date(self.quarter_id.date_end),
            "program": self.quarter_id.program_id.name,
            "submitted": self._format_form_date(self.date_submitted),
            "person": employee.name,
            "department": self.department_id.name,
            "post": self.job_id.name,
            "rank": self.rank_id.name,
            "echelon": self.echelon_id.name,
            "photo": self._get_form_photo(employee),
            "mentor": self._get_form_mentor().name,
        }

    def _get_form_mentor(self):
        return self.member_id.mentor_id
