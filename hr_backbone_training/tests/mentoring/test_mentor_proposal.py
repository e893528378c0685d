# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import sys
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools import mentor_matching
from ..common import BackboneCommon

WEIGHTS = ("skill", "department", "rank", "load")


class MentorProposalCommon(BackboneCommon):
    """Members Ann and Ben, fitters; supervisors Xia and Yan. Skills alone count.

    Xia masters welding, Yan planning, each with 100 %. Ann lacks welding and has 20 % of
    planning, Ben lacks welding and has all of planning:

              Xia   Yan
        Ann   100    80
        Ben   100     0
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            mentor_matching.load_libraries()
        except ImportError:
            cls.skipTest(cls, "SciPy is optional, and not installed")
        # of the people of the other tests nobody may mentor
        (cls.job_manager | cls.job_director).backbone_rank_id = cls.env.ref(
            "hr_backbone_training.rank_employee"
        )
        cls.job_supervisor = cls.env["hr.job"].create(
            {
                "name": "Supervisor",
                "company_id": cls.company.id,
                "backbone_rank_id": cls.env.ref("hr_backbone_training.rank_supervisor").id,
            }
        )
        cls.skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [(0, 0, {"name": "Welding"}), (0, 0, {"name": "Planning"})],
                "skill_level_ids": [
                    (0, 0, {"name": f"{level} %", "level_progress": level})
                    for level in (20, 60, 100)
                ],
            }
        )
        cls._weigh(skill=100)
        cls.xia, cls.yan = cls._supervisor("Xia"), cls._supervisor("Yan")
        cls._teach(cls.xia, Welding=100)
        cls._teach(cls.yan, Planning=100)
        cls.ann, cls.ben = cls._member("Ann", Planning=20), cls._member("Ben", Planning=100)
        cls.proposals = cls.env["hr.backbone.mentor.proposal"].with_user(cls.user_officer)

    @classmethod
    def _weigh(cls, **weights):
        for name in WEIGHTS:
            cls.company[f"backbone_mentor_weight_{name}"] = weights.get(name, 0)

    @classmethod
    def _supervisor(cls, name, department=None, job=None):
        return cls._new_employee(None, department or cls.line, job or cls.job_supervisor, name=name)

    @classmethod
    def _member(cls, name, department=None, **skills):
        employee = cls._new_employee(None, department or cls.line, cls.job_worker, name=name)
        cls._teach(employee, **skills)
        return cls.env["hr.backbone.member"].create({"employee_id": employee.id})

    @classmethod
    def _new_pairs(cls, size):
        """So many more supervisors, and as many members."""
        cls._new_people(size, "Mentor", job=cls.job_supervisor)
        cls._new_members(cls._new_people(size, "Member"))

    @classmethod
    def _teach(cls, employee, **skills):
        for name, level in skills.items():
            cls.env["hr.employee.skill"].create(
                {
                    "employee_id": employee.id,
                    "skill_type_id": cls.skill_type.id,
                    "skill_id": cls.skill_type.skill_ids.filtered(lambda s, n=name: s.name == n).id,
                    "skill_level_id": cls.skill_type.skill_level_ids.filtered(
                        lambda each, p=level: each.level_progress == p
                    ).id,
                    "valid_from": "2025-01-01",
                }
            )

    @classmethod
    def _propose(cls):
        return cls.proposals.browse(cls.proposals.action_propose()["res_id"])

    def _line(self, proposal, member):
        return proposal.line_ids.filtered(lambda line: line.member_id == member)

    def _pairs(self, proposal):
        return {line.member_id.display_name: line.mentor_id.name for line in proposal.line_ids}


@tagged("post_install", "-at_install")
class TestMentorProposal(MentorProposalCommon):
    """The proposal is the best as a whole, explains itself, and follows HR's changes."""

    def test_best_as_a_whole(self):
        """Down the list Ann gets Xia (100), and Ben Yan (0): 100. Best are Ann with Yan (80)
        and Ben with Xia (100): 180."""
        proposal = self._propose()
        self.assertEqual(self._pairs(proposal), {"Ann": "Yan", "Ben": "Xia"})
        self.assertEqual(proposal.total, 180)
        self.assertEqual(proposal.proposed_total, 180)
        self.assertEqual(proposal.greedy_total, 100)
        self.assertEqual(proposal.total_text, "Total 180.0 (proposed 180.0, ±0.0)")
        self.assertIn(
            "100.0 points (members with a mentor: 2); the proposal: +80.0", proposal.greedy_text
        )
        self.assertEqual((proposal.member_count, proposal.pair_count), (2, 2))
        self.assertFalse(proposal.spare_ids)
        self.assertEqual(proposal.display_name, "Mentor Proposal of 03/02/2026")
        self.assertEqual(
            self._line(proposal, self.ann).explanation, "passes on 1 of 1 skills (80.0 of 100)"
        )

    def test_parts_and_explanation(self):
        """Weighed 50, 20, 20, 10. Xia: half of the skills' 50, no point for another
        department, the nearest rank above, no other member. Yan stays for nobody."""
        self._weigh(skill=50, department=20, rank=20, load=10)
        self.xia.department_id = self.works
        self.ben.sudo()._write_moved({"state": "suspended"})
        self._teach(self.xia, Planning=100)
        self._teach(self.ann.employee_id, Welding=100)
        self.yan.active = False
        line = self._propose().line_ids
        self.assertEqual(line.mentor_id, self.xia)
        parts = [line[f"score_{part}"] for part in WEIGHTS]
        # of 200 % that Xia masters Ann lacks 80
        self.assertEqual(parts, [20, 0, 20, 10])
        self.assertEqual(line.score, 50)
        self.assertEqual(
            line.explanation,
            "passes on 1 of 2 skills (20.0 of 50) · another department (0.0 of 20) · "
            "the nearest rank above (20.0 of 20) · has no other member (10.0 of 10)",
        )

    def test_other_department_is_preferred_where_hr_says_so(self):
        self._weigh(department=1)
        self.xia.department_id = self.works
        self.ben.sudo()._write_moved({"state": "suspended"})
        for choice, mentor in (("same", self.yan), ("other", self.xia)):
            self.company.backbone_mentor_department = choice
            self.assertEqual(self._propose().line_ids.mentor_id, mentor)

    def test_nearest_rank_above_is_best(self):
        self._weigh(rank=1)
        self.job_manager.backbone_rank_id = self.env.ref("hr_backbone_training.rank_manager")
        proposal = self._propose()
        self.assertEqual(set(proposal.line_ids.mapped("score")), {100})
        self.assertEqual(proposal.spare_ids.mentor_id, self.manager)
        self.assertEqual(proposal.spare_ids.score, 66.67)

    def test_weights_of_zero(self):
        self._weigh()
        proposal = self._propose()
        self.assertEqual(proposal.pair_count, 2)
        self.assertEqual(proposal.total, 0)
        self.assertIn("Nothing has a weight", proposal.line_ids[0].explanation)

    def test_expired_skill_does_not_count(self):
        self.xia.sudo().employee_skill_ids.valid_to = "2026-03-01"
        proposal = self._propose()
        self.assertEqual(self._line(proposal, self.ben).score, 0)

    def test_cap_of_two(self):
        """Of two the first member brings the whole 100 points of load, the second 50."""
        self._weigh(load=1)
        self.company.backbone_mentor_cap = 2
        self.yan.active = False
        proposal = self._propose()
        self.assertEqual(proposal.line_ids.mentor_id, self.xia)
        self.assertEqual(proposal.line_ids.mapped("score"), [100, 50])
        self.assertIn("has one other member", proposal.line_ids[1].explanation)
        self.assertEqual(proposal.action_appoint(), True)
        self.assertEqual(len(proposal.line_ids.mentorship_id), 2)

    def test_who_has_a_mentor_is_left_alone(self):
        self._appoint(self.ann, self.xia)
        proposal = self._propose()
        self.assertEqual(self._pairs(proposal), {"Ben": "Yan"})
        self.assertEqual(proposal.spare_ids.mentor_id, self.xia)
        self.assertEqual(proposal.spare_ids.reason, "full")
        self.assertIn("members now: 1", proposal.spare_ids.explanation)

    def test_nobody_without_a_mentor(self):
        for member, mentor in ((self.ann, self.xia), (self.ben, self.yan)):
            self._appoint(member, mentor)
        with self.assertRefused("Every active member of the talent pool has a mentor"):
            self._propose()

    # -- who stays without, and who is not taken, and why -------------------------------

    def _reason(self, member=None):
        line = self._line(self._propose(), member or self.ann)
        self.assertFalse(line.mentor_id)
        self.assertEqual(line.score, 0)
        return line.reason, line.explanation

    def test_nobody_may_mentor(self):
        (self.xia | self.yan).active = False
        self.assertEqual(
            self._reason(), ("no_mentor", "Nobody in the company has a rank that may mentor.")
        )

    def test_nobody_stands_above(self):
        self.ann.employee_id.job_id = self.job_supervisor
        proposal = self._propose()
        line = self._line(proposal, self.ann)
        self.assertEqual(line.reason, "none_above")
        self.assertEqual(
            line.explanation, "None of the mentors has a higher rank than Ann (Supervisor)."
        )

    def test_only_own_reports(self):
        (self.xia | self.yan).parent_id = self.ann.employee_id
        proposal = self._propose()
        line = self._line(proposal, self.ann)
        self.assertEqual((line.reason, line.candidate_count), ("reports", 2))
        self.assertEqual(line.explanation, "Everybody with a higher rank than Ann reports to Ann.")

    def test_no_place(self):
        for mentor in (self.xia, self.yan):
            self._appoint(self._member("Other"), mentor)
        reason, explanation = self._reason()
        self.assertEqual(reason, "no_place")
        self.assertIn("there are 2", explanation)

    def test_more_members_than_places(self):
        carl = self._member("Carl", Welding=100, Planning=100)
        reason, explanation = self._reason(carl)
        self.assertEqual(reason, "contested")
        self.assertIn("more members than free places", explanation)

    def test_mentor_who_is_not_taken(self):
        zoe, boss = self._supervisor("Zoe"), self._supervisor("Boss", job=self.job_supervisor)
        self._teach(zoe, Planning=60)
        boss.job_id = self.job_leader
        self.job_leader.backbone_rank_id = self.env["hr.backbone.rank"].create(
            {"name": "Guide", "sequence": 5, "can_mentor": True}
        )
        spares = {spare.mentor_id: spare for spare in self._propose().spare_ids}
        self.assertEqual(spares[boss].reason, "none_below")
        self.assertEqual(spares[zoe].reason, "better")
        # of the 60 % that Zoe masters Ann lacks 40
        self.assertEqual(spares[zoe].member_count, 2)
        self.assertEqual((spares[zoe].score, spares[zoe].other_score), (66.67, 80))
        self.assertIn("66.7 points with Zoe and 80.0 with Yan", spares[zoe].explanation)

    def test_mentor_who_reports_to_all_members(self):
        zoe = self._supervisor("Zoe")
        zoe.parent_id = self.ann.employee_id
        self.ann.employee_id.parent_id = self.ben.employee_id
        spare = self._propose().spare_ids
        self.assertEqual((spare.mentor_id, spare.reason), (zoe, "reports"))

    def test_allowed_is_what_the_rules_of_the_mentorship_say(self):
        """The rules are asked for sets of people; pair by pair they say the same."""
        np = mentor_matching.load_libraries().numpy
        (self.job_manager | self.job_leader).backbone_rank_id = self.env.ref(
            "hr_backbone_training.rank_manager"
        )
        self.job_director.backbone_rank_id = False
        people = self.leader | self.worker | self.director | self.xia
        self.yan.parent_id = self.ben.employee_id
        self.xia.parent_id = self.yan
        members = self._new_members(people)
        members |= self.ann | self.ben
        proposal = self.proposals.create({}).sudo()
        mentors = proposal._find_mentors() | self.director
        allowed = proposal._read_case(np, members, mentors).allowed
        pairs = [(member, mentor) for member in members for mentor in mentors]
        refused = self.env["hr.backbone.mentorship"].sudo()._get_pair_refusals(pairs)
        self.assertEqual(
            allowed.tolist(), [[(m, e) not in refused for e in mentors] for m in members]
        )
        self.assertTrue(allowed.any() and not allowed.all())

    # -- SciPy is optional -------------------------------------------------------------

    def test_without_scipy(self):
        with patch.dict(sys.modules, {"scipy": None, "scipy.optimize": None}):
            with self.assertRefused("needs the Python package “scipy”", "administrator"):
                self._propose()
        self.assertFalse(self.proposals.search([]))
        with patch.dict(sys.modules, {"numpy": None}), self.assertRefused("scipy"):
            self._propose()
        self.assertTrue(self._propose())

    def test_appointing_needs_no_scipy(self):
        proposal = self._propose()
        with patch.dict(sys.modules, {"numpy": None, "scipy": None, "scipy.optimize": None}):
            self.assertIs(proposal.action_appoint(), True)

    # -- who, and how many -------------------------------------------------------------

    def test_button_on_the_members(self):
        action = self.env["hr.backbone.member"].with_user(self.user_officer)
        proposal = self.proposals.browse(action.action_propose_mentors()["res_id"])
        self.assertEqual(proposal.pair_count, 2)

    def test_hr_only_and_by_company(self):
        proposal = self._propose()
        self._create_abroad()
        for user in (self.user_director, self.user_worker, self.user_chair, self.user_abroad):
            for record in (proposal, proposal.line_ids, proposal.spare_ids):
                with self.subTest(user=user.login, model=record._name):
                    self.assertFalse(self._as(record, user).has_access("read"))
            with self.assertRaises(AccessError):
                self._as(self.proposals, user).action_propose()
        self.assertFalse(self._as(proposal, self.user_admin_abroad).has_access("read"))
        with self.assertRaises(UserError):
            self._as(proposal, self.user_admin_abroad).action_appoint()

    def test_queries_do_not_grow(self):
        """Ten times the people, the same number of queries but for the larger batches."""
        counts, made = [], []
        for size in (1, 5, 50):
            self._new_pairs(size)
            counts.append(self._cost(lambda: made.append(self._propose())))
            self.assertGreaterEqual(made[-1].pair_count, size)
            made[-1].action_appoint()
        _warm, few, many = counts
        self.assertLess(many, few + 10, counts)
