# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request, route
from odoo.tools import format_date

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show_each, show_rows
from ..models.selection.hr_backbone_application import OPEN_STATES, SCORES, TEXTS
from .forms import BackbonePortalForm, Choice, Number, Text, read
from .portal import LATEST, SEARCHED, get, post

STEPS = ("approve", "return", "refuse", "withdraw")
MANY = 200
RECOMMENDATIONS = "/my/backbone/recommendations"
# of the people of a case, what its page shows
SHOWN = (
    *("name", "employee_id.name", "department_id.name", "job_id.name", "rank_id.name"),
    *("echelon_id.id", "echelon_id.name", "program_id.name", "recommender_id.name"),
    *("approver_id.name", "proposed_mentor_id.id", "proposed_mentor_id.name"),
)
# and a list
LISTED = ("employee_id.name", "echelon_id.name")
# and of who may be recommended
CANDIDATE = ("id", "name", "job_id.name", "department_id.name")


class BackbonePortalApplication(BackbonePortalForm):
    """Recommend: my people, the application form, and all that the user ever recommended."""

    _backbone_people_per_page = 20

    @get("/my/backbone/recommend", "/my/backbone/recommend/page/<int:page>")
    def portal_backbone_recommend(self, page=1, search="", **kw):
        return self._backbone_recommend_page(page, search)

    def _backbone_recommend_page(self, page=1, search="", **values):
        self._backbone_check_concerned()
        search = clean(search)[:SEARCHED]
        user, applications = request.env.user, request.env["hr.backbone.application"]
        step = self._backbone_people_per_page
        pager = self._backbone_pager(
            "/my/backbone/recommend",
            user._count_backbone_people(search),
            page,
            step=step,
            search=search,
        )
        people = user._get_backbone_people(search, limit=step, offset=pager["offset"])
        names = show_each(people, *CANDIDATE)
        companies = user._get_backbone_people_companies()
        recommended = [("recommender_id", "in", user._get_backbone_working())]
        records = applications.search(recommended, limit=LATEST)
        return self._backbone_render(
            "portal_backbone_recommend",
            "backbone_recommend",
            rows=[
                {**row, "employee": names[row["employee"]]}
                for row in applications._get_candidates(people)
            ],
            programs=self._say_programs(companies),
            recommended=records,
            cases=show_each(records, *LISTED),
            recommended_count=applications.search_count(recommended),
            pager=pager,
            search=search,
            **values,
        )

    def _say_programs(self, companies):
        """Whether recommendations are taken now, in each of these companies.

        :return: [{"company": its name where there are several, "name": of the program,
            "closed": why not, or False, "taken": from when to when}]
        """
        env = request.env
        programs = env["hr.backbone.program"]._get_running(companies).grouped("company_id")
        rows = []
        for company in companies:
            program = programs.get(company)
            row = {"company": company.name if len(companies) > 1 else "", "name": ""}
            if program:
                row |= {
                    "name": program.name,
                    "closed": program._get_closed_reason(),
                    "taken": env._(
                        "Recommendations are taken from %(start)s to %(end)s.",
                        start=format_date(env, program.recommendation_start),
                        end=format_date(env, program.recommendation_end),
                    ),
                }
            else:
                row["closed"] = env._("No backbone program is running in your company.")
            rows.append(row)
        return rows

    @post("/my/backbone/recommend")
    def portal_backbone_recommend_start(self, employee_id="", echelon_id="", **kw):
        applications, found = request.env["hr.backbone.application"], []
        error = self._backbone_try(
            applications,
            lambda: found.append(applications._start_from_portal(employee_id, echelon_id)),
        )
        if error:
            return self._backbone_recommend_page(**self._backbone_failed(error))
        return request.redirect(found[0].access_url, code=303)

    @get("/my/backbone/applications/<int:record_id>")
    def portal_backbone_application(self, record_id, **kw):
        return self._backbone_application_page(
            self._backbone_find("hr.backbone.application", record_id)
        )

    def _backbone_application_page(self, record, **values):
        can_write = not record._get_edit_refusal()
        # sudo: only whether there is one; who may not read it sees none
        plan = record.sudo().plan_id
        return self._backbone_render(
            "portal_backbone_application",
            "backbone_application",
            record=record,
            case=record._get_shown(*SHOWN),
            plan=plan.sudo(False)._filtered_access("read"),
            can_write=can_write,
            echelons=show_rows(record._get_echelon_choices(), "id", "name", "scope")
            if can_write
            else (),
            mentors=show_rows(record._get_mentor_choices(), "id", "name", "job_id.name")
            if can_write
            else (),
            decisions=record._get_decisions(),
            **self._say_recommendation(record),
            **{"version": record._get_version(), **values},
        )

    def _say_recommendation(self, record):
        """What the director is told above the decision, and how many cases wait for it."""
        if not record.can_approve:
            return {"waiting": 0}
        env = request.env
        case = record._get_shown("recommender_id.name", "employee_id.name", "echelon_id.name")
        applications = env["hr.backbone.application"]
        waiting = applications.search_count(applications._get_approval_domain())
        return {
            "waiting": waiting,
            "waiting_label": env._("%s cases wait for you.", waiting),
            "recommended": env._(
                "%(recommender)s recommends %(employee)s for the %(echelon)s.",
                recommender=case.recommender_id.name or env._("HR"),
                employee=case.employee_id.name,
                echelon=case.echelon_id.name,
            ),
        }

    @post("/my/backbone/applications/<int:record_id>")
    def portal_backbone_application_save(self, record_id, step="save", **post):
        record = self._backbone_find("hr.backbone.application", record_id)
        if error := self._backbone_save(record, self._read_application, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(record.access_url, **error)
            return self._backbone_application_page(record, **error)
        if step == "submit":
            message = request.env._("The application was submitted to the director.")
        else:
            message = request.env._("Saved.")
        return self._backbone_done(record.access_url, message)

    @post("/my/backbone/applications/<int:record_id>/autosave")
    def portal_backbone_application_autosave(self, record_id, **post):
        record = self._backbone_find("hr.backbone.application", record_id)
        return self._backbone_autosave(record, self._read_application, post)

    def _read_application(self, record, typed, stored):
        """What `_save_from_portal` of the application is called with."""
        listed = request.env._("Choose one of the list.")
        inputs = {
            **dict.fromkeys(TEXTS, Text()),
            **{name: self._get_score_input(record, name) for name in SCORES},
            "echelon_id": Choice(record._get_echelon_choices, listed),
            "proposed_mentor_id": Choice(record._get_mentor_choices, listed),
        }
        vals = read(inputs, typed, stored)
        if not vals.get("echelon_id", True):
            # every application is for one: without a choice it stays
            del vals["echelon_id"]
        return {"vals": vals}

    def _get_score_input(self, record, name):
        label = record._fields[name]._description_string(request.env)
        return Number(
            0,
            100,
            lambda text: request.env._(
                "%(score)s: “%(text)s” is not a number between 0 and 100.",
                score=label,
                text=text[:40],
            ),
            digits=1,
        )

    @route(
        "/my/backbone/applications/<int:record_id>/sign", type="jsonrpc", auth="user", website=True
    )
    def portal_backbone_application_sign(self, record_id, name=None, signature=None, **kw):
        return self._backbone_sign(
            self._backbone_find("hr.backbone.application", record_id), name, signature
        )

    @get("/my/backbone/applications/<int:record_id>/pdf")
    def portal_backbone_application_pdf(self, record_id, **kw):
        record = self._backbone_find("hr.backbone.application", record_id)
        return self._backbone_pdf(
            record, "hr_backbone_training.action_report_hr_backbone_application"
        )

    # -- deciding ----------------------------------------------------------------------

    @post("/my/backbone/applications/<int:record_id>/<string:step>")
    def portal_backbone_application_step(self, record_id, step, comment="", **kw):
        record = self._backbone_find("hr.backbone.application", record_id)
        if step not in STEPS:
            raise request.not_found()
        comment = clean(comment)
        if error := self._backbone_try(record, lambda: record._take_asked(step, comment)):
            values = {**self._backbone_failed(error), "typed": {"comment": comment}}
            if step in ("return", "refuse") and not comment:
                values["errors"] = {"comment": str(error)}
            return self._backbone_refused(record.access_url, **values)
        message = record._get_move_label(step)
        if record.has_access("read"):
            return self._backbone_done(record.access_url, message)
        return self._backbone_done("/my/backbone", message)

    @get("/my/backbone/applications/<int:record_id>/<string:step>")
    def portal_backbone_application_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the case itself."""
        record = self._backbone_find("hr.backbone.application", record_id)
        if step not in STEPS:
            raise request.not_found()
        return request.redirect(record.access_url, code=303)

    @get("/my/backbone/approvals", "/my/backbone/approvals/page/<int:page>")
    def portal_backbone_approvals(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env["hr.backbone.application"],
            "/my/backbone/approvals",
            kw,
            self._get_backbone_sortings(),
            self._get_backbone_filters(),
            self._get_backbone_inputs(),
        )
        values["cases"] = show_each(
            values["records"], *LISTED, "department_id.name", "recommender_id.name"
        )
        return self._backbone_render("portal_backbone_approvals", "backbone_approvals", **values)

    def _get_backbone_inputs(self):
        return {
            "all": request.env._("Search in all"),
            "person": request.env._("Search in names"),
            "department": request.env._("Search in departments"),
            "echelon": request.env._("Search in echelons"),
            "number": request.env._("Search in numbers"),
        }

    def _get_backbone_sortings(self):
        return {
            "date": {"label": request.env._("Oldest first"), "order": "date_submitted, id"},
            "echelon": {"label": request.env._("Echelon"), "order": "echelon_id, id"},
            "score": {"label": request.env._("Score"), "order": "score_total desc, id"},
        }

    def _get_backbone_filters(self):
        applications = request.env["hr.backbone.application"]
        return {
            "waiting": {
                "label": request.env._("Waiting for me"),
                "domain": applications._get_approval_domain(),
            },
            "all": {
                "label": request.env._("All my cases"),
                "domain": [
                    ("approver_id", "in", request.env.user._get_backbone_working()),
                    ("state", "!=", "draft"),
                ],
            },
        }

    @post("/my/backbone/approvals")
    def portal_backbone_approve_many(self, **kw):
        self._backbone_check_concerned()
        ids = self._backbone_numbers("record")
        applications = request.env["hr.backbone.application"]
        records = applications.search([("id", "in", ids[:MANY])])
        if not records:
            return self._backbone_done(
                "/my/backbone/approvals", request.env._("Choose the cases to approve first.")
            )
        refusals = {}
        error = self._backbone_try(
            records, lambda: refusals.update(records._move_allowed("approve"))
        )
        if error:
            return self._backbone_done("/my/backbone/approvals", str(error))
        done = request.env._(
            "%(done)s of %(all)s approved.", done=len(records) - len(refusals), all=len(records)
        )
        lines = [done, *records._name_refusals(refusals)]
        return self._backbone_done("/my/backbone/approvals", "\n".join(lines[:10]))

    # -- my recommendations ------------------------------------------------------------

    @get(RECOMMENDATIONS, f"{RECOMMENDATIONS}/page/<int:page>")
    def portal_backbone_recommendations(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env["hr.backbone.application"],
            RECOMMENDATIONS,
            kw,
            self._get_recommendation_sortings(),
            self._get_recommendation_filters(),
            self._get_backbone_inputs(),
        )
        values["cases"] = show_each(values["records"], *LISTED)
        return self._backbone_render(
            "portal_backbone_recommendations", "backbone_recommendations", **values
        )

    def _get_recommendation_sortings(self):
        return {
            "date": {"label": request.env._("Latest first"), "order": "id desc"},
            "old": {"label": request.env._("Oldest first"), "order": "id"},
            "echelon": {"label": request.env._("Echelon"), "order": "echelon_id, id desc"},
            "score": {"label": request.env._("Score"), "order": "score_total desc, id desc"},
        }

    def _get_recommendation_filters(self):
        mine = ("recommender_id", "in", request.env.user._get_backbone_working())
        labels = {
            "all": (request.env._("All"), []),
            "draft": (request.env._("To complete"), [("state", "=", "draft")]),
            "open": (request.env._("Under way"), [("state", "in", OPEN_STATES)]),
            "admitted": (request.env._("Admitted"), [("state", "=", "admitted")]),
            "ended": (
                request.env._("Refused or withdrawn"),
                [("state", "in", ("refused", "withdrawn"))],
            ),
        }
        return {
            name: {"label": label, "domain": [mine, *domain]}
            for name, (label, domain) in labels.items()
        }
