# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Who works in more than one company of a group makes a document of any of them."""

from itertools import groupby


def by_company(model, vals_list):
    """What is to be created, each with the defaults of its own company, not with those of the one
    that the user happens to be in.

    :return: iterator of (model in the company, the rows of that company), in their order
    """
    # Odoo's own brings together what is apart, and the rows would change their order
    # pylint: disable-next=bad-builtin-groupby
    for company, rows in groupby(vals_list, lambda vals: vals.get("company_id")):
        # sent to `with_company`, a company that is not the user's is refused by Odoo
        yield (model.with_company(company) if company else model), list(rows)
