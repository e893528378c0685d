from odoo.tests import tagged

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

    @classmethod
    def _make_case(cls, employee, recommender, director, attendee, program=None):
        """{model: record}: one record of each model, made by the system."""
        company = employee.company_id
        env = cls.env(context={"allowed_company_ids": company.ids})
        program = (program or cls.program).with_env(env)

        def create(model, **vals):
            return env[f"hr.backbone.{model}"].create(vals)

        application = create(
            "application",
            employee_id=employee.id,
            program_id=program.id,
            echelon_id=cls.echelon_3.id,
            recommender_id=recommender.id,
        )
        application._write_moved({"state": "hr", "approver_id": director.id})
        env["hr.backbone.application.check"]._make_for(application)
        decision = application._log_decisions("submit", {application.id: "draft"}, "director", "")
        application._write_moved({"state": "committee"})
        meeting = create("meeting", program_id=program.id, attendee_ids=attendee.ids)
        item = create("meeting.item", meeting_id=meeting.id, application_id=application.id)
        meeting._write_moved({"state": "open"})
        item.with_user(attendee).action_vote_for()
        application._write_moved({"state": "publicity"})
        publicity = create("publicity", program_id=program.id)
        line = create("publicity.line", publicity_id=publicity.id, application_id=application.id)
        publicity._write_moved(
            {"state": "published", "date_start": "2026-03-02", "date_end": "2026-03-09"}
        )
        objection = (
            env["hr.backbone.objection"]
            .with_user(director.user_id)
            .create({"line_id": line.id, "text": "Often late"})
        )
        member = create("member", employee_id=employee.id)
        member._write_moved({"application_id": application.id})
        member._log_movements("readmit", {member: env["hr.backbone.echelon"]})
        achievement = create("achievement", member_id=member.id, name="Welder")
        suggestion = create("suggestion", member_id=member.id, name="Tools")
        suggestion._write_moved({"reviewer_id": director.id})
        for document in (achievement, suggestion):
            document._write_moved({"state": "submitted", "date_submitted": "2026-03-02"})
        rotation = create("rotation", member_id=member.id, host_id=director.id)
        rotation._write_moved(
            {"state": "running", "date_start": "2026-03-02", "date_end": "2026-03-09"}
        )
        mentorship = env["hr.backbone.mentorship"]._create_moved(
            [{"member_id": member.id, "mentor_id": director.id, "state": "active"}]
        )
        member._on_mentor_changed(director)
        proposal = create("mentor.proposal")
        training = create(
            "training",
            name="Welding",
            company_id=company.id,
            program_id=program.id,
            provider="Academy",
            date_start="2026-03-12 09:00:00",
        )
        participant = create("training.participant", training_id=training.id, member_id=member.id)
        training._write_moved({"state": "planned"})
        return {
            "achievement": achievement,
            "suggestion": suggestion,
            "suggestion.review": env["hr.backbone.suggestion.review"]._on_submitted(suggestion),
            "suggestion.adopted": env["hr.backbone.suggestion.adopted"]._on_adopted(suggestion),
            "application": application,
            "application.check": application.check_ids[0],
            "plan": application.plan_id,
            "plan.line": create("plan.line", plan_id=application.plan_id.id, action="Read"),
            "meeting": meeting,
            "meeting.item": item,
            "meeting.vote": item.vote_ids,
            "signature": create(
                "signature",
                res_model=application._name,
                res_id=application.id,
                company_id=company.id,
                role="recommender",
                user_id=recommender.user_id.id,
                name="Signed",
                date="2026-03-02 09:00:00",
                image="R0lGODlhAQABAAAAACw=",
                content_hash="0",
            ),
            "publicity": publicity,
            "publicity.line": line,
            "objection": objection,
            "member": member,
            "movement": member.movement_ids,
            "rotation": rotation,
            "mentorship": mentorship,
            "mentorship.session": env["hr.backbone.mentorship.session"]._create_moved(
                [{"mentorship_id": mentorship.id, "date_start": "2026-03-03 09:00:00"}]
            ),
            "mentor.proposal": proposal,
            "mentor.proposal.line": create(
                "mentor.proposal.line", proposal_id=proposal.id, member_id=member.id
            ),
            "mentor.proposal.spare": create(
                "mentor.proposal.spare",
                proposal_id=proposal.id,
                mentor_id=director.id,
                reason="freed",
            ),
            "training": training,
            "training.participant": participant,
            "decision": decision,
            "program": program,
            "program.line": program.line_ids[0],
            "program.responsibility": program.responsibility_ids[0],
            "rank": env.ref("hr_backbone_training.rank_employee"),
            "echelon": cls.echelon_3,
            "echelon.condition": cls.echelon_3.condition_ids[0],
        }

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
            if name.startswith("hr.backbone.")
            and not (model._abstract or model._transient)
            and model._auto
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
