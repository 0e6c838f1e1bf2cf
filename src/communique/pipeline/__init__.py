"""Puts the stages together and runs reports through them."""

from communique.pipeline.run import Pipeline, build, record_or_raise

__all__ = ["Pipeline", "build", "record_or_raise"]
