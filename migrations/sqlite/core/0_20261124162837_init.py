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
    "pool_revision" BIGINT NOT NULL DEFAULT 0,
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
    "eJztXetz2ziS/1dQ+jKzKW/KcZzHeu6uSpboRBdb8kpyMtnRFk2JkMQxBWj4sOzay/9+3Q"
    "Ap8SmTsmTTCj7EsUE0CP4aj+5Gd+M/tRF36Ou6TR2vdkL+U2PGjMIv0eIDUjPm87AQ//SM"
    "oS1qGcsKQ9dzjBG2MTZsl0KRSd2RY809izOs2uMz6k0tNiFzyuc2JYZ7Q03icTKk8NM2fy"
    "OcUbKwvCn3PfLKpLZ1Sx1q6ob3ilgucT3LtoP6y4ev8eUmH8Hboekdv8dn1l8+1T0+gTdQ"
    "B972x7+h2GImvaMu/vlHbeRQwxON1f6ND+c3+tiithkD1zKxOVGue/dzUXZqTVrMOxN18Z"
    "uG+ojb/oyt6s/voctsSWAxgfyEMurgK6HMc3xEnvm2HXAoZIbs+qqK7HOExqRjw7eRf0gt"
    "O7Aqq+l6u9PXe1pf12sp3oYUETYERSPOcFxAV10BwAS78Pd/HB29ffvh6PDt+4/vjj98eP"
    "fx8CPUFf1NP/rwQ3ZmhZZsSmDW+tRq97FDHAafHJJY8EPQGJ4hqQRrVujfwMen8W9MDScb"
    "/bB+An/4sCT+IdrrGBAWrDiwmjBPwYKZcafblE28Kfz59nANul/r3cbnevfXt4d/i0PcDp"
    "4ciUcI9gpc1x/+SUdeGXwjJHsI8ZujIhhDrVyQxbM4yh69KwVxWH8P8X13WARfqJWLr3iW"
    "wNdwYI0vhfCS4ukwrtWeBOGjQggfrUH4KI1wZJ9ModyEJ541o9lIxykTaJsB6evwlxc4vt"
    "eA3W9daL1+/eISm5+57l+2wKve1/DJkSi9T5T++j7Bl2Uj5Fur/5ngn+RfnbYm4OSuN3HE"
    "G1f1+v+qYZ8M3+M64wvdMKOYhMVhUYzNUemqLKOTtFtgdSDsKE5vn9OG59HZHL4rxeVcsT"
    "ZK8rBwu8uZe/homfbozfGH449v3x8vRdllyToJVkqrqCiMbyLCKhYMjdHNwnBMPfWEH/G8"
    "uulHs6NZssRgxkSAg1/042Cp7Nl8YbARrWXogeGjg3W6YLTSg/qgdjeaGmxCXeJNDY8YxK"
    "WuC8/IzLiHfzcU9K8xvINYHpkaLipkoMkRYwLI/0YWSAPKms/cOWVALlqATdgjI+4Da6Ay"
    "tMi8tIL4lC9+WGPM1RGDXulZumLujIoTbWdOVUFjfNTsOlijCwZsLAFxhOJ516xKIbxCdO"
    "IYbDPBLk6pBLvKbfeP2qZSK1t6eHQY7XP4IYZHC6ALd5PEWBB7Um/Vyota0X6Ewz4sXb3f"
    "MRbLjSCxlMMvIA5TT2qh9V6j3tRqP7a29fum5WnMc+4z9v7Vs3WbP9bS6bLag9v/tyknpm"
    "WK/TS9R6eePmIjVcbW5zS2lt8G1PJf0eU/pu2NPO6UsY8tCfbQBPmxiH3sY7557GPKOnZL"
    "nWEZdMP6ewjucRFwj/PBPX6xRxQv2bxrUs+w7DIQryj2DuHjQggfr0H4WCJcCTvRqeGNpm"
    "k5URavERGHywoPCoegAxCYcjNLGmb4mMwdPrZs6gbn8qMpHd1Q8zUhDTS6UMcl0qhDLEZA"
    "QCQjPptZnrTwjC1muVPqSio3LW3u9nUDNmB1AhuwhZ+HtqOFtDsJQISJaezwGbE8NzAkwU"
    "vxD8pMwh0o4/MD4nJizDibiNfBCPepiQaqGTWYSwYwyoltMTqoweuur2V33Ovr0Ca16mNg"
    "9ZLdN4MH8pvg866vp5ZpUgY6OBCLrlIGXZWlQY8X0GPbcD2y4A66VnBW2DsCvs/z3UAgEX"
    "jUoE60PH66A7K4eJ4uLSXuX121miWEfd+3zNdIsxvlsvZfY5+NxGAQb8Ifx/+zq6Vozcoj"
    "T/elGBkVEMWnrxfrxf8lVvew/h4KKDs54F9NiDTCGvNnKRNJXFxZTbOn20vlolRyGNc+t5"
    "pNrX0SrDAD9s8r7UprngRL3IC12vplt/Opq/V6J7Da6rAy4zB1B6wJqs0JMTmjyQW9GNcK"
    "MW0Nz5Iscyj02d3M9JmkVUedVVZ+l3tXisu5RqUoyUbHBhVj57ZPDTzuGRnqQi6ey/pPdw"
    "Zz+EKgDOTPMseGURIFaBJQ9EIpAWZYXQGZBJIFe3VBIMPqCsgkkHPHuoVPL7P/rCgUnKkj"
    "63LjcqLGZQ6QPrsBmamMXBShUHAm4XRvrPm81EYeoVBwJuEMDGAl4IxQ/NT+iRlqbhkYoy"
    "RqWKZmOYUXmFCZmWVATZIpYJPAGiMPRHFdApUB7ZnNjTzP5BRpAt4x0u4M4Ne7gngNfs3O"
    "1em5Ri67WqPVa3XacbOLeIhFUGBJL6SuVj9PIL4wLA9erzvUcLPMI/n24TTlRpbLqllJdn"
    "/QGgLnMy/rvHW92TFFrOyOVbY7hqdgw/syUytOtYcHMNt3v1HBaT/FfBKn7RuxOU6pVs0q"
    "czk0bm/A5gSp4nOV+bz0XCnL5Rih4nGVecys0ZSWC4mLkqiT15x40wTCGboyd6g1YV/ofa"
    "HgnHbYysvCtmhsTnRMxSJzoAOkfXV+ngjNycGa3lKWZUg7DejOvnSpbeS4DaycLrVb+iIj"
    "D/PQjoviwonyMRg1sIV9gmfHrr1yOGX79y6H2lonX50uqz3o6lsXfqvocxs4xP7iEr5gxO"
    "aTtKPuQ5WLuKDKHsq5W9qRVMWN4TMVN6YEuA0FOHR9L2UXnmaydR/MVtvPvaaygkXALYbu"
    "OnhT+Poudco6vkdp9u9IY/tjeO7wu/tyGl6URGl46XPQqMRTNC4mSrPN6JjqbqUPBMOsUZ"
    "mXgW2PUpmX8XMvE9IHdeboiCqQzeKJghkbUJyV9SIoP8jXdEarGgWUnLk/tK0RMUYi2I4I"
    "p7cguBD9hX8j19ciT/H1NTGYCX+5lLIwfg+K3AUGHYrQPewnxv5lqUe7es0j0m88y6ZZMY"
    "1qJ3tmvu40tw1vzJ1Z5pqfj3qCTEkrD0srYjKVEFWW9ZW3VtoNjpZxHA6rKyCTQGIYOzV1"
    "i+mG7oAaXhzTDEoFbyoayHA9HUffBieNSVp12FhlW5XIB8EmOvwYZYgv61mdIla8rjKvHe"
    "DBZlmq45SKy1XmsvLr21s2VyI1kjxqThsTwhPoXFvC8pC7WG6kID0RZh/Cu4yEaeU1IXVy"
    "Sx3TGnnyGiN4Cybnse/JYoq1MdcPiHX4cE6ZCaMhOxXS1lrHzEdoYvA8W4iVMqUQVmT+bE"
    "gdPMjFjEThUW40i1LwAqwcvPaEgH4KRGEeo6lxS8nUmkyxIUbdPEPFH7XggwK9dmmI+vfa"
    "s+FVtzEF0X9qqwGQOkKG/+jd3JEJW5djZHWOfKdLBusBMIL3wdpRE8TAc/yDfPusdTXMAu"
    "VR8t/kl6D+L7Ufa3oQCZlYfWfxPkUiMNf1ifseAC96FVD8Ii126uy8cmfnYvxkW36K5Q56"
    "4lRNtci8KJM76FJrN1vtTyfhgvPYnEAfi8QR5IcRJI1DwZTZlBER8gqb4mrnra8AOVqXB6"
    "wt4Me8DQN22W19BWEAmCNTDwzYJ/F0Ip5etb+0O9/aJySy/JRO4VQo79aatFspc966uLWH"
    "GfYiYtdqnS8nhN8MWP20p7X7eqfdAKaA2EGZp3P4rAE7rfcbn/Wr9mW38xVTc8nNxmewvd"
    "xiiq40Z/F9Z52rdhOZ7+lj7jMTeNzTujp6QwKXXero2FkYBUAK9SYIxIB14S/9vHXREoWI"
    "jm5bsL3js17nrK9/q7f6J8TlY0/HaLUBO+/Akqh3tX9etbpIY/OJxXQMMUY1DKi0HoYv6t"
    "rvl7JCmEgdtkNZA7h/fq61P8EXjKaGjeOJYqnW+HLZgdX1RGZunHMYdtDeVQ/XGdGSj1c/"
    "mNjGmaY1T+sNwHJMqYmyI3xvXb9o9S4QPfhiQ59Z7gyhG7DWpX563sHa1lwf2hxrn3W6p0"
    "HuszF3hkH6M3iT6IMuJwu8TXRDl7Om3+noF/X2d73V7MGA4VwHQRSPvl3kWlOgAtIzsszU"
    "g6hrRKT7FTihdbudLsLhgEClU8fhjqT6316nLUn+hPELfQDh+7t+2ml+hw7M5t69PuTm/Y"
    "B97l+cAz+Qn1NvZgM/kJ/fup32J733uX4J/V04HG0eU2MOvQX0gQONvr6c7AA/sGDkhUIH"
    "fBGI+50r6DGqTbDiwViCcRt0lVEv7CeMxd+/h+XywD94ctbVeoD3GESdKY5EvVFv17vfcS"
    "Tq8owOEWh02k09GBqIgYidDkYGJpnra912/RwzzHl49GRvsh4VygO4Jg1gOgvgi7lT6aUY"
    "b7HpUlmJlwQVXtI3PA17X8hF6v0aF6n3aRcpVNHY6F6flRmzcSLlwpOV8El5RW39vPF57t"
    "fad1g97txvdmSSIFWm9KrZWNN83ijrRIJU8bnKfA5S329yZBKjVFyuNJdtA3hQOrNIjGr/"
    "JOTtXz0TIrbRupkiVnOqynMqcoBURsCMEikBU0Uz7Ohqj5huGTkdLewsHKPaywiybTgLq7"
    "CRnYeNZIzlR6N6uWpnT3GNz9/qBOQ06dzm97PMFASRZwf5zjRmvFYhhxqHL07Qj2U0JWEU"
    "BPGmlkvwjH1ouBQdV4wh970DETgD6PExuq+gf8oNvceruPBarIVjeR5lZGF502znmp29ac"
    "s35D7aVaP6UTk7vlo+ZG+pXTVCo/bUAgE4MCN0MUXSKPfpXc4QjhHtBczr9Cbt935MZQrh"
    "/PWi/vvfYmrTeaf9Kawegb9x3jlVCTJ/FhW2Eo60GptYjDYM205LAZFna6QAKmrpo7Dag2"
    "JAj89g47TEDZuGJz1bcc+VDZGZcU9MDnsyRvChxwYZ3sMGzXGvxU16RF33hBjEo64nExSJ"
    "Azi8wNMIXVDSEsFTvbRIYiT0mtv0gk3l24nPnsK3U90MvkPzrOFM/Fl2Tj50ksrxuIkSJT"
    "c0dJf/P2Jb7s5cbyK3yQ59y/Ys5r7G1z7HhbII0npZIylWJDYtbCApa8CqzZ0yQ35JsIdj"
    "XuU6V6LcRqcRkd29DI8jZOq0qcr8haYQmxL71oriUZvWy+Hp1nanCqlIPRGtk6Mj9cJQng"
    "eUpGXITyljKSdTDt2M6CsHULJAA6XlSuOliAmktxbqIVLDoSCP3kOZTW8N5gkrJlQxLDeI"
    "38uzl+7kZcpkWjGTKfKYlpL1VhTK/eRh/WZezoNYebnmOSFMqeF4Q7rBXRNRQiVRVVuikn"
    "tJOWtXlGpv4m+exOYVWaY4t/XN4E+RvvR7W58YepcZc3fKSykSURpl/9q6/csF4XbI73Tf"
    "KRW5liDbP/Foa9dpVkOdw2jWTw7357W0Nrd6drBGmcNa+mRZ7UFdTjTrCt3JZw41zGUCWP"
    "Q4Ad3rBvh8IDxMxJ8ONaE9ahLXmM1tmtbXttHgI3SyMXSDOnMnWOOLTpQE2d7lm31/XCTM"
    "8zg/yvP4oXyzyNYyiIf199A+v4NLHSwvy6FxTchySLCH8O7kCmWR/LqEXrysvzfy/db04r"
    "HlBBlOyyrGcUp1mFRp1XiZx7Ysl2OEismVZrIUytIczverXFHsg7bxFD6VlVA9PnPQEe/x"
    "sKiWUj0iz9aoHlNRS5wjFVQ97kZTA8TupWaALRB+K1M5Bl5s8gwH8y0J1zepMWCKrUCFAP"
    "3AcqDInQPjqMgg5GLSyrEFo4UM/dEN9TJOlZ7w3TIBpj+HWTbwjw6P3odXbeBBFkc6fI3H"
    "+Q2B/2cwgYnLCeZ0IjPLti2Zp0hqVDMAHeszcdAl30CGFHonrvUY0nuoen09YPjY5qjTyL"
    "SYhKy+GPvOfbzpI1DNiOGIRJ+MB03mZ9FEmMTcjiQWWaU8G9o4bJIpNZUTYSWdCENWljq5"
    "CNmvdu0q79rPkSmoavzctlazLi1k3inQo1JBVg7QHee5k5tHCXyXBHsI7/bTmr4AA8duDs"
    "+2tgIIEe7N4WEJEKMkCscojkfvSuMYkCgcozi+Kz8e36nxmDmvN5nYCsmsmb3J1FZIZs3t"
    "TSa3QjJzdm80vRWWMRFd2JdK4Lgi+KkxrISFtzWbcyfDuhuUH+Rbdq1VjUKxAbK+jEVGry"
    "/03adoYvTICN5Mxg6fCXPmAi2fQyoKg2uAbIvlRQFsp9mq+fu/EGPlztz9RQKisndDx4j2"
    "UP0/eveuiHnl3bt8+wo+S6RlxzlQYgQv6yt7YMZeGAS+lrGorCgUohmIittAdFzSS4AaJ1"
    "K45uJK4QsWG4Ebo1QIZ54NzMsuBlEShWkGpha7NexyEteKQiGav2OVze8do9pDWUtl01Cn"
    "7BudsjNrNM3OmJy7REVJVEhtjnEkgXAa3pJ5fNthKy8L2x/h4HkgiW90TMVS+EIHCN68+D"
    "w5fM/xBke3K+ZOwuK0enSQb3QSN0CWuA5b5IhAtzc+RyZjOj3ZhPSvM63xmDrSRoS1Anat"
    "SzixYWNVMzAV2RX22sIk/R4zoM2PZo2QqGDW2H78otPlyJ0gtR4tN4i8tWi5Dz28FNUJNm"
    "0eEO6YFC+vF7GYaIYOkq2jL+71NVbSb+j99TWm+sY1ZGS49O9jzGRiiibSC9N2m67aMvWz"
    "28HLmsD32Pq9fY0snBNlAQ5p9i4e+M37Qg6G79d4GL5PZxbiruVlZutYk6pjRaKMNhlGG9"
    "OwRFAN3pboGQ4s1iXQzSZWime+bUyZbPbOZFNC8kzcy5R1WnoaEJ596VLbyFm6Sl3KVLGZ"
    "lWd2iBvnhSvGo+BZuZ3sIT6hQP4YgPbv+qkfu9PsQrBSul0ExTztLnJfWBH9bu4PbWtEjJ"
    "GIkFg5HKF1aGwxy52CmiXuvXUJLE0EVDSPk1/DqMtIzOcCvZdejWF9m776W5a+t8tXFbkN"
    "Impa9F3qsGV4Z6ZeuKxSQsqO0uydlL2tRDD5WiNGW/sZywwCrjF/ljKQx2P1l9RPp0ViZn"
    "7rNuxLUQbU6o1+66t2QiT1gF3Wr3pa84TMDRhB5oB9AonhhEw4o8l5VEgd2nq4VXiJV9kb"
    "NeNk+5BCYde5kSxXnzvWbZC9OrHbcm5Tg+VYpmKECaiHQPnysF4XJN7pnMfE9NNWMh/F1c"
    "WpBsNcYA+VLHmMlKEsiR0Htg7PyMhGmO//liBTmZNSwHI2sn0XFrjy4GaQKoBTmU097li0"
    "/NBN0SloU4Yq6lFxaKXP5xnXXebbqJJ0CtoktCJhllg9N7JQZZCrpONVs1Kl+A0K3Ijn6V"
    "IPi/bJNiosSdbOhWRvC7m+LeR4BnI8yPjd1lfgBwj5UkyLSvkDdtX+0u58a58Qnwk/5WrI"
    "/QL3dblCCrLukclDnohznS8nhN8MWP20p7X7eqfdQBVt6FIGgw++bcBO6/3GZ/2qfdntfN"
    "WAWfIqd5/NHX5LWRaP8X1nnat2E4eBp4+5z0C/A22vq6M3E/DbpY6OnYXxAKRQb4JADFgX"
    "/tLPWxctUYjo6MJrB5/1Omd9/Vu91T8hLh97+sKwvAE773xqtfWu9s+rVhdpbD6xGGD/l2"
    "85gkrr9Vqdtq79fikrBPdp6vRuLmvAODg/19qf4AtGU8PGkUWxVGt8uezAUn4i7TNzDgMQ"
    "2rvqXWrtpmjJd+cit9iAnWla87TeACzHlJpoDoPvresXrd4FogdfbOgzy50hdAPWutRPzz"
    "tY25rrQ5tj7bNO97TVbCLAoD0OLdNEbOFNog+6nDbwNtENXc6ffqejX9Tb3/VWs3eC+cd0"
    "zDkGiqeLXGsKVGApQ5aZAhLq4hdo3a/ACa3b7XQRDucWmCGyTksq9PeQJH/C+IU+wEr4XT"
    "/tNL9DB2Zz714fcvN+wD73L86BH8jPqTezgR/Iz2/dTvuT3vtcv4T+LhzOJro7NebQW0Af"
    "ONDo68tpD/ADC0aeHsx/+CJYeztX0GPcwmDtg7EE4zboKqNe2E8Yi79/D8tl4qPgyVlX6w"
    "Hewk6GI1Fv1Nv17nccifrIYIZzjwg0Ou2mHgwNxADzs+nByAD+tPtat12HDwOs0bhlb7Iy"
    "bT+/jhQDVmrCpoJEsgUlS1RelpAnwBsyPEqseF1lXktOuVYgVJThdIJU8bn6fPaZZ2XYMI"
    "rweUmq+FxlPtucb6jxRwkVj6vM40B4hV0WNL6bEnazNKEynCmvrp9yDj1HIF7V+LlXkXhV"
    "A/fRoXhdGOPdVqO/LhQveb6acZpd2HesgS3sEdC79Ry7u69l+Y3dCdf/NV5jQYWHfcYYoX"
    "eWhy5asOrJBPzCh2tKDdubiqidueG6C+6YMmrHhQfUzHAJe0xLmQn9XRhscgObchnSFrpl"
    "opn1cbn8VUzQI2OCVswp6j+0otjDuKDtn9aEY74ovMs5sn/g7iTlWLiWFI4GciqQcrxSi0"
    "Pcu7bMWA3rP6FrZ+0Fj9Rg10wjnH/VVZSmwqe0W9EJt3XZVfxsYkhLXWe8JNi7Mb39kFfK"
    "8LOzblha5xMbodrMIXYjkEOZ7cV6xKIjfTk5LSR4wpGMlzHfP81wflNkhX6Tv0C/Sa3PUs"
    "FJQ5yfw2NFoVJ4rF+6N7iPfgSrgYnm541OodLU6pCiygbWwPunTPLgKIk6mEjtF/5oRF23"
    "VDrmGI2CNHXrtGHZvlMK0SiJAjQjGMWlIx/D7fQNwM0jV0CnswfLC2T1WQa+ZzY3cpfYGF"
    "0C2DES7tW22excnZ5r5LKrNVroehnfJ8XDuJze1ernWU6QGDG6qTdchFbJLFWWWaTvotwz"
    "N3Z9jJErflee38KNu5xFKUq1D0a8pBt5MT/ydY7kKr/1zzOjNkqWFIQ+PMpjoSfbeHnz7R"
    "lcFrrU5b4zototFa9LuC7EHx/kuzA4QUWdLmsWyH8jc+Ni2lFhxJT3cQlviAP4JRgL+KsM"
    "mCHcEUlIh+imSB1xaRc8FrmTMZnNAaaskb8sptCEMAmJSlkZcZ725UVy5NxY8oI71x/+id"
    "FI0rcBfkLNP2qw0OXny8nymTi1Jj+L28Q/jo7evv1wdPj2/cd3xx8+vPt4uNSk0o/WqVSn"
    "rU+oVcUWyoedK8rvXmrXquiuFbvtyMq6oTJfAgzr76FLx/b9ZeKLXGHDZZRIZR/NMgcLhE"
    "odIK5I9nHkFgp/fbMm/vVNOgB2SMc86/qzfJBXFPuI8dbPaI2xV85FaUmg4C0A77qsEnkW"
    "4kclkaiyw8xODBsbHWarM+zKyoUlrBm709Z7lJkSt5iWLosP8rVzd1nhQaX8M18QTN5B6J"
    "1UkN2VMgwPTNCTb6kTasrEYoQzSmYW8z36G3mF4aK6P3dfEcOhZG7IS7ZfYRaXV2klfNcv"
    "ywxTkORCzw4ysATSpMjegdr2YwIVlNL9VEp3nHtFFYg4y5VzeFqDWM6D4qhGSRSmGZiu1p"
    "wy4sCKShmKKicQxJTuwOZdeBFiFYhNOazO9Ag38hIYRkl+ahwrIpjKI7cM0XR5FpcvnK6q"
    "PCie9pcXaXLnF1cm2TsgQ0zsh+cvKB6KzUiEr45gjFjUldGrRhC/StAHmXBh8kpLpDtoX9"
    "2OV61I2OcOFarQpRLbDxUK7hcpeVVBnGrvYN7+RQXBypPGOD/CMEKyFybSp44wFKliYe/L"
    "kvTWR86uqPYC+PjYPi5kPD1eYzw9ThtPVcChCjiMgVy7NWwr7MmLO21RAYeVCjiER/BRk8"
    "3iDVPE6qimypYZFW6owg2rDqkKN1Thhi8TaBUC97PsoyoE7ifktwqBe5IQOAwvwRsBDfcm"
    "y+aRv0+lCH/qg7BMTF1KM9wcH4Y0pFOIqkDNn2ndfw7nn6ot+btNf75M9hyHt2T682VO6Z"
    "eFbV6E60Ei+3l0TMWyn0MHCF7dty77eSk3h8jRpW3zhZF54VEYe9xhtM/hx0MRyPVoU/vB"
    "oR+l/EHq1LFG01rKHSQoP8j3BjFWNR5yBsn/JuVyUS2Xi1vqhC4+RVWJCMkenpruJO8wTq"
    "kSCAfV9xDdN4XUtDdr1LQ3GWoaZ17m4X/+KV6E5OmP8Z5H4N3agd2zujX++H973OW6"
)
