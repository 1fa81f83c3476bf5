"""The target `local`: the launcher as a child process of the worker."""

from collections.abc import Callable, Sequence
from functools import cached_property

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException

from corpusmill_airflow import exit_codes
from corpusmill_airflow.commands import home


class LauncherOperator(BaseOperator):
    """Runs one command line without a shell, in the folder of the installation, and lets its exit code decide."""

    template_fields: Sequence[str] = ("argv",)

    def __init__(self, *, argv: list[str] | Callable[..., list[str]], **kwargs):
        super().__init__(**kwargs)
        self.argv = argv

    @cached_property
    def hook(self) -> SubprocessHook:
        return SubprocessHook()

    def execute(self, context) -> None:
        try:
            result = self.hook.run_command(self.argv, cwd=str(home()))
        except (FileNotFoundError, PermissionError) as error:
            raise AirflowFailException(
                f"{self.argv[0]}: the launcher cannot be run ({error}); set CORPUSMILL_HOME"
            ) from error
        exit_codes.check(result.exit_code, self.argv[1])

    def on_kill(self) -> None:
        self.hook.send_sigterm()
