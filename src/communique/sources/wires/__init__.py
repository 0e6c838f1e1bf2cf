"""Agencies' formats: NewsML-G2 and NewsML 1, ninjs, NITF."""
