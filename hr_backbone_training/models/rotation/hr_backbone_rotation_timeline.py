from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

MONTHS = 12
# so many months before this one are shown
PAST = 3
TONES = {
    "draft": "bg-secondary-subtle border border-secondary",
    "requested": "bg-warning",
    "agreed": "bg-info",
    "running": "bg-success",
    "evaluation": "bg-primary",
    "done": "bg-success opacity-50",
}
FRAME = Markup(
    '<div class="d-flex position-relative rounded border" style="min-width: 34rem; '
    'height: 2rem;" role="img" aria-label="%(label)s" title="%(label)s">%(months)s%(bar)s'
    "%(today)s</div>"
)
MONTH = Markup(
    '<span class="%(edge)s text-muted ps-1" style="width: %(width).3f%%; font-size: 0.7rem; '
    'line-height: 1rem;">%(name)s</span>'
)
BAR = Markup(
    '<span class="position-absolute rounded-pill %(tone)s" style="top: 1.05rem; '
    'height: 0.7rem; min-width: 0.35rem; left: %(left).3f%%; width: %(width).3f%%;"></span>'
)
NOW = Markup(
    '<span class="position-absolute border-start border-danger" style="top: 0; bottom: 0; '
    'left: %(left).3f%%;"></span>'
)


class HrBackboneRotation(models.Model):
    """Who is where: each stay as a bar across the months, for a list by department."""

    _inherit = "hr.backbone.rotation"

    timeline = fields.Html(
        compute="_compute_timeline", sanitize=False, help="Three months back, and nine ahead."
    )

    @api.depends("date_start", "date_end", "state")
    @api.depends_context("lang")
    def _compute_timeline(self):
        frames = {
            company: self._get_timeline_frame(company._backbone_today())
            for company in self.company_id | self.env.company
        }
        for record in self:
            frame = frames[record.company_id or self.env.company]
            # drawn from dates and names of months: nothing that anybody typed
            record.timeline = FRAME % {**frame, **record._get_timeline_bar(frame)}

    @api.model
    def _get_timeline_frame(self, today):
        """What all bars of a company have in common: the months, and where today is."""
        start = today.replace(day=1) - relativedelta(months=PAST)
        end = start + relativedelta(months=MONTHS)
        total = (end - start).days
        months = Markup("")
        for number in range(MONTHS):
            month = start + relativedelta(months=number)
            days = (month + relativedelta(months=1) - month).days
            pattern = "MMM yy" if number == 0 or month.month == 1 else "MMM"
            months += MONTH % {
                "edge": "border-start" if number else "",
                "width": 100 * days / total,
                "name": format_date(self.env, month, date_format=pattern),
            }
        left = 100 * (today - start).days / total
        return {"start": start, "end": end, "months": months, "today": NOW % {"left": left}}

    def _get_timeline_bar(self, frame):
        if not (self.date_start and self.date_end):
            return {"bar": "", "label": self.env._("No dates yet")}
        states = dict(self._fields["state"]._description_selection(self.env))
        label = self.env._(
            "%(state)s: %(start)s to %(end)s",
            state=states[self.state],
            start=format_date(self.env, self.date_start),
            end=format_date(self.env, self.date_end),
        )
        first = max(self.date_start, frame["start"])
        last = min(self.date_end + timedelta(days=1), frame["end"])
        if first >= last or self.state not in TONES:
            return {"bar": "", "label": label}
        total = (frame["end"] - frame["start"]).days
        bar = BAR % {
            "tone": TONES[self.state],
            "left": 100 * (first - frame["start"]).days / total,
            "width": 100 * (last - first).days / total,
        }
        return {"bar": bar, "label": label}
