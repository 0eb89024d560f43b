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
# Healthy: the knowledge base is sound (0), or sound with facts due to be read again (3).
HEALTHCHECK --interval=300s --timeout=20s --start-period=20s \
    CMD career-advisor check >/dev/null || [ $? -eq 3 ]
CMD ["career-advisor", "run"]
