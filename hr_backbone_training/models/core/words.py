"""How words are put together for a reader: what is in brackets or follows a label has the
punctuation of the reader's language. For lists, Odoo has `format_list`."""


def say_label(env, label):
    """ "A:", before what it is the label of."""
    return env._("%(label)s:", label=label)


def add_zone(env, when, zone):
    """A time, and the name of the time zone in which it is told; without one, the time alone."""
    return env._("%(time)s (%(zone)s)", time=when, zone=zone) if zone else when
