# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from .common_quarter import QuarterCommon


class OpinionCommon(QuarterCommon):
    """A second opinion on everybody: the leader of the line gives it on worker, the manager of
    the works on colleague. Both have one mentor, who works in the backend."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the one has a portal login only, the other the backend
        cls.user_leader.group_ids = cls.env.ref("base.group_portal")
        cls.program.second_opinion_percent = 100
        cls.quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
        cls.quarter._make_documents()
        cls.opinion, cls.opinion_inside = cls._find_opinions()
        cls.assessment, cls.assessment_inside = (cls.opinion + cls.opinion_inside).assessment_id
        cls.env.flush_all()

    @classmethod
    def _find_opinions(cls, quarter=None):
        """In the order of the members."""
        domain = [("quarter_id", "=", (quarter or cls.quarter).id)]
        return cls.env["hr.backbone.second.opinion"].search(domain, order="member_id")

    def _give(self, opinion=None, score=70, submit=True):
        """The second rater writes it."""
        opinion = opinion or self.opinion
        own = opinion.with_user(opinion.rater_id.user_id)
        own.line_ids.write({"score": score})
        own.write({"comment": "Reliable"})
        if submit:
            own.action_submit()
        return own

    def _assess(self, employee=None, score=80):
        return self._submit_assessment(self.quarter, employee or self.worker, score=score)
