"""Of many clients that press the same button at the same moment, one moves the record."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from pool_case import new_leader
from served import Client

CLIENTS = 20
APPLICATION = "hr.backbone.application"
ROTATION = "hr.backbone.rotation"
MEMBER = "hr.backbone.member"
MENTORSHIP = "hr.backbone.mentorship"
TRAINING = "hr.backbone.training"
PARTICIPANT = "hr.backbone.training.participant"


def test_twenty_directors_approve_at_once(server, rpc):
    director = rpc("director")
    [record_id] = director.call(APPLICATION, "search", [("state", "=", "director")], limit=1)
    clients = [Client(server, "director") for _ in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)
    logged = server.log.stat().st_size

    def press(client):
        start.wait()
        return client.press(APPLICATION, "action_approve", record_id)

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(press, clients))

    errors = [answer["error"]["data"] for answer in answers if "error" in answer]
    assert len(errors) == CLIENTS - 1
    assert Counter(error["name"] for error in errors) == {"odoo.exceptions.UserError": CLIENTS - 1}
    for error in errors:
        assert "Somebody else is acting" in error["message"] or "is at" in error["message"]

    hr = rpc("hr")
    assert hr.call(APPLICATION, "read", [record_id], ["state"])[0]["state"] == "hr"
    decisions = hr.call(
        "hr.backbone.decision",
        "search_count",
        [("res_model", "=", APPLICATION), ("res_id", "=", record_id), ("move", "=", "approve")],
    )
    assert decisions == 1
    assert b"Traceback" not in server.log.read_bytes()[logged:]


def _ask_for_the_last_place(rpc):
    """Two rotations of two members into one department with one place, which only wait for
    the host: the administrator."""
    hr = rpc("hr")
    [department] = hr.call("hr.department", "search", [("name", "=", "Administration")])
    hr.call("hr.department", "write", [department], {"backbone_rotation_capacity": 1})
    [job] = hr.call("hr.job", "search", [("name", "=", "Human Resources Manager")])
    rotations = []
    for name in ("Keith Byrd", "Audrey Peterson"):
        members = hr.call("hr.backbone.member", "search", [("employee_id.name", "=", name)])
        vals = {
            "member_id": members[0],
            "host_department_id": department,
            "host_job_id": job,
            "date_start": "2033-01-03",
            "date_end": "2033-01-28",
            "objectives": "Keep the records for a month",
        }
        rotations.append(hr.call(ROTATION, "create", vals))
    hr.call(ROTATION, "action_request", rotations)
    # the one of the two whose manager is not the one who asked
    rpc("demo").call(ROTATION, "action_agree", rotations[:1])
    return rotations


def test_the_last_place_is_taken_once(server, rpc):
    rotations = _ask_for_the_last_place(rpc)
    clients = [Client(server, "admin") for _ in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)
    logged = server.log.stat().st_size

    def agree(number):
        start.wait()
        return clients[number].press(ROTATION, "action_agree", rotations[number % 2])

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(agree, range(CLIENTS)))

    errors = [answer["error"]["data"] for answer in answers if "error" in answer]
    assert len(errors) == CLIENTS - 1
    assert {error["name"] for error in errors} == {"odoo.exceptions.UserError"}
    rows = rpc("hr").call(ROTATION, "read", rotations, ["state"])
    assert sorted(row["state"] for row in rows) == ["agreed", "requested"]
    assert b"Traceback" not in server.log.read_bytes()[logged:]


def _at_once(server, logins, act):
    """Half of the clients are the one user, half the other; all act at the same moment.

    :param act: client, 0 or 1 → the answer of the server
    :return: (what was answered, the errors)
    """
    clients = [Client(server, logins[number % 2]) for number in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)
    logged = server.log.stat().st_size

    def run(number):
        start.wait()
        return act(clients[number], number % 2)

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(run, range(CLIENTS)))
    assert b"Traceback" not in server.log.read_bytes()[logged:]
    done = [answer["result"] for answer in answers if "error" not in answer]
    errors = [answer["error"]["data"] for answer in answers if "error" in answer]
    assert {error["name"] for error in errors} <= {
        "odoo.exceptions.UserError",
        "odoo.exceptions.ValidationError",
    }
    # each is told in a sentence
    assert all(error["message"].endswith(".") for error in errors), errors
    return done, errors


def _find_members(hr, names):
    return [hr.call(MEMBER, "search", [("employee_id.name", "=", name)])[0] for name in names]


def test_the_last_seat_is_taken_once(server, rpc):
    """Whoever comes second is on the waiting list."""
    hr = rpc("hr")
    [trainer] = hr.call("hr.employee", "search", [("name", "=", "Ronnie Hart")])
    members = _find_members(hr, ("Keith Byrd", "Audrey Peterson"))
    training = hr.call(
        TRAINING,
        "create",
        {
            "name": "One Seat",
            "date_start": "2033-03-01 09:00:00",
            "date_end": "2033-03-01 12:00:00",
            "seats": 1,
            "trainer_id": trainer,
            "participant_ids": [(0, 0, {"member_id": member}) for member in members],
        },
    )
    hr.call(TRAINING, "action_plan", [training])
    rows = [
        hr.call(
            PARTICIPANT, "search", [("training_id", "=", training), ("member_id", "=", member)]
        )[0]
        for member in members
    ]
    _at_once(
        server,
        ("keith", "audrey"),
        lambda client, which: client.press(PARTICIPANT, "action_confirm", rows[which]),
    )
    states = [row["state"] for row in hr.call(PARTICIPANT, "read", rows, ["state"])]
    assert sorted(states) == ["confirmed", "waiting"]
    assert hr.call(TRAINING, "read", [training], ["seats_taken"])[0]["seats_taken"] == 1


def test_a_mentor_is_appointed_once(server, rpc):
    """One-to-one: two of HR appoint the same mentor for different members."""
    hr = rpc("hr")
    mentor = new_leader(rpc, "Monika").employee
    members = _find_members(hr, ("Keith Byrd", "Audrey Peterson"))
    waiting = [("member_id", "in", members), ("state", "=", "appointed")]
    before = hr.call(MENTORSHIP, "search", waiting)
    if before:
        hr.call(MENTORSHIP, "action_end", before, "Somebody else is appointed")
    done, errors = _at_once(
        server,
        ("hr", "hradmin"),
        lambda client, which: client.call(
            MENTORSHIP, "create", {"member_id": members[which], "mentor_id": mentor}
        ),
    )
    assert len(done) == 1
    assert len(errors) == CLIENTS - 1
    assert hr.call(MENTORSHIP, "search_count", [("mentor_id", "=", mentor)]) == 1
