"""Headers of responses of operations in SOAP's encoding: the headers themselves are literal."""

from .answers import HeadedMessages
from .encoded_messages import EncodedMessages


class HeadedEncodedMessages(HeadedMessages, EncodedMessages):
    """As `HeadedMessages`, for messages in SOAP's encoding."""
