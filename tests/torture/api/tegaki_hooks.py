"""What Schemathesis has to be told: how bytes of a file are sent."""

import schemathesis
from hypothesis import strategies as st


@schemathesis.serializer("application/zip")
def send_bytes(ctx, value):
    """Sends what was generated as it is."""
    return value if isinstance(value, bytes) else str(value).encode()


schemathesis.openapi.media_type("application/zip", st.binary(max_size=2_000))
