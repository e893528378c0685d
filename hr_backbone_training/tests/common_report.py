# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from .common import BackboneCommon


class ReportSteps:
    """Worker (portal) and Colleague (backend) are members since January; Mentor (portal)
    mentors both. It is Wednesday, 18 March 2026, and the first quarter is open."""

    @classmethod
    def _create_quarter(cls):
        cls.startClassPatcher(freeze_time("2026-03-18 09:00:00"))
        if not hasattr(cls, "user_mentor"):
            cls.user_mentor = cls._new_user("bt_mentor", "base.group_portal")
            cls.mentor = cls._new_employee(cls.user_mentor, cls.board, cls.job_manager)
        cls.pool_member, cls.pool_colleague = cls._new_members(
            cls.worker | cls.colleague, cls.mentor
        )
        cls.quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
        reports, assessments = cls.quarter._make_documents()
        cls.report, cls.report_colleague = reports.sorted("member_id")
        cls.assessment, cls.assessment_colleague = assessments.sorted("member_id")
        cls.mine = cls.report.with_user(cls.user_worker)
        cls.owed = cls.assessment.with_user(cls.user_mentor)
        cls.env.flush_all()

    @classmethod
    def _new_plan(cls, employee, *actions):
        """A plan in force: [(method, action)]."""
        plan = cls.env["hr.backbone.plan"].create(
            {
                "employee_id": employee.id,
                "line_ids": [(0, 0, {"method": m, "action": action}) for m, action in actions],
            }
        )
        plan._write_moved({"state": "active", "date_activated": "2026-01-05"})
        return plan

    @classmethod
    def _new_talk(cls, member, start, state="held"):
        mentorship = cls.env["hr.backbone.mentorship"].search(
            [("member_id", "=", member.id)], limit=1
        )
        if not mentorship:
            mentorship = cls._mentored(member.sudo(), cls.director).sudo()
            mentorship._write_moved({"date_start": "2025-12-01"})
        talk = cls.env["hr.backbone.mentorship.session"].create(
            {"mentorship_id": mentorship.id, "date_start": start}
        )
        talk._write_moved({"state": state})
        return talk

    @classmethod
    def _new_rotation(cls, member, start, end, state="running"):
        rotation = cls.env["hr.backbone.rotation"].create(
            {
                "member_id": member.id,
                "host_department_id": cls.works.id,
                "date_start": start,
                "date_end": end,
                "objectives": "See the other side",
            }
        )
        rotation._write_moved({"state": state, "host_department_name": "Works"})
        return rotation

    @classmethod
    def _new_book(cls, member, day, state="verified"):
        book = cls.env["hr.backbone.achievement"].create(
            {"member_id": member.id, "kind": "book", "name": "Leading well"}
        )
        book._write_moved({"state": state, "date_submitted": day})
        return book

    @classmethod
    def _write_report(cls, report=None, submit=True):
        """The member writes and submits the report."""
        report = report or cls.report
        report = report.with_user(report.sudo().employee_id.user_id)
        report.write(
            {
                "work_done": "Built the new line",
                "study": "Read about leading",
                "plan_progress": "Half of the talks",
                "problems": "None",
                "next_quarter": "Deputy of the shift leader",
            }
        )
        if submit:
            report.action_submit()
        return report

    @classmethod
    def _write_assessment(cls, assessment=None, score=80, submit=True):
        """The mentor scores and submits the assessment."""
        assessment = (assessment or cls.assessment).with_user(cls.user_mentor)
        assessment.line_ids.write({"score": score, "example": "The new line"})
        assessment.write({"comment": "Go on like this", "proposal": "keep"})
        if submit:
            assessment.action_submit()
        return assessment

    def _get_happened(self, report=None):
        """{kind: name} of the rows of the report."""
        entries = (report or self.report).entry_ids
        return {entry.kind: entry.name for entry in entries}


class BackboneReportCommon(ReportSteps, BackboneCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_quarter()
