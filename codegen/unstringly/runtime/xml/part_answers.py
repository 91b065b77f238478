"""Headers of responses of operations whose bodies hold several elements beside each other."""

from .answers import HeadedMessages
from .part_messages import PartMessages


class HeadedPartMessages(HeadedMessages, PartMessages):
    """As `HeadedMessages`, for bodies of several elements."""
