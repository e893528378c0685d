# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from functools import partial

from odoo.fields import Domain
from odoo.http import content_disposition, request, route
from odoo.tools import format_list, get_lang
from odoo.tools.safe_eval import safe_eval

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.public import LONGEST
from ..models.core.shown import show
from ..models.core.texts import LINE
from ..models.core.words import say_label

COUNTER = "backbone_todo_count"
MAX_ID = 2**31
# of each kind of document, so many are shown on the page of all
LATEST = 5
# of what was typed into a search box, so many letters are looked for
SEARCHED = 100


def get(*paths):
    """The addresses of a page, for those who are logged in. It changes nothing, and so may be
    answered from a replica."""
    return route(
        list(paths), type="http", auth="user", website=True, readonly=True, methods=["GET"]
    )


def post(*paths):
    """The addresses to which a form is sent; Odoo checks its token."""
    return route(list(paths), type="http", auth="user", website=True, methods=["POST"])


class BackbonePortal(CustomerPortal):
    """What the pages of the scheme share, and the first one: `/my/backbone`."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        user = request.env.user
        if COUNTER in counters and user._is_backbone_concerned():
            own = user._get_backbone_open_companies()
            values[COUNTER] = user.with_context(allowed_company_ids=own)._count_backbone_todo()
        elif not counters:
            # the page itself; what is returned for its counters must be counters
            values["backbone_concerned"] = user._is_backbone_concerned()
        return values

    # -- shared ------------------------------------------------------------------------

    def _backbone_find(self, model, record_id):
        """The record as the user, who may read it; else a 404 that tells nothing."""
        if record_id >= MAX_ID:
            raise request.not_found()
        record = request.env[model].browse(record_id)
        if not record.exists() or not record.has_access("read"):
            raise request.not_found()
        return record

    def _backbone_check_concerned(self):
        """The pages are for employees and the committee; for a customer there are none."""
        if not request.env.user._is_backbone_concerned():
            raise request.not_found()

    def _backbone_render(self, template, page, **values):
        """A page, with the language of its text, what was just done, and its errors.

        :param str template: of this addon by its name; of another one with that before it
        """
        refused = request.session.pop("backbone_refused", None) or {}
        if refused.pop("path", None) != request.httprequest.path:
            refused = {}
        return request.render(
            template if "." in template else f"hr_backbone_training.{template}",
            {
                **self._prepare_portal_layout_values(),
                "html_data": {"lang": get_lang(request.env).code.replace("_", "-").split("@")[0]},
                "page_name": page,
                "longest": LONGEST,
                "longest_line": LINE,
                # what a template shows of a row that a page did not name, see `Shown`
                "show": show,
                # and how it puts words together
                "format_list": partial(format_list, request.env),
                "say_label": partial(say_label, request.env),
                "message": request.session.pop("backbone_message", None),
                "error": None,
                "errors": {},
                "lost_files": {},
                "conflicts": {},
                "failed_step": None,
                "typed": {},
                **refused,
                **values,
            },
        )

    def _backbone_failed(self, error):
        """What a page needs to show an error: the sentence, and beside which input; and which
        files were sent and have to be chosen again."""
        name = getattr(error, "name", None)
        return {
            "error": str(error),
            "errors": {name: str(error)} if name else {},
            "lost_files": self._backbone_lost_files(),
        }

    def _backbone_lost_files(self):
        """{input: the names of the files that came with a form that was refused}."""
        sent = request.httprequest.files.to_dict(flat=False)
        return {
            name: names
            for name, files in sent.items()
            if (names := [file.filename for file in files if file.filename])
        }

    def _backbone_done(self, url, message):
        """After a change: say what happened, on the page that one goes back to."""
        request.session["backbone_message"] = message
        return request.redirect(url, code=303)

    def _backbone_refused(self, url, **values):
        """A step was refused: the document's own page says why, with the little that was
        typed, so that whoever reloads it takes no step again."""
        request.session["backbone_refused"] = {"path": url, **values}
        return request.redirect(url, code=303)

    def _backbone_pager(self, url, total, page, step=None, **url_args):
        return portal_pager(
            url=url,
            total=total,
            # isdigit(), which Odoo's pager asks, also takes what int() does not
            page=page if str(page).isdecimal() and len(str(page)) < 10 else 1,
            step=step or self._items_per_page,
            url_args=url_args,
        )

    def _backbone_choice(self, value, choices):
        """`value` when it is one of the choices, else the first: rubbish gives the default."""
        return value if value in choices else next(iter(choices))

    def _backbone_list(
        self, documents, url, params, sortings=None, filters=None, inputs=None, order=None
    ):
        """One page of a list, as the visitor sorts, filters and searches it.

        :param documents: the model; its `_get_search_domain` says what the search looks through
        :param dict params: what the address says; rubbish in it gives the default
        :param dict sortings: {choice: {"label", "order"}}, the first one by default
        :param dict filters: {choice: {"label", "domain"}}, likewise; an "order" that one of
            them has holds when the sorting has none
        :param dict inputs: {where: label}, what the search box can look through
        :param str order: when neither has one; the model's own by default
        :return: what Odoo's search bar and pager need, and `records`
        """
        chosen = {
            name: self._backbone_choice(params.get(name), choices)
            for name, choices in (("sortby", sortings), ("filterby", filters))
            if choices
        }
        sorting = sortings[chosen["sortby"]] if sortings else {}
        filtering = filters[chosen["filterby"]] if filters else {}
        searching = self._backbone_search(params, inputs) if inputs else {}
        domain, args = Domain(filtering.get("domain") or Domain.TRUE), dict(chosen)
        if searching.get("search"):
            domain &= documents._get_search_domain(searching["search_in"], searching["search"])
            args |= {name: searching[name] for name in ("search", "search_in")}
        pager = self._backbone_pager(
            url, documents.search_count(domain), params.get("page", 1), **args
        )
        return {
            "records": documents.search(
                domain,
                order=sorting.get("order") or filtering.get("order") or order,
                limit=self._items_per_page,
                offset=pager["offset"],
            ),
            "pager": pager,
            "searchbar_sortings": sortings,
            "searchbar_filters": filters,
            "default_url": url,
            **chosen,
            **searching,
        }

    def _backbone_search(self, params, inputs):
        """What Odoo's search box needs, with what was typed into it."""
        return {
            "searchbar_inputs": {
                name: {"input": name, "label": label} for name, label in inputs.items()
            },
            "search_in": self._backbone_choice(params.get("search_in"), inputs),
            "search": clean(params.get("search"))[:SEARCHED],
        }

    def _backbone_file(self, records, name, file_id):
        """One of the files of records that the user reads: always as a download.

        :param str name: the field of the records that holds files
        :raise AccessError: the user does not read one of them
        """
        records.check_access("read")
        # sudo: the check is above; a portal user has no right on files
        attachment = records.sudo()[name].filtered(lambda file: file.id == file_id)
        if not attachment:
            raise request.not_found()
        # sudo: the file was found among those of the records
        stream = request.env["ir.binary"].sudo()._get_stream_from(attachment, "raw")
        return stream.get_response(as_attachment=True)

    def _backbone_pdf(self, record, report_ref):
        """A printed form of a record that was checked, under the name that HR sees, too."""
        record.check_access("read")
        response = self._show_report(record, "pdf", report_ref, download=True)
        # sudo: how the file is called, whoever prints it
        report = request.env.ref(report_ref).sudo()
        name = safe_eval(report.print_report_name, {"object": record})
        response.headers["Content-Disposition"] = content_disposition(f"{name}.pdf")
        return response

    # -- my page -----------------------------------------------------------------------

    @get("/my/backbone")
    def portal_backbone(self, **kw):
        self._backbone_check_concerned()
        user = request.env.user
        applications = request.env["hr.backbone.application"]
        own = user._get_backbone_own()
        mine = [("employee_id", "in", own)]
        members = request.env["hr.backbone.member"].search([*mine, ("state", "!=", "exited")])
        employers = user._get_backbone_employers()
        application = applications.search(mine, limit=LATEST)
        return self._backbone_render(
            "portal_backbone",
            "backbone",
            todo=user._get_backbone_todo(),
            applications=application,
            members=members,
            employers=employers if len(employers) > 1 else employers.browse(),
            plans=request.env["hr.backbone.plan"].search(mine, limit=LATEST),
            rooms=self._prepare_backbone_rooms(own),
            programs=request.env["hr.backbone.program"]._get_latest(employers),
        )

    def _prepare_backbone_rooms(self, own):
        """The pages that the user has: [(label, sentence, address, count)]."""
        user, env = request.env.user, request.env
        applications, rooms = env["hr.backbone.application"], []
        if user._count_backbone_people():
            rooms.append(
                (
                    env._("Recommend"),
                    env._("My people, and who is eligible for which echelon"),
                    "/my/backbone/recommend",
                    applications.search_count([("recommender_id", "in", own)]),
                )
            )
        awaiting = applications.search_count(applications._get_approval_domain())
        if awaiting or applications.search_count([("approver_id", "in", own)], limit=1):
            rooms.append(
                (
                    env._("To approve"),
                    env._("Recommendations that await me as the director of the center"),
                    "/my/backbone/approvals",
                    awaiting,
                )
            )
        meetings = env["hr.backbone.meeting"]
        if meetings.has_access("read") and user.has_group(
            "hr_backbone_training.group_hr_backbone_committee"
        ):
            rooms.append(
                (
                    env._("Meetings"),
                    env._("Agenda, cases and votes of the selection committee"),
                    "/my/backbone/meetings",
                    meetings.search_count([("attendee_ids", "in", user.id)]),
                )
            )
        rooms.append(
            (
                env._("Notices"),
                env._("Names that are publicized now, and my objections"),
                "/my/backbone/notices",
                env["hr.backbone.publicity"].search_count([("state", "=", "published")]),
            )
        )
        return rooms

    # -- the program -------------------------------------------------------------------

    @get("/my/backbone/programs/<int:record_id>")
    def portal_backbone_program(self, record_id, **kw):
        self._backbone_check_concerned()
        program = self._backbone_find("hr.backbone.program", record_id)
        return self._backbone_render("portal_backbone_program", "backbone_program", program=program)

    @get("/my/backbone/programs/<int:record_id>/files/<int:file_id>")
    def portal_backbone_program_file(self, record_id, file_id, **kw):
        self._backbone_check_concerned()
        program = self._backbone_find("hr.backbone.program", record_id)
        return self._backbone_file(program, "document_ids", file_id)
