# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import is_ours
from ..common_access import OPERATIONS, AccessCommon, parse
from ..organization import COMMITTEE
from ..quarter.test_access_quarter import QUARTER

# What the access rights and record rules allow: c(reate), r(ead), w(rite), d(elete). What
# may be written in which state is the models' own business, in their own tests.
#
# The case of Worker: recommended by the leader of the line, approved by the director, on
# the agenda of the chair's meeting, publicized, with an objection of the director's, who
# has become the mentor.
OWN = """
                        worker  leader  manager director colleague chair  other  officer admin
application             r       r       r       r        -         r      -      crwd    crwd
application.check       -       -       -       -        -         r      -      rw      rw
plan                    rw      r       r       r        -         r      -      rw      rw
plan.line               crwd    r       r       r        -         r      -      crwd    crwd
meeting                 -       -       -       -        -         rw     -      crwd    crwd
meeting.item            -       -       -       -        -         rw     -      crwd    crwd
meeting.vote            -       -       -       -        -         crw    -      r       r
publicity               r       r       r       r        r         r      r      crwd    crwd
publicity.line          r       r       r       r        r         r      r      crwd    crwd
fairness                -       -       -       -        -         -      -      -       rw
objection               -       -       -       cr       -         -      -      crw     crw
achievement             r       r       r       r        -         -      -      crwd    crwd
suggestion              r       r       r       r        -         r      r      crwd    crwd
suggestion.review       -       -       -       rw       -         rw     rw     rw      rw
suggestion.adopted      r       r       r       r        r         r      r      r       r
rotation                rw      r       r       rw       -         -      -      crwd    crwd
member                  r       r       r       r        -         r      -      rw      rw
movement                r       r       r       r        -         -      -      r       r
mentorship              r       -       -       r        -         cr     -      crw     crw
mentorship.session      crw     -       -       crw      -         -      -      r       r
mentor.proposal         -       -       -       -        -         -      -      crwd    crwd
mentor.proposal.line    -       -       -       -        -         -      -      rw      rw
mentor.proposal.spare   -       -       -       -        -         -      -      r       r
training                r       r       r       r        -         -      -      crwd    crwd
training.participant    rw      r       r       r        -         -      -      crwd    crwd
decision                r       r       r       r        -         r      -      r       r
signature               -       -       -       -       -        -      -      r       r
login                   -       -       -       -       -        -      -      -       r
program                 r       r       r       r        r         r      r      crwd    crwd
program.line            r       r       r       r        r         r      r      crwd    crwd
program.responsibility  r       r       r       r        r         r      r      crwd    crwd
rank                    r       r       r       r        r         r      r      r       crwd
echelon                 r       r       r       r        r         r      r      r       crwd
echelon.condition       -       -       -       -        -         -      -      r       crwd
"""

