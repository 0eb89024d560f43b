# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE CHANGELOG.md ./
COPY bot bot
COPY knowledge knowledge
RUN python -m venv /app \
    && /app/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home advisor \
    && install --directory --owner=advisor --mode=0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ADVISOR_DATA_DIR=/data \
    XDG_CONFIG_HOME=/data/config
USER advisor
VOLUME /data
# Learns from the phrasings once, here: every start is warm.
RUN career-advisor ask hello >/dev/null
# Healthy: the bot left a sign of life within the last minute.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["career-advisor", "health"]
CMD ["career-advisor", "run"]
