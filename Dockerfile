# The same steps as `make setup`, so that what runs in a container is what runs in a checkout.
FROM python:3.11-slim

WORKDIR /app
RUN python -m venv .venv

# Packages change rarely: this layer is built again only when the lock is another one.
COPY requirements.lock ./
RUN .venv/bin/python -m pip --disable-pip-version-check --no-input --no-cache-dir install --require-hashes -r requirements.lock

COPY . .
RUN .venv/bin/python -m pip --disable-pip-version-check --no-input --no-cache-dir install --no-deps --no-build-isolation -e .

RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin storywatch \
    && install --directory --owner storywatch --mode 700 /data
USER storywatch

# All state: the database, the key file and the copies made before upgrades.  `storywatch backup /data/FILE` adds one.
VOLUME /data
ENV STORYWATCH_DATA_DIR=/data \
    STORYWATCH_PANEL_HOST=0.0.0.0 \
    PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1

EXPOSE 8080

# Healthy while the engine's heartbeat is younger than 10 s.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["storywatch", "health"]
CMD ["storywatch", "run"]
