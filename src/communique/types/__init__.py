"""Frozen, slotted dataclasses that every layer speaks in; standard library only."""
