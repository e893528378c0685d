"""Who reads what somebody writes, said before it is written: from one table, which a test holds
against the rules of access."""

from odoo.tools import format_list
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# who they are to the document: what a document names in `_readers`
READERS = {
    "employee": _lt("the employee"),
    "employee_shared": _lt("the employee, if the company shows it"),
    "participants": _lt("the participants"),
    "managers": _lt("the employee's managers"),
    "mentor": _lt("the mentor"),
    "recommender": _lt("whoever recommended"),
    "approver": _lt("the director"),
    "host": _lt("the host and that department's manager"),
    "trainer": _lt("the trainer"),
    "reviewer": _lt("the reviewer"),
    "objector": _lt("whoever objected"),
    "committee": _lt("the selection committee"),
    "everyone": _lt("everyone in the company"),
    "hr": _lt("human resources"),
}


class PrivateReason(str):
    """The written reason of a step, which goes to HR alone: the decision and the movement keep
    it apart from the comment that all who read the document read."""


def say_readers(env, names, private=False):
    """Who reads it, as one reads it below “Read by”.

    :param names: of `READERS`
    :param bool private: it is a `PrivateReason`
    """
    if private:
        return env._("human resources only. The others learn of this step, but not of the reason.")
    said = [env._(READERS[name]) for name in names]  # pylint: disable=gettext-variable
    return format_list(env, said)
