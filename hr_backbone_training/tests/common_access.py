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


class AccessCommon(BackboneCommon):
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
