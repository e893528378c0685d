# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from .common import BackboneCommon


class QuarterCommon(BackboneCommon):
    """A quarter with members and mentors who work in the backend or on the portal alone.

    worker (portal login) and colleague (backend) are members; both have the same mentor, who
    works in the backend. The day is Thursday, 12 March 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-12 09:00:00"))
        cls.user_mentor, cls.user_tutor = cls._new_users(
            {"bt_mentor": "base.group_user", "bt_tutor": "base.group_portal"}
        )
        cls.mentor, cls.tutor = cls._new_employees(
            dict.fromkeys(cls.user_mentor | cls.user_tutor, (cls.board, cls.job_manager))
        )
        members = cls._new_members(cls.worker | cls.colleague, cls.mentor)
        cls.members = members.with_user(cls.user_officer)
        cls.member, cls.member_inside = cls.members
        cls.env["mail.mail"].search([]).unlink()

    def _open(self):
        """The quarter of today, opened by the job; seen by HR."""
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        return quarter.with_user(self.user_officer)

    def _get_document(self, quarter, name, employee):
        documents = quarter.sudo()[f"{name}_ids"]
        return documents.filtered(lambda document: document.employee_id == employee)

    def _submit_report(self, quarter, employee):
        report = self._get_document(quarter, "report", employee).with_user(employee.user_id)
        report.write(
            dict.fromkeys(
                ("work_done", "study", "plan_progress", "problems", "next_quarter"), "As planned"
            )
        )
        report.action_submit()
        return report.with_user(self.user_officer)

    def _write_assessment(self, quarter, employee, proposal="keep", score=80):
        assessment = self._get_document(quarter, "assessment", employee)
        assessment = assessment.with_user(assessment.mentor_id.user_id)
        assessment.line_ids.write({"score": score})
        assessment.write({"comment": "Well done", "proposal": proposal})
        return assessment

    def _submit_assessment(self, quarter, employee, **kwargs):
        assessment = self._write_assessment(quarter, employee, **kwargs)
        assessment.action_submit()
        return assessment.with_user(self.user_officer)

    def _take_mails(self):
        """The partners who were written to since the last call, each as often as that."""
        self.env.flush_all()
        mails = self.env["mail.mail"].search([])
        # the job opens the quarters of other companies in the database as well
        mails = mails.filtered(lambda mail: mail.model or mail.author_id == self.company.partner_id)
        partners = [partner for mail in mails for partner in mail.recipient_ids]
        mails.unlink()
        return sorted(partners, key=lambda partner: partner.id)

    def _get_activities(self, user):
        kinds = ("report", "assessment")
        types = [self.env.ref(f"hr_backbone_training.mail_activity_type_{kind}") for kind in kinds]
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("activity_type_id", "in", [kind.id for kind in types])]
        )
