# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged
from odoo.tools import file_open

from ..common import BackboneCommon
from ..common_import import OPTIONS, ImportMixin

HEADERS = (
    "Employee",
    "Program",
    "Echelon",
    "Recommended by",
    "Performance",
    "Reasons: Performance",
)
RANKS = "/hr_backbone_training/static/xls/hr_job_rank.xlsx"
ROW = ("Worker", "Backbone Training 2026", "Third Echelon", "Leader", "90", "Best of the line")


@tagged("post_install", "-at_install")
class TestImport(ImportMixin, BackboneCommon):
    """HR's yearly list comes in a spreadsheet, through Odoo's own import."""

    _import_headers = HEADERS

    # -- applications ------------------------------------------------------------------

    def test_template_fits(self):
        templates = self.env["hr.backbone.application"].get_import_templates()
        with file_open(templates[0]["template"].lstrip("/"), "rb") as stream:
            content = stream.read()
        for person in ("Jane Miller", "John Smith", "Peter Brown"):
            self._new_employee(None, self.line, self.job_leader, name=person)
        mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        screen, columns, headers = self._upload(content, mimetype=mimetype)
        self.assertEqual(len(columns), len(set(columns)))
        result = screen.execute_import(columns, headers, dict(OPTIONS), dryrun=False)
        self.assertEqual(result["messages"], [])
        first = self.env["hr.backbone.application"].browse(result["ids"][0])
        self.assertEqual(first.employee_id.name, "Jane Miller")
        self.assertEqual(first.recommender_id.name, "Peter Brown")
        self.assertEqual(first.score_total, 89)

    def test_good_list(self):
        rows = [ROW, ("Colleague", *ROW[1:3], "Manager", "85.5", "Learns fast")]
        tried = self._import(rows, dryrun=True)
        self.assertEqual((len(tried["ids"]), tried["messages"]), (2, []))
        domain = [("program_id", "=", self.program.id)]
        self.assertFalse(self.env["hr.backbone.application"].search(domain).exists())
        result = self._import(rows)
        self.assertEqual(result["messages"], [])
        applications = self.env["hr.backbone.application"].browse(result["ids"])
        self.assertEqual(applications.employee_id, self.worker | self.colleague)
        self.assertEqual(applications.mapped("recommender_id.name"), ["Leader", "Manager"])
        self.assertEqual(applications.mapped("score_performance"), [90, 85.5])
        self.assertEqual(applications.mapped("state"), ["draft", "draft"])
        self.assertEqual(applications.plan_id.mapped("state"), ["draft", "draft"])
        self.assertEqual(applications[0].department_id, self.line)
        self.assertEqual(applications[0].approver_id, self.director)

    def test_zero_and_empty_scores(self):
        rows = [(*ROW[:4], "0", ROW[5]), ("Colleague", *ROW[1:4], "", "Learns fast")]
        result = self._import(rows)
        self.assertEqual(result["messages"], [])
        zero, blank = self.env["hr.backbone.application"].browse(result["ids"])
        self.assertIsInstance(zero.score_performance, float)
        self.assertEqual(zero.score_performance, 0)
        self.assertIs(blank.score_performance, False)

    def test_unknown_employee(self):
        self._assert_refused([ROW, ("Nobody", *ROW[1:])], 1, "Nobody")

    def test_archived_employee(self):
        self.colleague.active = False
        self._assert_refused([ROW, ("Colleague", *ROW[1:])], 1, "Colleague")

    def test_score_out_of_range(self):
        bad = ("Colleague", *ROW[1:4], "120", "Superb")
        self._assert_refused([ROW, bad], 1, "score lies between 0 and 100")

    def test_score_not_a_number(self):
        bad = ("Colleague", *ROW[1:4], "very good", "Superb")
        result = self._import([ROW, bad])
        self.assertFalse(result.get("ids"))
        self.assertIn("very good", result["messages"][0]["message"])

    def test_employee_without_department(self):
        self._new_employee(None, None, self.job_worker, name="Nomad")
        self._assert_refused([ROW, ("Nomad", *ROW[1:])], 1, "Nomad belongs to no department")

    def test_twice_in_the_list(self):
        self._assert_refused([ROW, ROW], 1, "Worker already has a draft in this program")

    def test_under_way_already(self):
        application = self._submitted()
        self._assert_refused([ROW], 0, application.name)

    def test_without_recommender(self):
        self._assert_refused([(*ROW[:3], "", *ROW[4:])], 0, "Name the manager who recommends")

    def test_namesakes(self):
        twin = self._new_employee(None, self.works, self.job_worker, name="Worker")
        self._assert_refused([ROW], 0, "External ID")
        self.env["ir.model.data"].create(
            {"module": "list", "name": "twin", "model": "hr.employee", "res_id": twin.id}
        )
        result = self._import(
            [("list.twin", *ROW[1:])], headers=("Employee/External ID", *HEADERS[1:])
        )
        self.assertEqual(result["messages"], [])
        application = self.env["hr.backbone.application"].browse(result["ids"])
        self.assertEqual(application.employee_id, twin)

    def test_manager_imports_own_people_only(self):
        """A department may use the same list; the rules of the documents hold."""
        external = self.env["ir.model.data"].create(
            {"module": "list", "name": "c", "model": "hr.employee", "res_id": self.colleague.id}
        )
        result = self._import(
            [(external.complete_name, *ROW[1:])],
            headers=("Employee/External ID", *HEADERS[1:]),
            user=self.user_leader,
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    # -- ranks of jobs -----------------------------------------------------------------

    def test_ranks_of_jobs(self):
        templates = [row["template"] for row in self.env["hr.job"].get_import_templates()]
        self.assertIn(RANKS, templates)
        with file_open(RANKS.lstrip("/"), "rb") as stream:
            content = stream.read()
        self.job_leader.backbone_rank_id = False
        mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        if not self.env["hr.job"].with_user(self.user_officer).has_access("create"):
            # beside Recruitment HR makes no jobs, but gives those that there are their rank
            self.env["hr.job"].create({"name": "Production Manager"})
        screen, columns, headers = self._upload(content, "hr.job", mimetype)
        self.assertEqual(columns, ["name", "backbone_rank_id"])
        result = screen.execute_import(columns, headers, dict(OPTIONS), dryrun=False)
        self.assertEqual(result["messages"], [])
        jobs = self.env["hr.job"].browse(result["ids"])
        self.assertEqual(jobs[0], self.job_leader, "a job that exists gets its rank")
        self.assertEqual(self.job_leader.backbone_rank_id.name, "Team Leader")
        self.assertEqual(jobs[1].name, "Production Manager")

    def test_ranks_of_jobs_bad_rows(self):
        headers = ("Job Position", "Backbone Rank")
        result = self._import([("Fitter", "Emperor")], headers, model="hr.job")
        self.assertFalse(result["ids"])
        self.assertIn("Emperor", result["messages"][0]["message"])
        self.job_leader.write({"name": "Fitter", "department_id": self.line.id})
        rows = [("Works Manager", "Manager"), ("Fitter", "Employee")]
        result = self._import(rows, headers, model="hr.job")
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["rows"]["from"], 1)
        self.assertIn("2 jobs are called “Fitter”", result["messages"][0]["message"])
