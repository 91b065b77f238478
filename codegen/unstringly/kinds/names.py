"""The names that a definition has in generated code.

A definition named `SmsReport` has the functions `_sms_report` (in the parsers and in the
formatters) and `sms_report` (in the strategies), and the table `SMS_REPORT`. Two definitions that
would share these are a collision, which linking reports.
"""

from abc import ABC, abstractmethod

from unstringly.names import snake_case


class Named(ABC):
    """A definition that has names in generated code."""

    __slots__ = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """The name in the spec."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes and NewTypes that come of the definition."""
        return ()

    @property
    def function(self) -> str:
        """`sms_report`. Scripts without capitals have `等级_` for the class `等级`."""
        name = snake_case(self.name)
        return f"{name}_" if name in self.class_names else name

    @property
    def written_function(self) -> str:
        """`inner_written`: the public writer of what stands in a padded field."""
        return f"{snake_case(self.name).strip('_')}_written"

    @property
    def constant(self) -> str:
        """`SMS_REPORT`."""
        return snake_case(self.name).strip("_").upper()
