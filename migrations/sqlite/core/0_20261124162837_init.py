from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "alert" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "subject" VARCHAR(120) NOT NULL,
    "text" VARCHAR(500) NOT NULL,
    "target" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "delivered_at" TIMESTAMP,
    "attempts" INT NOT NULL DEFAULT 0
) /* Something people asked to be told; one without *delivered_at* is still to be delivered. */;
CREATE INDEX IF NOT EXISTS "idx_alert_created_547878" ON "alert" ("created_at");
CREATE TABLE IF NOT EXISTS "audit_entry" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "actor" VARCHAR(80) NOT NULL,
    "verb" VARCHAR(40) NOT NULL,
    "subject" VARCHAR(200) NOT NULL,
    "detail" VARCHAR(400) NOT NULL
) /* Who did what. */;
CREATE TABLE IF NOT EXISTS "canary" (
    "username" VARCHAR(30) NOT NULL PRIMARY KEY,
    "platform_id" VARCHAR(30),
    "asked" INT NOT NULL,
    "seen" INT NOT NULL,
    "missed_in_a_row" INT NOT NULL,
    "last_seen_at" TIMESTAMP,
    "missing_since" TIMESTAMP,
    "retired_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL
) /* A public account known to be live; ``asked`` and ``seen`` count answers that named it. */;
CREATE TABLE IF NOT EXISTS "deployment" (
    "id" INT NOT NULL PRIMARY KEY,
    "platform" VARCHAR(30) NOT NULL,
    "key_proof" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* One row: which platform this database is about, and proof of the key it was written with. */;
CREATE TABLE IF NOT EXISTS "engine_call" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "verb" VARCHAR(40) NOT NULL,
    "arguments" JSON NOT NULL,
    "actor" VARCHAR(80) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "done_at" TIMESTAMP,
    "result" JSON
) /* Something that only the engine may do, asked for by another process: a test of a proxy or a session. */;
CREATE INDEX IF NOT EXISTS "idx_engine_call_done_at_0776e2" ON "engine_call" ("done_at", "id");
CREATE TABLE IF NOT EXISTS "engine_state" (
    "id" INT NOT NULL PRIMARY KEY,
    "holder" VARCHAR(40),
    "pid" INT,
    "heartbeat" TIMESTAMP,
    "revision" BIGINT NOT NULL,
    "snapshot" JSON NOT NULL,
    "sandbox_url" VARCHAR(200)
) /* One row: who holds the engine, how it is, and the revision that every relevant write raises. */;
CREATE TABLE IF NOT EXISTS "error_group" (
    "fingerprint" VARCHAR(64) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(30) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "count" INT NOT NULL,
    "first_seen" TIMESTAMP NOT NULL,
    "last_seen" TIMESTAMP NOT NULL,
    "sample" TEXT
) /* Errors and unread answers of one kind, with one redacted sample. */;
CREATE TABLE IF NOT EXISTS "hourly_stat" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "hour" TIMESTAMP NOT NULL,
    "proxy_id" INT NOT NULL,
    "reason" VARCHAR(20) NOT NULL,
    "blame" VARCHAR(10) NOT NULL,
    "count" INT NOT NULL DEFAULT 0,
    "upto_100" INT NOT NULL DEFAULT 0,
    "upto_250" INT NOT NULL DEFAULT 0,
    "upto_500" INT NOT NULL DEFAULT 0,
    "upto_1000" INT NOT NULL DEFAULT 0,
    "upto_2500" INT NOT NULL DEFAULT 0,
    "upto_5000" INT NOT NULL DEFAULT 0,
    "upto_10000" INT NOT NULL DEFAULT 0,
    "beyond" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_hourly_stat_hour_1a71b8" UNIQUE ("hour", "proxy_id", "reason", "blame")
) /* Exchanges of one hour over one proxy that ended for one reason, with their response times in fixed buckets. */;
CREATE TABLE IF NOT EXISTS "limits" (
    "id" INT NOT NULL PRIMARY KEY,
    "changed" JSON NOT NULL
) /* One row: the operating limits that differ from the defaults. */;
CREATE TABLE IF NOT EXISTS "niche" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "name_key" VARCHAR(160) NOT NULL UNIQUE,
    "position" INT NOT NULL,
    "daily_story_target" INT,
    "created_at" TIMESTAMP NOT NULL
) /* A named, ordered group of profiles.  ``name_key`` is the case-folded name. */;
CREATE TABLE IF NOT EXISTS "batch" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL,
    "status" VARCHAR(12) NOT NULL /* HIDDEN: hidden\nQUEUED: queued\nIN_PROGRESS: in_progress\nDONE: done */,
    "requested_at" TIMESTAMP,
    "position" INT,
    "total" INT NOT NULL,
    "finished" INT NOT NULL,
    "live" INT NOT NULL,
    "none" INT NOT NULL,
    "private" INT NOT NULL,
    "gone" INT NOT NULL,
    "unknown" INT NOT NULL,
    "skipped" INT NOT NULL,
    "commits" INT NOT NULL DEFAULT 0,
    "requests" INT NOT NULL,
    "second_finds" INT NOT NULL,
    "active_seconds" REAL NOT NULL,
    "waiting_reason" VARCHAR(200),
    "waiting_until" TIMESTAMP,
    "created_by" VARCHAR(80) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "started_at" TIMESTAMP,
    "finished_at" TIMESTAMP,
    "hidden_at" TIMESTAMP,
    "niche_id" INT REFERENCES "niche" ("id") ON DELETE SET NULL
) /* One submission of profiles to be checked.  Counters change in the commit that finishes checks. */;
CREATE INDEX IF NOT EXISTS "idx_batch_status_b68393" ON "batch" ("status", "position");
CREATE INDEX IF NOT EXISTS "idx_batch_status_5040dc" ON "batch" ("status", "created_at", "id");
CREATE INDEX IF NOT EXISTS "idx_batch_created_d0ba07" ON "batch" ("created_at", "id");
CREATE TABLE IF NOT EXISTS "batch_event" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "what" VARCHAR(30) NOT NULL,
    "text" VARCHAR(300) NOT NULL,
    "username" VARCHAR(30),
    "proxy_id" INT,
    "batch_id" CHAR(36) NOT NULL REFERENCES "batch" ("id") ON DELETE CASCADE
) /* A line of a batch's own log. */;
CREATE INDEX IF NOT EXISTS "idx_batch_event_batch_i_8ea113" ON "batch_event" ("batch_id", "id");
CREATE TABLE IF NOT EXISTS "import" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "lines" INT NOT NULL,
    "created" INT NOT NULL,
    "known_here" INT NOT NULL,
    "known_elsewhere" INT NOT NULL,
    "repeated" INT NOT NULL,
    "invalid" INT NOT NULL,
    "created_by" VARCHAR(80) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "niche_id" INT REFERENCES "niche" ("id") ON DELETE SET NULL
) /* One import of a list: where it came from and what became of its lines. */;
CREATE TABLE IF NOT EXISTS "profile" (
    "username" VARCHAR(30) NOT NULL PRIMARY KEY,
    "status" VARCHAR(10) NOT NULL /* ACTIVE: active\nPAUSED: paused\nGONE: gone */,
    "platform_id" VARCHAR(30),
    "is_private" INT,
    "checks_total" INT NOT NULL,
    "conclusive_total" INT NOT NULL,
    "stories_total" INT NOT NULL,
    "detection_ppm" INT NOT NULL,
    "last_checked_at" TIMESTAMP,
    "last_outcome" VARCHAR(10) /* LIVE: live\nNONE: none\nPRIVATE: private\nGONE: gone\nUNKNOWN: unknown */,
    "last_reason" VARCHAR(20) /* OK: ok\nABSENT_ONCE: absent_once\nBATCH_UNPROVEN: batch_unproven\nPRIVATE: private\nNOT_FOUND: not_found\nUSER_NULL: user_null\nGATED: gated\nRATE_LIMITED: rate_limited\nSOFT_WAIT: soft_wait\nLOGIN_REQUIRED: login_required\nSESSION_EXPIRED: session_expired\nCHALLENGE: challenge\nCHECKPOINT: checkpoint\nSUSPENDED: suspended\nFEEDBACK: feedback\nUA_MISMATCH: ua_mismatch\nIP_BLOCK: ip_block\nFORBIDDEN: forbidden\nENDPOINT_GONE: endpoint_gone\nTOO_MANY_IDS: too_many_ids\nBAD_REQUEST: bad_request\nSERVER_ERROR: server_error\nBAD_JSON: bad_json\nEMPTY_BODY: empty_body\nHTML_WALL: html_wall\nWRONG_SHAPE: wrong_shape\nREDIRECT_UNKNOWN: redirect_unknown\nTIMEOUT: timeout\nNET_ERROR: net_error\nPROXY_ERROR: proxy_error\nFRESH: fresh\nNO_CANARY: no_canary\nSECOND_SESSION: second_session\nINTERNAL: internal */,
    "last_conclusive_at" TIMESTAMP,
    "last_story_at" TIMESTAMP,
    "story_since" TIMESTAMP,
    "story_until" TIMESTAMP,
    "looked_at" TIMESTAMP,
    "unknown_streak" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "niche_id" INT NOT NULL REFERENCES "niche" ("id") ON DELETE RESTRICT
) /* A public account and what its finished checks add up to (without those that were *fresh*). */;
CREATE INDEX IF NOT EXISTS "idx_profile_niche_i_8f5d89" ON "profile" ("niche_id", "username");
CREATE TABLE IF NOT EXISTS "checks" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "state" VARCHAR(8) NOT NULL /* PENDING: pending\nDONE: done */,
    "outcome" VARCHAR(10) /* LIVE: live\nNONE: none\nPRIVATE: private\nGONE: gone\nUNKNOWN: unknown */,
    "reason" VARCHAR(20) /* OK: ok\nABSENT_ONCE: absent_once\nBATCH_UNPROVEN: batch_unproven\nPRIVATE: private\nNOT_FOUND: not_found\nUSER_NULL: user_null\nGATED: gated\nRATE_LIMITED: rate_limited\nSOFT_WAIT: soft_wait\nLOGIN_REQUIRED: login_required\nSESSION_EXPIRED: session_expired\nCHALLENGE: challenge\nCHECKPOINT: checkpoint\nSUSPENDED: suspended\nFEEDBACK: feedback\nUA_MISMATCH: ua_mismatch\nIP_BLOCK: ip_block\nFORBIDDEN: forbidden\nENDPOINT_GONE: endpoint_gone\nTOO_MANY_IDS: too_many_ids\nBAD_REQUEST: bad_request\nSERVER_ERROR: server_error\nBAD_JSON: bad_json\nEMPTY_BODY: empty_body\nHTML_WALL: html_wall\nWRONG_SHAPE: wrong_shape\nREDIRECT_UNKNOWN: redirect_unknown\nTIMEOUT: timeout\nNET_ERROR: net_error\nPROXY_ERROR: proxy_error\nFRESH: fresh\nNO_CANARY: no_canary\nSECOND_SESSION: second_session\nINTERNAL: internal */,
    "attempts" INT NOT NULL,
    "trail" VARCHAR(600),
    "latency_ms" INT,
    "proxy_id" INT,
    "session_id" INT,
    "story_since" TIMESTAMP,
    "story_until" TIMESTAMP,
    "checked_at" TIMESTAMP,
    "claimed_by" VARCHAR(40),
    "claimed_until" TIMESTAMP,
    "settled_in" INT,
    "batch_id" CHAR(36) NOT NULL REFERENCES "batch" ("id") ON DELETE CASCADE,
    "profile_id" VARCHAR(30) NOT NULL REFERENCES "profile" ("username") ON DELETE CASCADE,
    CONSTRAINT "uid_checks_profile_f3e95f" UNIQUE ("profile_id", "batch_id")
) /* One profile in one batch.  A verdict is stored only while the row is pending. */;
CREATE INDEX IF NOT EXISTS "idx_checks_batch_i_ec00a8" ON "checks" ("batch_id", "settled_in");
CREATE INDEX IF NOT EXISTS "idx_checks_pending" ON "checks" ("batch_id", "id") WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS "idx_checks_unknown" ON "checks" ("batch_id", "reason", "profile_id") WHERE outcome = 'unknown';
CREATE TABLE IF NOT EXISTS "proxy" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "scheme" VARCHAR(10) NOT NULL,
    "host" VARCHAR(255) NOT NULL,
    "port" INT NOT NULL,
    "user" VARCHAR(255) NOT NULL,
    "password" TEXT,
    "label" VARCHAR(80) NOT NULL,
    "enabled" INT NOT NULL,
    "state" VARCHAR(15) NOT NULL,
    "health" JSON NOT NULL,
    "cooldown_until" TIMESTAMP,
    "requests" INT NOT NULL,
    "successes" INT NOT NULL,
    "failures" INT NOT NULL,
    "consecutive_failures" INT NOT NULL,
    "response_ms" REAL,
    "last_used_at" TIMESTAMP,
    "last_success_at" TIMESTAMP,
    "last_error" VARCHAR(200),
    "per_hour" INT,
    "per_day" INT,
    "parallel" INT,
    "checked_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_proxy_scheme_668510" UNIQUE ("scheme", "host", "port", "user")
) /* An exit address with its health.  ``password`` is sealed. */;
CREATE TABLE IF NOT EXISTS "resource_event" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "subject_id" INT,
    "subject" VARCHAR(120) NOT NULL,
    "before" VARCHAR(15) NOT NULL,
    "after" VARCHAR(15) NOT NULL,
    "reason" VARCHAR(200) NOT NULL,
    "until" TIMESTAMP
) /* A change of state of a proxy, a session, a canary or the breaker: when, from what, to what, why, until when. */;
CREATE INDEX IF NOT EXISTS "idx_resource_ev_kind_368d4c" ON "resource_event" ("kind", "subject_id", "id");
CREATE INDEX IF NOT EXISTS "idx_resource_ev_at_77c19f" ON "resource_event" ("at");
CREATE TABLE IF NOT EXISTS "sends" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "session_id" INT NOT NULL,
    "proxy_id" INT NOT NULL,
    "minute" TIMESTAMP NOT NULL,
    "sent" INT NOT NULL DEFAULT 0,
    "look_ups" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_sends_minute_13f233" UNIQUE ("minute", "session_id", "proxy_id")
) /* How many exchanges a session made over a proxy in one minute; *look_ups* are part of *sent*. */;
CREATE TABLE IF NOT EXISTS "session" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "label" VARCHAR(80) NOT NULL UNIQUE,
    "account_id" VARCHAR(30) NOT NULL UNIQUE,
    "cookies" TEXT NOT NULL,
    "user_agent" VARCHAR(400) NOT NULL,
    "enabled" INT NOT NULL,
    "state" VARCHAR(15) NOT NULL,
    "health" JSON NOT NULL,
    "resting_until" TIMESTAMP,
    "requests" INT NOT NULL,
    "successes" INT NOT NULL,
    "failures" INT NOT NULL,
    "consecutive_failures" INT NOT NULL,
    "last_used_at" TIMESTAMP,
    "last_success_at" TIMESTAMP,
    "last_error" VARCHAR(200),
    "canaries_asked" INT NOT NULL DEFAULT 0,
    "canaries_seen" INT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMP NOT NULL,
    "proxy_id" INT REFERENCES "proxy" ("id") ON DELETE SET NULL
) /* The operator's login, bound to one proxy.  ``cookies`` is a sealed JSON object. */;
CREATE TABLE IF NOT EXISTS "allowance" (
    "unspent" INT NOT NULL,
    "granted_at" TIMESTAMP NOT NULL,
    "session_id" INT NOT NULL PRIMARY KEY REFERENCES "session" ("id") ON DELETE CASCADE
) /* Exchanges that a session may make before it has to ask again; what is unspent at a start counts as sent. */;
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSON NOT NULL
);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        """


MODELS_STATE = (
    "eJztXetz2ziS/1dQ+jKzKW/KcZzHeu6uSpZoRxdb8kpyMtnRFk2JkMQxBWj4sOzay/9+3Q"
    "Ap8SmTsuTQCj7EsUE0CP4aj+5Gd+M/tRF36Ou6TR2vdkL+U2PGjMIv0eIDUjPm87AQ//SM"
    "oS1qGcsKQ9dzjBG2MTZsl0KRSd2RY809izOs2uMz6k0tNiFzyuc2JYZ7S03icTKk8NM2fy"
    "OcUbKwvCn3PfLKpLZ1Rx1q6ob3ilgucT3LtoP6y4ev8eUmH8Hboekdv8dn1l8+1T0+gTdQ"
    "B972x7+h2GImvacu/vlHbeRQwxON1f6ND+e3+tiithkD1zKxOVGuew9zUXZqTVrMOxN18Z"
    "uG+ojb/oyt6s8foMtsSWAxgfyEMurgK6HMc3xEnvm2HXAoZIbs+qqK7HOExqRjw7eRf0gt"
    "O7Aqq+l6u9PXe1pf12sp3oYUETYERSPOcFxAV10BwAS78Pd/HB29ffvh6PDt+4/vjj98eP"
    "fx8CPUFf1NP/rwXXZmhZZsSmDWOm+1+9ghDoNPDkks+C5oDM+QVII1K/Rv4ePT+DemhpON"
    "flg/gT98WBL/EO11DAgLVhxYTZjnYMHMuNdtyibeFP58e7gG3S/1buNTvfvr28O/xSFuB0"
    "+OxCMEewWu6w//pCOvDL4Rkj2E+M1REYyhVi7I4lkcZY/el4I4rL+H+L47LIIv1MrFVzxL"
    "4Gs4sMaXQnhJ8XwY12rPgvBRIYSP1iB8lEY4sk+mUG7CE8+a0Wyk45QJtM2A9HX4ywsc32"
    "vA7rcutV6/fnmFzc9c9y9b4FXva/jkSJQ+JEp/fZ/gy7IR8rXV/0TwT/KvTlsTcHLXmzji"
    "jat6/X/VsE+G73Gd8YVumFFMwuKwKMbmqHRVltFJ2i2wOhB2FKe3z2nD8+hsDt+V4nKuWB"
    "sleVy43eXMPXyyTHv05vjD8ce374+XouyyZJ0EK6VVVBTGtxFhFQuGxuh2YTimnnrCj3he"
    "3fSj2dEsWWIwYyLAwS/6frBU9my+MNiI1jL0wPDRwTpdMFrpUX1Qux9NDTahLvGmhkcM4l"
    "LXhWdkZjzAv1sK+tcY3kEsj0wNFxUy0OSIMQHkfyMLpAFlzWfunDIgFy3AJuyREfeBNVAZ"
    "WmReWkF8zhc/rjHm6ohBr/QsXTF3RsWJtjOnqqAxPml2HazRBQM2loA4QvFj16xKIbxCdO"
    "IYbDPBLk6pBLvKbfdP2qZSK1t6eHQY7XP4IYZHC6ALd5PEWBB7Um/Vyota0b6Hwz4sXb3f"
    "MRbLjSCxlMMvIA5TT2qh9V6j3tRq37e29fum5WnMcx4y9v7Vs3WbP9bS6bLao9v/1yknpm"
    "WK/TS9R6eePmEjVcbWH2lsLb8NqOW/ost/TNsbedwpYx9bEuyhCfJjEfvYx3zz2MeUdeyO"
    "OsMy6Ib19xDc4yLgHueDe/xijyhesnnXpJ5h2WUgXlHsHcLHhRA+XoPwsUS4EnaiU8MbTd"
    "NyoixeIyIOlxUeFQ5BByAw5WaWNMzwMZk7fGzZ1A3O5UdTOrql5mtCGmh0oY5LpFGHWIyA"
    "gEhGfDazPGnhGVvMcqfUlVRuWtrc7esGbMDqBDZgCz8PbUcLaXcSgAgT09jhM2J5bmBIgp"
    "fiH5SZhDtQxucHxOXEmHE2Ea+DEe5TEw1UM2owlwxglBPbYnRQg9fd3MjuuDc3oU1q1cfA"
    "6iW7bwYP5DfB593cTC3TpAx0cCAWXaUMuipLgx4voMe24XpkwR10reCssHcEfJ/nu4FAIv"
    "CoQZ1oefx0B2Rx8TxdWkrcv75uNUsI+75vma+RZjfKZe2/xj4bicEg3oQ/jv9nV0vRmpVH"
    "nu5LMTIqIIpPXy/Wi/9LrO5h/T0UUHZywL+aEGmENebPUiaSuLiymmbPt5fKRankMK59aj"
    "WbWvskWGEG7J/X2rXWPAmWuAFrtfWrbue8q/V6J7Da6rAy4zB1B6wJqs0JMTmjyQW9GNcK"
    "MW0Nz5Iscyj02d3M9JmkVUedVVZ+l3tXisu5RqUoyUbHBhVj57ZPDTzuGRnqQi6ey/rPdw"
    "Zz+EKgDOTPMseGURIFaBJQ9EIpAWZYXQGZBJIFe3VBIMPqCsgkkHPHuoNPL7P/rCgUnKkj"
    "63LjcqLGZQ6QPrsFmamMXBShUHAm4XRvrfm81EYeoVBwJuEMDGAl4IxQ/NT+iRlqbhkYoy"
    "RqWKZmOYUXmFCZmWVATZIpYJPAGiMPRHFdApUB7ZnNjTzP5BRpAt4x0u4M4Ne7gngNfs3O"
    "9emFRq66WqPVa3XacbOLeIhFUGBJL6SuVr9IIL4wLA9erzvUcLPMI/n24TTlRpbLqllJdn"
    "/QGgLnMy/rvHW92TFFrOyOVbY7hqdgw4cyUytOtYcHMNt3v1HBaT/FfBKn7RuxOU6pVs0q"
    "czk0bm/A5gSp4nOV+bz0XCnL5Rih4nGVecys0ZSWC4mLkqiT15x40wTCGboyd6g1YZ/pQ6"
    "HgnHbYysvCtmhsTnRMxSJzoAOkfX1xkQjNycGa3lGWZUg7DejOPnepbeS4DaycLrU7+iIj"
    "D/PQjoviwonyKRg1sIV9gmfHrr1yOGX79y6H2lonX50uqz3q6lsXfqvocxs4xP7iEr5gxO"
    "aTtKPuY5WLuKDKHsq5W9qRVMWN4TMVN6YEuA0FOHR9L2UXnmaydR/MVtvPvaaygkXALYbu"
    "OnhT+Poudco6vkdp9u9IY/tjeO7w+4dyGl6URGl46XPQqMRTNC4mSrPN6JjqbqWPBMOsUZ"
    "mXgW1PUpmX8XMvE9JHdeboiCqQzeKZghkbUJyV9SIoP8jXdEarGgWUnLk/tK0RMUYi2I4I"
    "p7cguBD9hX8jNzciT/HNDTGYCX+5lLIwfg+K3AUGHYrQPewnxv5lqUe7es0T0m/8kE2zYh"
    "rVTvbMfN1pbhvemDuzzDU/H/UEmZJWHpdWxGQqIaos6ytvrbQbHC3jOBxWV0AmgcQwdmrq"
    "FtMN3QE1vDimGZQK3lQ0kOF6Oo6+DU4ak7TqsLHKtiqRD4JNdPgxyhBf1rM6Rax4XWVeO8"
    "CDzbJUxykVl6vMZeXXt7dsrkRqJHnUnDYmhCfQubaE5SF3sdxIQXoizD6EdxkJ08prQurk"
    "jjqmNfLkNUbwFkzOYz+QxRRrY64fEOvw4ZwyE0ZDdiqkrbWOmY/QxOB5thArZUohrMj82Z"
    "A6eJCLGYnCo9xoFqXgBVg5eO0JAf0UiMI8RlPjjpKpNZliQ4y6eYaKP2rBBwV67dIQ9e+1"
    "Z8OrbmMKov/UVgMgdYQM/9H7uSMTti7HyOoc+V6XDNYDYATvg7WjJoiB5/gH+fpJ62qYBc"
    "qj5L/JL0H9X2rf1/QgEjKx+s7ifYpEYK7rE/c9AF70KqD4RVrs1Nl55c7OxfjJtvwUyx30"
    "zKmaapF5USZ30JXWbrba5yfhgvPUnEAfi8QR5IcRJI1DwZTZlBER8gqb4moXrS8AOVqXB6"
    "wt4Me8DQN21W19AWEAmCNTDwzYuXg6EU+v25/bna/tExJZfkqncCqUd2tN2q2UOW9d3Nrj"
    "DHsRsWu1zucTwm8HrH7a09p9vdNuAFNA7KDM0zl81oCd1vuNT/p1+6rb+YKpueRm4zPYXu"
    "4wRVeas/i+s851u4nM9/Qx95kJPO5pXR29IYHLLnV07CyMAiCFehMEYsC68Jd+0bpsiUJE"
    "R7ct2N7xWa9z1te/1lv9E+LysadjtNqAXXRgSdS72j+vW12ksfnEYjqGGKMaBlRaD8MXde"
    "33K1khTKQO26GsAdy/uNDa5/AFo6lh43iiWKo1Pl91YHU9kZkb5xyGHbR33cN1RrTk49UP"
    "JrZxpmnN03oDsBxTaqLsCN9b1y9bvUtED77Y0GeWO0PoBqx1pZ9edLC2NdeHNsfaZ53uaZ"
    "D7bMydYZD+DN4k+qDLyQJvE93Q5azpdzr6Zb39TW81ezBgONdBEMWjbxe51hSogPSMLDP1"
    "IOoaEel+AU5o3W6ni3A4IFDp1HG4I6n+t9dpS5I/YfxCH0D4/qafdprfoAOzufegD7n5MG"
    "Cf+pcXwA/k59Sb2cAP5OfXbqd9rvc+1a+gvwuHo81jasyht4A+cKDR15eTHeAHFoy8UOiA"
    "LwJxv3MNPUa1CVY8GEswboOuMuqF/YSx+Pu3sFwe+AdPzrpaD/Aeg6gzxZGoN+rtevcbjk"
    "RdntEhAo1Ou6kHQwMxELHTwcjAJHN9rduuX2CGOQ+PnuxN1qNCeQDXpAFMZwF8MXcqvRTj"
    "LTZdKivxkqDCS/qGp2HvC7lIvV/jIvU+7SKFKhobPeizMmM2TqRceLISPimvqK2fN/6Y+7"
    "X2HVaPOw+bHZkkSJUpvWo21jSfN8o6kSBVfK4yn4PU95scmcQoFZcrzWXbAB6UziwSo9o/"
    "CXn7V8+EiG20bqaI1Zyq8pyKHCCVETCjRErAVNEMO7raI6ZbRk5HCzsLx6j2MoJsG87CKm"
    "xk52EjGWP5yaherdrZU1zj87c6ATlNOrf5wywzBUHk2UG+M40Zr1XIocbhixP0YxlNSRgF"
    "Qbyp5RI8Yx8aLkXHFWPIfe9ABM4AenyM7ivon3JLH/AqLrwWa+FYnkcZWVjeNNu5Zmdv2v"
    "INuU921ah+VM6Or5YP2VtqV43QqD21QAAOzAhdTJE0yn16nzOEY0R7AfM6vUn7vR9TmUI4"
    "f72s//63mNp00Wmfh9Uj8DcuOqcqQebPosJWwpFWYxOL0YZh22kpIPJsjRRARS19FFZ7VA"
    "zo8RlsnJa4YdPwpGcr7rmyITIzHojJYU/GCD702CDDB9igOe61uEmPqOueEIN41PVkgiJx"
    "AIcXeBqhC0paIniulxZJjIRec5tesKl8O/HZc/h2qpvBd2ieNZyJP8vOyYdOUjkeN1Gi5I"
    "aG7vL/R2zL3ZnrTeQ22aFv2Z7F3Nf42h9xoSyCtF7WSIoViU0LG0jKGrBqc6fMkF8S7OGY"
    "V7nOlSi30WlEZHcvw+MImTptqjJ/oSnEpsS+taJ40qb1cni6td2pQipST0Tr5OhIvTCU5x"
    "ElaRnyU8pYysmUQzcj+soBlCzQQGm50ngpYgLpnYV6iNRwKMijD1Bm0zuDecKKCVUMyw3i"
    "9/LspTt5mTKZVsxkijympWS9FYVyP3lcv5mX8yBWXq55TghTajjekG5w10SUUElU1Zao5F"
    "5SztoVpdqb+JtnsXlFPKeYMXenvJQ0G6VRRpitG2FckLCG/F73nVLhUwmy/dujt3anYzV0"
    "CgypPHe4P6+lVYrVs3UaBdbSJ8tqjyoUollXCPA+c6hhLrOQotsDKAC3wOcD4eYg/nSoCe"
    "1Rk7jGbG7TtNKwjQafoBiMoRvUmTvBYl90oiTI9i7p6fvjIrGGx/mhhsePJT1FtpZBPKy/"
    "h0biHdwsYHlZXnVr4mZDgj2Edyf3+IoMzCWUs2X9vREyt6acjS0nSLNZVjuLU6oTjUrrZ8"
    "tkqmW5HCNUTK40k6VQluZwvnPfimIftI3ncOyrhOrxiYOO+IAnFrWU6hF5tkb1mIpa4jCj"
    "oOpxP5oaIHYvNQNsgfA7mU8wcKWSBwmY9Ef4X0mNAfM8BSoE6AeWA0XuHBhHRRobFzMnji"
    "0YLWToj26pl3G08YzvllkY/TnMsoF/dHj0PrzvAU9TONLhazzObwn8P4MJTFxOMLEQmVm2"
    "bclkOVKjmgHoWJ+J0xb5BjKk0Dtxt8SQPkDVm5sBw8c2R51G5mYkZPXF2Hfu43UTgWpGDE"
    "dkm2Q8aDI/lSPCJOZ2JLvFKu/W0MZhk8zrqDzZKunJFrKylPk8ZL/atau8a/+IdDVV4+e2"
    "tZp1uQnzjiKelI+wcoDuONma3DxK4Lsk2EN4t59b8wUYOLLQPazOCiBEuDeHhyVAjJIoHK"
    "M4Hr0rjWNAonCM4viu/Hh8p8Zj5rzeZGIrJLNm9iZTWyGZNbc3mdwKyczZvdH0VljGRHRh"
    "XyqB44rgp8awEhbe1mzOnQzrblB+kG/ZtVY1Cjmoy/oyIBa9vtCBnKKJ0SMjeDMZO3wmzJ"
    "kLtHwOqSgM7qKxLZbnir6dZqvmdP5CjJU78zkXWXDKXlAcI9pD9f/o3bsi5pV37/LtK/gs"
    "kRsc50CJEbysr+yBGXthEH1ZxqKyolCIZiAqrqTQcUkvAWqcSOGaiyuFL1hsBG6MUiGceT"
    "YwL7sYREkUphmYWuzOsMtJXCsKhWj+jlU2yXSMag9lLZXSQZ2yb3TKzqzRNDttb+4SFSVR"
    "cZ05xpEEwml4SyaTbYetvCxsv4eD55FMstExFcsjCx0geP3fj0kke4HXCLpdMXcSFqfVo4"
    "N8o5O4hrDEncwiUQG6vfE5MhlzuskmpH+daY3H1JE2IqwVsGtd1oMNG6uaganIrrDXFibp"
    "95gBbX40a4REBbPG9uMXnbNF7gSp9Wi5QeStRct96PGlqE6wafOAcMekeIO6iMVEM3SQ8R"
    "t9cW9usJJ+Sx9WV7KPDJf+fYzpNEzRRHph2m7TVVumfnY7eFkT+B5bv7evkYVzoizAIc3e"
    "xQO/eV/IwfD9Gg/D9+n0Nty1vMyMHfluxxESZbTJMNqYhiWCavDKPs9wYLEugW42sVI882"
    "1jymSzdyabEpJn4nKgrNPS04Dw7HOX2kbO0lXqZqCKzaw8s0PcOC9cMZ4Ez8rtZA/xCQXy"
    "pwC0f3cgfd+dZheCldLtIijmaXeRS6uK6Hdzf2hbI2KMRITEyuEIrUNji1nuFNQscfmqS2"
    "BpIqCieZz8GkZdRmI+F+i99GoM69v01d+y9L1dvqrIlQRR06LvUoctwzsz9cJllRJSdpRm"
    "76TsbSWCydcaMdraz1hmEHCN+bOUgTweq7+kfj4tEtPDW3dhX4oyoFZv9FtftBMiqQfsqn"
    "7d05onZG7ACDIH7BwkhhMy4Ywm51EhdWjr4VbhTVJlr3WMk+1DCoVd50ayXH3uWHdBCuXE"
    "bsu5TQ2WY5mKESagHgLly8N6XZB4p3MRE9NPW8l8FNeXpxoMc4E9VLLkMVKGsiR2HNg6PC"
    "MjG2G+/1uCTGVOSgHL2cj2XVjgyoObQaoATmU29bhj0fJDN0WnoE0ZqqhHxaGVPp9n3LmY"
    "b6NK0ilok9CKhFli9dzIQpVBrjJfV81KleI3KHAjnqdLPS7aJ9uosCRZuxCSvS3k+raQ4x"
    "nI8SDjd1tfgB8g5EsxLSrlD9h1+3O787V9Qnwm/JSrIfcL3NflCinIuicmD3kmznU+nxB+"
    "O2D1057W7uuddgNVtKFLGQw++LYBO633G5/06/ZVt/NFA2bJ+8R9Nnf4HWVZPMb3nXWu20"
    "0cBp4+5j4D/Q60va6O3kzAb5c6OnYWxgOQQr0JAjFgXfhLv2hdtkQhoqMLrx181uuc9fWv"
    "9Vb/hLh87OkLw/IG7KJz3mrrXe2f160u0th8YjHA/i/fcgSV1uu1Om1d+/1KVgguddTp/V"
    "zWgHFwcaG1z+ELRlPDxpFFsVRrfL7qwFJ+Iu0zcw4DENq77l1p7aZoyXfnIrfYgJ1pWvO0"
    "3gAsx5SaaA6D763rl63eJaIHX2zoM8udIXQD1rrSTy86WNua60ObY+2zTve01WwiwKA9Di"
    "3TRGzhTaIPupw28DbRDV3On36no1/W29/0VrN3gvnHdMw5Boqni1xrClRgKUOWmQIS6uIX"
    "aN0vwAmt2+10EQ7nDpghsk5LKvT3kCR/wviFPsBK+E0/7TS/QQdmc+9BH3LzYcA+9S8vgB"
    "/Iz6k3s4EfyM+v3U77XO99ql9BfxcOZxPdnRpz6C2gDxxo9PXltAf4gQUjTw/mP3wRrL2d"
    "a+gxbmGw9sFYgnEbdJVRL+wnjMXfv4XlMvFR8OSsq/UAb2Enw5GoN+rtevcbjkR9ZDDDeU"
    "AEGp12Uw+GBmKA+dn0YGQAf9p9rduuw4cB1mjcsjdZmbafX0eKASs1YVNBItmCkiUqL0vI"
    "E+ANGR4lVryuMq8lp1wrECrKcDpBqvhcfT77zLMybBhF+LwkVXyuMp9tzjfU+KOEisdV5n"
    "EgvMIuCxrfbQm7WZpQGc6UV9dPOYd+RCBe1fi5V5F4VQP3yaF4XRjj3Vajvy4UL3m+mnGa"
    "Xdh3rIEt7BHQu/Ucu3+oZfmN3QvX/zVeY0GFx33GGKH3locuWrDqyQT8wodrSg3bm4qonb"
    "nhugvumDJqx4UH1MxwCXtKS5kJ/V0YbHIDm3IZ0ha6ZaKZ9Wm5/FVM0BNjglbMKeo/tKLY"
    "w7ig7Z/WhGO+KLzLObJ/4O4k5Vi4lhSOBnIqkHK8UotD3Lu2zFgN6z+ja2ftBY/UYNdMI5"
    "x/1VWUpsKntFvRCbd12VX8bGJIS11nvCTYuzG9/ZBXyvCzs25YWucTG6HazCF2I5BDme3F"
    "esSiI305OS0keMaRjJcxPzzPcH5TZIV+k79Av0mtz1LBSUOcn8NjRaFSeKxfuje4j34Eq4"
    "GJ5ueNTqHS1OqQosoG1sD7p0zy4CiJOphI7Rf+aERdt1Q65hiNgjR167Rh2b5TCtEoiQI0"
    "IxjFpSMfw+30DcDNI1dAp7MHywtk9VkGvmc2N3KX2BhdAtgxEu7VttnsXJ9eaOSqqzVa6H"
    "oZ3yfFw7ic3tXqF1lOkBgxuqk3XIRWySxVllmk76LcMzd2fYyRK35Xnt/CjbucRSlKtQ9G"
    "vKQbeTE/8nWO5OnYduro2bdH51v2IyQq/1RaBkB8TCMjP91aRAMKBWgGoIaD0ThlgnyjJA"
    "rSnLD/zbzpVPDpi9lHlc/k3rJ5o0x4QVzbk9zRerKNFzuxn9MfrUtdkJNGVLuj4nUJv7T4"
    "44N8/zQnqKjTZc0Cyc1k4nPMKS1OqORli8LV7QB+CcYC/iqjIQl3RIbpIfqgU0fcyAiPRW"
    "J8zFR2gPnI5C+LKTQh7P2iUla6s+d9eZEEaLeWvL3U9Yd/YqipdFyDn1DzjxosdPnJ0LIc"
    "4k6tyc/iE/ePo6O3bz8cHb59//Hd8YcP7z4eLsWP9KN1cshp6xxFkdhC+bjnXPndS+1aFd"
    "21YlfZWVnXD+er92H9PfTX274zZHyRK3wqFSVSalPWWZ9AqMywjZDs48gtlNvgzZrkBm/S"
    "2Q2GdMyz7rbMB3lFsY8Yb90Bxxh75fxPlwQK3gLwrksZlHf896QMQVX2htyJ1XojTyXloF"
    "RZubCENWN32nqPMlPiFtPSZfFBvnbuLis8qpR/4guCmZkIvZcKsrtShuGBCXryHXVCTZlY"
    "jHBGycxivkd/I68wF4Duz91XxHAomRuOh3r1K0zR9SqthO/6ZZkxaJJc6NlBeq1AmhSpmV"
    "DbfkoUmlK6n0vpjnOvqAIRZ7mK/Mk4ywrnQXFUoyQK0wxMV2tOGXFgRaUMRZUTCGJKd2Dz"
    "LrwIsQoEHh5WZ3qEG3kJDKMkPzWOFRFM5ZFbhmi6PIvLF05XVR4VT/vLW5K584srM6gekC"
    "FmbcXzFxQPxWYkchOMYIxY1JWpCYwgOQHBABPChckrLZHuoH119Wm10hz86DjQCt0YtP04"
    "0ODyqJL30MSp9g7m7d9CE6w8aYzzw8cjJHthIn3u8HGRBxz2vixJb31ahBXVXgAfH9vHhY"
    "ynx2uMp8dp46mKJlfR5DGQa3eGbYU9eXGnLSqavFLR5PAIPmqyWTB5ilgd1VTZMqNiyVUs"
    "edUhVbHkKpb8ZQKt4pt/ln1UxTf/hPxW8c3P4SkmwkvwulfDvc2yeeTvUynCn/ogLBNTl9"
    "IMN8fHIQ3pFKIqUPNnWvd/hPNP1Zb83d5tsczkH4e35N0WywsDXha2eRGuB4mrLaJjKna1"
    "BXSA4L2s6662KOXmEDm6tG2+MDJvswtjjzuM9jn8eCwCuR5taj849L2UP0idOtZoWku5gw"
    "TlB/neIMaqxmPOIPnfpFwuquVycUed0MWnqCoRIdnDU9OdJJXHKVUC4aD6HqL7ppCa9maN"
    "mvYmQ03jzMs8/M8/xYuQPP8x3o8ReLd2YPdD3Rq//z8ucEmt"
)
