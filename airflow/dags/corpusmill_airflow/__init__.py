"""Runs the commands of Corpusmill as Airflow tasks."""

from corpusmill_airflow.submit import submit

__all__ = ["submit"]
