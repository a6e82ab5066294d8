"""Clock, ids, tenancy, errors, Japanese text: knows nobody."""
