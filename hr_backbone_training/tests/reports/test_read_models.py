# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestReadModels(BackboneCommon):
    """What is read from several documents at once is as fresh as the documents, within one
    transaction, and each row keeps its id."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls._new_members(cls.worker | cls.colleague, date_admitted="2025-01-06")
        quarters = cls.env["hr.backbone.quarter"]
        cls.quarter = quarters._get_or_create(cls.company, date(2026, 2, 1))
        cls.quarter._make_documents()

    def test_there_is_no_view(self):
        self.env.cr.execute(r"SELECT 1 FROM pg_views WHERE viewname LIKE 'hr\_backbone\_%'")
        self.assertFalse(self.env.cr.fetchall())

    def test_update_from_earlier_code(self):
        self.env.cr.execute("CREATE VIEW hr_backbone_timeline AS SELECT 1 AS id")
        self._run_migration("19.0.1.1.0/pre-views.py")
        self.test_there_is_no_view()

    def test_timeline_is_fresh(self):
        """Without a flush by whoever asks."""
        member = self.members[0]
        timeline = self.env["hr.backbone.timeline"]
        mentorship = self._mentored(member, self.director).with_user(self.user_director)
        session = mentorship.session_ids.create(
            {"mentorship_id": mentorship.id, "date_start": "2026-03-02 10:00:00"}
        ).sudo()
        rows = timeline.search([("member_id", "=", member.id)])
        talk = rows.filtered(lambda row: row.kind == "mentorship.session")
        self.assertEqual((talk.res_id, talk.is_done), (session.id, False))
        session._write_moved({"state": "held"})
        done = timeline.search([("member_id", "=", member.id), ("is_done", "=", True)])
        self.assertIn(talk, done)
        self.assertEqual(timeline.search([("member_id", "=", member.id)]), rows)

    def test_obligation_is_fresh(self):
        obligations = self.env["hr.backbone.obligation"]
        domain = [
            ("quarter_id", "=", self.quarter.id),
            ("member_id", "=", self.members[0].id),
            ("kind", "=", "report"),
        ]
        row = obligations.search(domain)
        report = self.env["hr.backbone.report"].browse(row.res_id)
        self.assertFalse(obligations.search([*domain, ("delivered", "=", 1)]))
        report._write_moved({"state": "submitted", "date_submitted": "2026-03-02"})
        self.assertEqual(obligations.search([*domain, ("delivered", "=", 1)]), row)

    def test_overview_has_lasting_ids(self):
        overview = self.env["hr.backbone.overview"]
        domain = [("company_id", "=", self.company.id)]
        cards = {card.echelon_id: card.id for card in overview.search(domain)}
        self.assertEqual(len(set(cards.values())), len(cards))
        self.echelon_1.active = False
        fewer = {card.echelon_id: card.id for card in overview.search(domain)}
        self.assertEqual(fewer, {key: cards[key] for key in cards if key != self.echelon_1})
        self.echelon_1.active = True
        self.echelon_1.level, self.echelon_3.level = 3, 1
        again = {card.echelon_id: card.id for card in overview.search(domain)}
        self.assertEqual(again, cards)
