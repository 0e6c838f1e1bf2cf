"""When is meant: passages in, the report's times out, each with its TIMEX3 value and the days that it covers."""
