"""The two kinds of address that the pages of `/my/backbone` have: one shows, one takes what
was typed. Both ask for a login; Odoo checks the token of each form."""

from odoo.http import route


def get(*paths):
    """A page. It changes nothing, and so may be answered from a replica."""
    return route(
        list(paths), type="http", auth="user", website=True, readonly=True, methods=["GET"]
    )


def post(*paths):
    """What a form is sent to."""
    return route(list(paths), type="http", auth="user", website=True, methods=["POST"])
