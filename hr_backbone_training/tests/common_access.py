# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from ..models.core import front_door
from .common import BackboneCommon

OPERATIONS = {"c": "create", "r": "read", "w": "write", "d": "unlink"}


def parse(table):
    """{(model, role): what the table allows}."""
    header, *rows = [line.split() for line in table.strip().splitlines()]
    return {
        (model, role): cell.strip("-")
        for model, *cells in rows
        for role, cell in zip(header, cells, strict=True)
    }


class CaseCommon(BackboneCommon):
    """One record of each model, made by the system: a case of selection and training, and the
    documents of a quarter and a year."""

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
            # one that was set aside: it makes nobody a person of the case
            "login": front_door.create(
                env["hr.backbone.login"],
                [
                    {
                        "employee_id": application.employee_id.id,
                        "user_id": cls.user_admin.id,
                        "date_to": "2026-03-02 09:00:00",
                        "state": "mistake",
                    }
                ],
            ),
            "publicity": publicity,
            "publicity.line": line,
            "fairness": front_door.create(
                env["hr.backbone.fairness"],
                [
                    {
                        "publicity_id": publicity.id,
                        "company_id": company.id,
                        "figures": {"sex": [["female", 10, 2], ["male", 25, 15]]},
                        "note": "Few",
                    }
                ],
            ),
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

    @classmethod
    def _make_quarter(cls, employee, mentor, former):
        company = employee.company_id
        env = cls.env(context={"allowed_company_ids": company.ids})
        member = env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": employee.id,
                    "echelon_id": cls.echelon_3.id,
                    "date_admitted": "2026-01-05",
                }
            ]
        )
        env.cr.execute(
            "UPDATE hr_backbone_member SET mentor_id = %s WHERE id = %s", (mentor.id, member.id)
        )
        env.invalidate_all()
        quarter = env["hr.backbone.quarter"]._get_or_create(company.with_env(env))
        report, assessment = quarter._make_documents(member)
        entry = env["hr.backbone.report.entry"].create(
            {"report_id": report.id, "kind": "rotation", "res_model": "x", "res_id": 1}
        )
        note = env["hr.backbone.assessment.note"].create(
            {"assessment_id": assessment.id, "mentor_id": former.id, "text": "Careful"}
        )
        # somebody without a login: who gives one does not read the assessment before
        rater = cls._new_employee(None, None, None, name="Rater", company_id=company.id)
        opinion = env["hr.backbone.second.opinion"]._make_for(quarter, {assessment: rater})
        run = env["hr.backbone.evaluation.run"].create({"program_id": quarter.program_id.id})
        run.action_compute()
        env.cr.execute(
            """INSERT INTO hr_backbone_plan_progress
                      (plan_line_id, company_id, date, progress_from, progress_to)
               VALUES (%s, %s, '2026-03-02', 0, 10) RETURNING id""",
            (cls._make_line(env, employee).id, company.id),
        )
        return {
            "plan.progress": env["hr.backbone.plan.progress"].browse(env.cr.fetchone()[0]),
            "evaluation.run": run,
            "evaluation": run.evaluation_ids,
            "evaluation.rater": env["hr.backbone.evaluation.rater"].create(
                {"run_id": run.id, "mentor_id": mentor.id, "mentor_name": mentor.name}
            ),
            "quarter": quarter,
            "report": report,
            "report.entry": entry,
            "criterion": env["hr.backbone.criterion"].search(
                [("program_id.company_id", "=", company.id)], limit=1
            ),
            "assessment": assessment,
            "assessment.line": assessment.line_ids[0],
            "assessment.note": note,
            "second.opinion": opinion,
            "second.opinion.line": opinion.line_ids[0],
            # one row for each open document: the report has the even numbers
            "quarter.debt": env["hr.backbone.quarter.debt"].browse(3 * report.id),
            "quarter.notice": env["hr.backbone.quarter.notice"].search(
                [("quarter_id", "=", quarter.id)], limit=1
            ),
        }

    @classmethod
    def _make_line(cls, env, employee):
        plan = env["hr.backbone.plan"].create({"employee_id": employee.id})
        line = env["hr.backbone.plan.line"].create({"plan_id": plan.id, "action": "Read"})
        env.flush_all()
        return line


class AccessCommon(CaseCommon):
    """What users may do with records, compared with a table."""

    def _get_allowed(self, record, user):
        """What the user may do with the record, as a cell of the table."""
        self.env.invalidate_all()
        record = self._as(record, user)
        found = record.browse()
        if record.has_access("read"):
            self.assertTrue(record.read(["display_name"]))
        if record.browse().has_access("read"):
            found = record.search([("id", "=", record.id)])
        # what one may not read, one does not find either
        self.assertEqual(bool(found), record.has_access("read"), (record, user.login))
        return "".join(key for key, name in OPERATIONS.items() if record.has_access(name))

    def _check_table(self, table, case):
        for (model, role), expected in parse(table).items():
            with self.subTest(model=model, role=role):
                allowed = self._get_allowed(case[model], getattr(self, f"user_{role}"))
                self.assertEqual(allowed, expected)
