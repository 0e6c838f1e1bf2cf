"""Who did what to whom, and who says so: from a reading to events, statements and facts."""

from communique.coding.events import EventCoder

__all__ = ["EventCoder"]
