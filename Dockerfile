# syntax=docker/dockerfile:1
# Pinned to the very bytes; of the next version: docker buildx imagetools inspect python:3.12.9-slim-bookworm
FROM python:3.12.8-slim-bookworm@sha256:2199a62885a12290dc9c5be3ca0681d367576ab7bf037da120e564723292a2f0 AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE CHANGELOG.md ./
COPY bot bot
COPY knowledge knowledge
RUN python -m venv /app \
    && /app/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.12.8-slim-bookworm@sha256:2199a62885a12290dc9c5be3ca0681d367576ab7bf037da120e564723292a2f0
RUN useradd --uid 10001 --shell /usr/sbin/nologin --home-dir /home/advisor --create-home advisor \
    && install --directory --owner=advisor --mode=0700 /data /config
COPY --from=build /app /app
# The key is made in /config where none is given: never on the volume of the database.
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    ADVISOR_DATA_DIR=/data \
    XDG_CONFIG_HOME=/config
USER 10001
# Learns from the phrasings once, here: every start is warm, and the root may be read-only.
RUN career-advisor ask hello >/dev/null
VOLUME ["/data", "/config"]
STOPSIGNAL SIGTERM
# Healthy: the bot left a sign of life within the last minute, and nothing is wrong.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["career-advisor", "health"]
CMD ["career-advisor", "run"]
