# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api

MANAGERIAL = ("supervisor", "department_head", "manager", "director")


def migrate(cr, version):
    """Which ranks are managerial, who was invited when, and who held a training; and what the
    companies have owed so far, one internal training a quarter, they go on owing."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    _set_ranks(env)
    # by the trail of the invitations, the last of each
    cr.execute(
        """UPDATE hr_backbone_training_participant p SET date_invited = d.date
             FROM (SELECT res_id, max(date) AS date FROM hr_backbone_decision
                    WHERE res_model = 'hr.backbone.training.participant' AND move = 'invite'
                    GROUP BY res_id) d
            WHERE d.res_id = p.id AND p.date_invited IS NULL"""
    )
    _cancel_without_seat(cr)
    trainings = env["hr.backbone.training"].search([])
    env.add_to_compute(trainings._fields["is_by_management"], trainings)
    trainings.flush_recordset()
    # a company that has promised nothing yet owes what the scheme says
    quarters = env["hr.backbone.quarter"]._read_group([], ["company_id"])
    env["res.company"].union(*(company for (company,) in quarters)).write(
        {"backbone_internal_training": "one"}
    )


def _cancel_without_seat(cr):
    """Whoever had not answered, and could take no seat when a session was closed, was not absent;
    by the trail of the closing, the last of each."""
    cr.execute(
        """WITH missed AS (
               SELECT DISTINCT ON (res_id) res_id, from_state FROM hr_backbone_decision
                WHERE res_model = 'hr.backbone.training.participant' AND move = 'miss'
                ORDER BY res_id, id DESC),
           seated AS (
               SELECT p.training_id, count(*) AS taken
                 FROM hr_backbone_training_participant p
                 LEFT JOIN missed m ON m.res_id = p.id
                WHERE p.state = 'attended' OR p.state = 'absent' AND m.from_state = 'confirmed'
                GROUP BY p.training_id)
           UPDATE hr_backbone_training_participant p SET state = 'cancelled'
             FROM hr_backbone_training t, seated s, missed m
            WHERE t.id = p.training_id AND s.training_id = t.id AND m.res_id = p.id
              AND t.state = 'done' AND t.seats > 0 AND s.taken >= t.seats
              AND p.state = 'absent' AND m.from_state = 'invited'"""
    )


def _set_ranks(env):
    """The ranks that came with the addon, and of the others those that may mentor."""
    ranks = env["hr.backbone.rank"].with_context(active_test=False).search([])
    if any(ranks.mapped("is_managerial")):
        return
    own = [env.ref(f"hr_backbone_training.rank_{name}", False) for name in MANAGERIAL]
    named = ranks.browse().union(*filter(None, own))
    known = ranks.filtered(lambda rank: rank.get_external_id()[rank.id])
    (named | (ranks - known).filtered("can_mentor")).write({"is_managerial": True})
