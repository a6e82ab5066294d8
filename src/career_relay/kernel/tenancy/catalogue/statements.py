"""The wall as statements: those that the models declare, and those that would make what the catalogue holds.

The server renders its policies, triggers, trigger functions, tenant keys and rights back into SQL, and both sides are
brought to one spelling and compared as a whole; so a changed expression, role, event or body is a difference like any
other. The spelling is settled here, in text, because the role that serves may create nothing for the server to
normalise, and because a digest kept beside each policy would be outdated by a restore into another version.
A spelling not known here is a fault: the comparison can refuse a sound wall, but not pass a changed one.
"""

from __future__ import annotations

import functools
import re
import textwrap
import typing

if typing.TYPE_CHECKING:
    import collections.abc

_LONGEST = 600
# A later server may print parentheses and casts of text elsewhere. Nothing is lost without them: no declared
# expression mixes AND with OR on one level, and no operator compares text otherwise than varchar.
_WORD = re.compile(
    r"""(?P<ignored> \s+ | [()] | ::(?:text|character\ varying)\b(?:\[\])? )
    | (?P<verbatim> \$\$.*?\$\$ | '(?:[^']|'')*' | "[^"]*" )
    | [\w.]+ | .""",
    re.DOTALL | re.VERBOSE,
)
_STATEMENT = re.compile(r"(?:\$\$.*?\$\$|'(?:[^']|'')*'|[^;])+", re.DOTALL)
_LITERALS = re.compile(r"\bIN \(('[^()]*')\)")
_ANY_ORDER = re.compile(r"^(create (?:constraint )?trigger \S+ \S+ |grant update )(.+?)(?= on )")

PRESENT: typing.Final = """
    WITH ours AS (
        SELECT oid, oid::regclass AS name, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE 'procrastinate\\_%'
    ), updatable AS (
        SELECT o.name, string_agg(quote_ident(a.attname), ', ') AS columns FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid
        WHERE a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege('relay_app', o.oid, a.attnum, 'UPDATE')
          AND NOT has_table_privilege('relay_app', o.oid, 'UPDATE')
        GROUP BY o.name
    )
    SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name) FROM ours WHERE relrowsecurity
    UNION ALL
    SELECT format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name) FROM ours WHERE relforcerowsecurity
    UNION ALL
    SELECT format('REVOKE UPDATE, DELETE ON %s FROM relay_app', name) FROM ours
    WHERE NOT has_table_privilege('relay_app', oid, 'UPDATE, DELETE')
    UNION ALL
    SELECT format('GRANT TRUNCATE, TRIGGER ON %s TO relay_app', name) FROM ours
    WHERE has_table_privilege('relay_app', oid, 'TRUNCATE, TRIGGER')
    UNION ALL
    SELECT format('GRANT UPDATE (%s) ON %s TO relay_app', columns, name) FROM updatable
    UNION ALL
    SELECT format('CREATE POLICY %I ON %I%s FOR %s%s%s%s', policyname, tablename,
                  CASE WHEN permissive <> 'PERMISSIVE' THEN ' AS ' || permissive END, cmd,
                  CASE WHEN roles <> '{public}' THEN ' TO ' || array_to_string(roles, ', ') END,
                  ' USING (' || qual || ')', ' WITH CHECK (' || with_check || ')')
    FROM pg_policies WHERE schemaname = 'public'
    UNION ALL
    SELECT pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', o.name, t.tgname)
    FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE t.tgenabled <> 'O'
    UNION ALL
    SELECT format('CREATE OR REPLACE FUNCTION %s RETURNS trigger LANGUAGE %s%s AS $$%s$$', p.oid::regprocedure, l.lanname,
                  ' SET ' || array_to_string(p.proconfig, ' SET '), p.prosrc)
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid IN (SELECT t.tgfoid FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal)
    UNION ALL
    SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', o.name, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid WHERE c.contype = 'f' AND cardinality(c.conkey) > 1
"""


def faults(declared: collections.abc.Iterable[str], present: collections.abc.Iterable[str]) -> list[str]:
    """Return what is declared and not present, and what is present and not declared."""
    wanted = {spelled(one): one for several in declared for one in _STATEMENT.findall(several) if one.strip()}
    found = {spelled(one): one for one in present}
    lacking = [f"The database lacks: {_shown(wanted[one])}" for one in sorted(wanted.keys() - found.keys())]
    # A right that the application was not given is no hole.
    surplus = [one for one in sorted(found.keys() - wanted.keys()) if not one.startswith("revoke ")]
    return lacking + [f"The database has, though nothing declares it: {_shown(found[one])}" for one in surplus]


@functools.cache
def spelled(statement: str) -> str:
    """Return a statement in the one spelling in which ours and the server's can be compared.

    Remembered, because the tests compare the same few hundred statements again and again.
    """
    words = [
        word[0] if word["verbatim"] else word[0].lower()
        for word in _WORD.finditer(_LITERALS.sub(_equals, statement))
        if not word["ignored"]
    ]
    return _ANY_ORDER.sub(lambda match: match[1] + " ".join(sorted(match[2].split())), " ".join(words))


def _equals(literals: re.Match[str]) -> str:
    return f"= ANY (ARRAY[{literals[1]}])" if "," in literals[1] else f"= {literals[1]}"


def _shown(statement: str) -> str:
    return textwrap.shorten(statement, _LONGEST, placeholder=" …")