# A case of the same company, in a department beside: recommended, approved and objected to
# by its own keeper, on the agenda of another member of the committee.
FOREIGN = """
                        worker  leader  manager director colleague chair  other  officer admin
application             -       -       -       -        -         -      r      crwd    crwd
application.check       -       -       -       -        -         -      r      rw      rw
plan                    -       -       -       -        -         -      r      rw      rw
plan.line               -       -       -       -        -         -      r      crwd    crwd
meeting                 -       -       -       -        -         -      rw     crwd    crwd
meeting.item            -       -       -       -        -         -      rw     crwd    crwd
meeting.vote            -       -       -       -        -         -      crw    r       r
publicity               r       r       r       r        r         r      r      crwd    crwd
publicity.line          r       r       r       r        r         r      r      crwd    crwd
fairness                -       -       -       -        -         -      -      -       rw
objection               -       -       -       -        -         -      -      crw     crw
achievement             -       -       -       -        -         -      -      crwd    crwd
suggestion              -       -       -       -        -         r      r      crwd    crwd
suggestion.review       -       -       -       -        -         rw     rw     rw      rw
suggestion.adopted      r       r       r       r        r         r      r      r       r
rotation                -       -       -       -        -         -      -      crwd    crwd
member                  -       -       -       -        -         -      r      rw      rw
movement                -       -       -       -        -         -      -      r       r
mentorship              -       -       -       -        -         -      cr     crw     crw
mentorship.session      -       -       -       -        -         -      -      r       r
mentor.proposal         -       -       -       -        -         -      -      crwd    crwd
mentor.proposal.line    -       -       -       -        -         -      -      rw      rw
mentor.proposal.spare   -       -       -       -        -         -      -      r       r
training                -       -       -       -        -         -      -      crwd    crwd
training.participant    -       -       -       -        -         -      -      crwd    crwd
decision                -       -       -       -        -         -      r      r       r
signature               -       -       -       -       -        -      -      r       r
login                   -       -       -       -       -        -      -      -       r
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessCommon):
    """Who creates, reads, writes and deletes what, as a table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_other = cls._new_user("bt_other", f"base.group_user,{COMMITTEE}")
        stores = cls.env["hr.department"].create({"name": "Stores", "company_id": cls.company.id})
        clerk = cls._new_employee(None, stores, cls.job_worker, name="Clerk")
        keeper = cls._new_employee(cls._new_user("bt_keeper"), stores, cls.job_leader)
        user_head = cls._new_user("bt_head_abroad", company=cls.company_abroad)
        head = cls._new_employee(user_head, None, None, company_id=cls.company_abroad.id)
        cls.user_admin_abroad.group_ids |= cls.env.ref(COMMITTEE)
        cls.own = cls._make_case(cls.worker, cls.leader, cls.director, cls.user_chair)
        cls.foreign = cls._make_case(clerk, keeper, keeper, cls.user_other)
        cls.foreign_company = cls._make_case(
            cls.abroad, head, head, cls.user_admin_abroad, cls.program_abroad
        )
        cls.env.flush_all()

    def test_own_case(self):
        self._check_table(OWN, self.own)

    def test_case_of_others(self):
        self._check_table(FOREIGN, self.foreign)

    def test_other_company_sees_nothing(self):
        company = ["worker", "leader", "manager", "director", "chair", "officer", "admin"]
        shared = ("rank", "echelon", "echelon.condition")
        for case, roles in (
            (self.foreign_company, company),
            (self.own, ["abroad", "admin_abroad"]),
        ):
            for model in set(case) - set(shared):
                for role in roles:
                    with self.subTest(model=model, role=role):
                        allowed = self._get_allowed(case[model], getattr(self, f"user_{role}"))
                        self.assertEqual(allowed, "")

    def test_the_other_company_sees_its_own(self):
        """The table above would also be empty if nobody could read anything."""
        for model, record in self.foreign_company.items():
            with self.subTest(model=model):
                self.assertIn("r", self._get_allowed(record, self.user_admin_abroad))

    def test_every_model_stands_in_the_table(self):
        models = {
            name.removeprefix("hr.backbone.")
            for name, model in self.env.registry.items()
            if is_ours(model) and not (model._abstract or model._transient) and model._auto
        }
        listed = {model for table in (OWN, QUARTER) for model, _role in parse(table)}
        # the outbox and the kept prints are the system's own
        # a view needs no row, and may have one
        self.assertEqual(listed & models, models - {"notification", "evaluation.print"})

    def test_echelon_of_one_company_is_not_shown_to_another(self):
        echelon = self.echelon_3.copy({"company_id": self.company.id})
        self.assertEqual(self._get_allowed(echelon, self.user_worker), "r")
        self.assertEqual(self._get_allowed(echelon, self.user_abroad), "")
        self.assertEqual(self._get_allowed(echelon, self.user_admin_abroad), "")
        condition = echelon.condition_ids[0]
        self.assertEqual(self._get_allowed(condition, self.user_officer), "r")
        self.assertEqual(self._get_allowed(condition, self.user_admin_abroad), "")

    def test_draft_is_the_recommenders(self):
        draft = self._recommend(self.colleague, self.user_manager)
        for user, allowed in (
            (self.user_manager, "crwd"),
            (self.user_colleague, "r"),
            (self.user_director, "r"),
            (self.user_leader, ""),
            (self.user_worker, ""),
            (self.user_chair, ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._get_allowed(draft, user), allowed)

    def test_objection_against_someone_who_has_left_is_still_hrs(self):
        self.worker.active = False
        self.assertEqual(self._get_allowed(self.own["objection"], self.user_officer), "crw")

    def test_outbox_and_kept_prints_are_the_systems(self):
        for model in ("hr.backbone.notification", "hr.backbone.evaluation.print"):
            for role in ("worker", "manager", "chair", "officer", "admin"):
                records = self.env[model].with_user(getattr(self, f"user_{role}"))
                for name in OPERATIONS.values():
                    with self.subTest(model=model, role=role, operation=name):
                        self.assertFalse(records.has_access(name))

    def test_whoever_reads_a_document_reads_it_whole(self):
        """A read that names no field leaves out what is not theirs, and does not fail."""
        draft = self._recommend(self.colleague, self.user_manager)
        people = (self.user_colleague, self.user_manager, self.user_officer, self.user_admin)
        for document in (draft, draft.sudo().plan_id, self.program):
            for user in people:
                with self.subTest(document=document._name, user=user.login):
                    self.assertTrue(self._as(document, user).read())
        for document in (self.own["application"], self.own["plan"], self.program):
            with self.subTest(document=document._name, user="portal"):
                values = self._as(document, self.user_worker).read()[0]
                self.assertNotIn("check_ids", values)
                self.assertNotIn("activity_ids", values)
