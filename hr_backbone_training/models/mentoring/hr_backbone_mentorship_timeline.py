from odoo import api, models
from odoo.tools import SQL


class HrBackboneMentorship(models.Model):
    """Mentorships on the member's time line: those that have begun."""

    _inherit = "hr.backbone.mentorship"

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT m.id, m.member_id, m.date_start AS date, m.date_end, m.mentor_name AS name,
                   m.state, true AS is_done, NULL::double precision AS hours,
                   NULL::integer AS plan_line_id
              FROM hr_backbone_mentorship m
             WHERE m.date_start IS NOT NULL
            """
        )


class HrBackboneMentorshipSession(models.Model):
    """Talks on the member's time line: with whom and for how long, not what about."""

    _inherit = "hr.backbone.mentorship.session"

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT s.id, s.member_id, s.date, NULL::date AS date_end, m.mentor_name AS name,
                   s.state, s.state = 'held' AS is_done, s.duration AS hours, s.plan_line_id
              FROM hr_backbone_mentorship_session s
              JOIN hr_backbone_mentorship m ON m.id = s.mentorship_id
             WHERE s.state != 'cancelled'
            """
        )
