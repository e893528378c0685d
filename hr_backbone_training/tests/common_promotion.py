# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from .common import BackboneCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"


class PromotionCommon(BackboneCommon):
    """Worker (portal) and Colleague (backend) are members; Manager mentors Worker and is
    nobody's manager there any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_mentor = cls._new_user("bt_mentor")
        cls.mentor = cls._new_employee(cls.user_mentor, cls.board, cls.job_manager)
        cls.member, cls.member_colleague = cls._new_members(cls.worker | cls.colleague)
        cls._set_mentor(cls.member, cls.mentor)
        cls.env["mail.mail"].search([]).unlink()

    @classmethod
    def _new_file(cls, record, name="certificate.pdf"):
        """A file on the record, as its page puts it there."""
        record.sudo().attachment_ids += cls.env["ir.attachment"].create(
            {"name": name, "raw": PDF, "res_model": record._name, "res_id": record.id}
        )

    @classmethod
    def _new_achievement(cls, user=None, **kwargs):
        """A complete draft of a qualification, seen by the member."""
        record = (
            cls.env["hr.backbone.achievement"]
            .with_user(user or cls.user_worker)
            .create(
                {
                    "name": "Master craftsman",
                    "authority": "Chamber of Crafts",
                    "date_obtained": "2026-02-01",
                    **kwargs,
                }
            )
        )
        cls._new_file(record)
        return record

    @classmethod
    def _verified(cls, user=None, **kwargs):
        record = cls._new_achievement(user, **kwargs)
        record.action_submit()
        record.with_user(cls.user_officer).action_verify()
        return record

    @classmethod
    def _new_suggestion(cls, user=None, **kwargs):
        """A complete draft of a report, seen by its author."""
        return (
            cls.env["hr.backbone.suggestion"]
            .with_user(user or cls.user_worker)
            .create(
                {
                    "name": "Reserve tools at the shift change",
                    "current_state": "Each shift looks for its tools",
                    "proposal": "A shadow board",
                    "expected_effect": "No search",
                    "expected_benefit": "Ten minutes a shift",
                    **kwargs,
                }
            )
        )

    @classmethod
    def _submitted_suggestion(cls, user=None, **kwargs):
        record = cls._new_suggestion(user, **kwargs)
        record.action_submit()
        return record

    @classmethod
    def _get_review(cls, suggestion, user=None):
        reviews = cls.env["hr.backbone.suggestion.review"].with_user(user or cls.user_director)
        return reviews.search([("suggestion_id", "=", suggestion.id)])

    @classmethod
    def _score(cls, suggestion, user=None, technique=25, benefit=20, scope=10, practicality=15):
        review = cls._get_review(suggestion, user)
        review.write(
            {
                "score_technique": technique,
                "score_benefit": benefit,
                "score_scope": scope,
                "score_practicality": practicality,
            }
        )
        return review

    @classmethod
    def _adopted(cls, user=None, **kwargs):
        record = cls._submitted_suggestion(user, **kwargs)
        cls._score(record)
        record.with_user(cls.user_director).action_adopt("A sound proposal")
        return record
