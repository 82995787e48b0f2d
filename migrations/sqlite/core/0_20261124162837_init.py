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
    "tJOWtXlGpv4m+exOYV8Zxixtyd8lLSbJRGGWG2boRxQcIa8jvdd0qFTyXI9m+P3tqdjtXQ"
    "KTCk8pPD/XktrVKsnq3TKLCWPllWe1ChEM26QoD3mUMNc5mFFN0eQAG4AT4fCDcH8adDTW"
    "iPmsQ1ZnObppWGbTT4CMVgDN2gztwJFvuiEyVBtndJT98fF4k1PM4PNTx+KOkpsrUM4mH9"
    "PTQS7+BmAcvL8qpbEzcbEuwhvDu5x1dkYC6hnC3r742QuTXlbGw5QZrNstpZnFKdaFRaP1"
    "smUy3L5RihYnKlmSyFsjSH8537VhT7oG08hWNfJVSPzxx0xHs8sailVI/IszWqx1TUEocZ"
    "BVWPu9HUALF7qRlgC4TfynyCgSuVPEjApD/C/0pqDJjnKVAhQD+wHChy58A4KtLYuJg5cW"
    "zBaCFDf3RDvYyjjSd8t8zC6M9hlg38o8Oj9+F9D3iawpEOX+NxfkPg/xlMYOJygomFyMyy"
    "bUsmy5Ea1QxAx/pMnLbIN5Ahhd6JuyWG9B6qXl8PGD62Oeo0MjcjIasvxr5zH6+bCFQzYj"
    "gi2yTjQZP5qRwRJjG3I9ktVnm3hjYOm2ReR+XJVklPtpCVpcznIfvVrl3lXfs50tVUjZ/b"
    "1mrW5SbMO4p4VD7CygG642RrcvMoge+SYA/h3X5uzRdg4MhC97A6K4AQ4d4cHpYAMUqicI"
    "ziePSuNI4BicIxiuO78uPxnRqPmfN6k4mtkMya2ZtMbYVk1tzeZHIrJDNn90bTW2EZE9GF"
    "fakEjiuCnxrDSlh4W7M5dzKsu0H5Qb5l11rVKOSgLuvLgFj0+kIHcoomRo+M4M1k7PCZMG"
    "cu0PI5pKIwuIvGtlieK/p2mq2a0/kLMVbuzOdcZMEpe0FxjGgP1f+jd++KmFfevcu3r+Cz"
    "RG5wnAMlRvCyvrIHZuyFQfRlGYvKikIhmoGouJJCxyW9BKhxIoVrLq4UvmCxEbgxSoVw5t"
    "nAvOxiECVRmGZgarFbwy4nca0oFKL5O1bZJNMxqj2UtVRKB3XKvtEpO7NG0+y0vblLVJRE"
    "xXXmGEcSCKfhLZlMth228rKw/REOngcyyUbHVCyPLHSA4PV/z5NI9hyvEXS7Yu4kLE6rRw"
    "f5RidxDWGJO5lFogJ0e+NzZDLmdJNNSP860xqPqSNtRFgrYNe6rAcbNlY1A1ORXWGvLUzS"
    "7zED2vxo1giJCmaN7ccvOmeL3AlS69Fyg8hbi5b70MNLUZ1g0+YB4Y5J8QZ1EYuJZugg4z"
    "f64l5fYyX9ht6vrmQfGS79+xjTaZiiifTCtN2mq7ZM/ex28LIm8D22fm9fIwvnRFmAQ5q9"
    "iwd+876Qg+H7NR6G79PpbbhreZkZO/LdjiMkymiTYbQxDUsE1eCVfZ7hwGJdAt1sYqV45t"
    "vGlMlm70w2JSTPxOVAWaelpwHh2ZcutY2cpavUzUAVm1l5Zoe4cV64YjwKnpXbyR7iEwrk"
    "jwFo/+5A+rE7zS4EK6XbRVDM0+4il1YV0e/m/tC2RsQYiQiJlcMRWofGFrPcKahZ4vJVl8"
    "DSREBF8zj5NYy6jMR8LtB76dUY1rfpq79l6Xu7fFWRKwmipkXfpQ5bhndm6oXLKiWk7CjN"
    "3knZ20oEk681YrS1n7HMIOAa82cpA3k8Vn9J/XRaJKaHt27DvhRlQK3e6Le+aidEUg/YZf"
    "2qpzVPyNyAEWQO2CeQGE7IhDOanEeF1KGth1uFN0mVvdYxTrYPKRR2nRvJcvW5Y90GKZQT"
    "uy3nNjVYjmUqRpiAegiULw/rdUHinc55TEw/bSXzUVxdnGowzAX2UMmSx0gZypLYcWDr8I"
    "yMbIT5/m8JMpU5KQUsZyPbd2GBKw9uBqkCOJXZ1OOORcsP3RSdgjZlqKIeFYdW+nyecedi"
    "vo0qSaegTUIrEmaJ1XMjC1UGucp8XTUrVYrfoMCNeJ4u9bBon2yjwpJk7VxI9raQ69tCjm"
    "cgx4OM3219BX6AkC/FtKiUP2BX7S/tzrf2CfGZ8FOuhtwvcF+XK6Qg6x6ZPOSJONf5ckL4"
    "zYDVT3tau6932g1U0YYuZTD44NsG7LTeb3zWr9qX3c5XDZgl7xP32dzht5Rl8Rjfd9a5aj"
    "dxGHj6mPsM9DvQ9ro6ejMBv13q6NhZGA9ACvUmCMSAdeEv/bx10RKFiI4uvHbwWa9z1te/"
    "1Vv9E+LysacvDMsbsPPOp1Zb72r/vGp1kcbmE4sB9n/5liOotF6v1Wnr2u+XskJwqaNO7+"
    "ayBoyD83Ot/Qm+YDQ1bBxZFEu1xpfLDizlJ9I+M+cwAKG9q96l1m6Klnx3LnKLDdiZpjVP"
    "6w3AckypieYw+N66ftHqXSB68MWGPrPcGUI3YK1L/fS8g7WtuT60OdY+63RPW80mAgza49"
    "AyTcQW3iT6oMtpA28T3dDl/Ol3OvpFvf1dbzV7J5h/TMecY6B4usi1pkAFljJkmSkgoS5+"
    "gdb9CpzQut1OF+FwboEZIuu0pEJ/D0nyJ4xf6AOshN/1007zO3RgNvfu9SE37wfsc//iHP"
    "iB/Jx6Mxv4gfz81u20P+m9z/VL6O/C4Wyiu1NjDr0F9IEDjb6+nPYAP7Bg5OnB/IcvgrW3"
    "cwU9xi0M1j4YSzBug64y6oX9hLH4+/ewXCY+Cp6cdbUe4C3sZDgS9Ua9Xe9+x5GojwxmOP"
    "eIQKPTburB0EAMMD+bHowM4E+7r3XbdfgwwBqNW/YmK9P28+tIMWClJmwqSCRbULJE5WUJ"
    "eQK8IcOjxIrXVea15JRrBUJFGU4nSBWfq89nn3lWhg2jCJ+XpIrPVeazzfmGGn+UUPG4yj"
    "wOhFfYZUHjuylhN0sTKsOZ8ur6KefQcwTiVY2fexWJVzVwHx2K14Ux3m01+utC8ZLnqxmn"
    "2YV9xxrYwh4BvVvPsbv7Wpbf2J1w/V/jNRZUeNhnjBF6Z3noogWrnkzAL3y4ptSwvamI2p"
    "kbrrvgjimjdlx4QM0Ml7DHtJSZ0N+FwSY3sCmXIW2hWyaaWR+Xy1/FBD0yJmjFnKL+QyuK"
    "PYwL2v5pTTjmi8K7nCP7B+5OUo6Fa0nhaCCnAinHK7U4xL1ry4zVsP4TunbWXvBIDXbNNM"
    "L5V11FaSp8SrsVnXBbl13FzyaGtNR1xkuCvRvT2w95pQw/O+uGpXU+sRGqzRxiNwI5lNle"
    "rEcsOtKXk9NCgiccyXgZ8/3TDOc3RVboN/kL9JvU+iwVnDTE+Tk8VhQqhcf6pXuD++hHsB"
    "qYaH7e6BQqTa0OKapsYA28f8okD46SqIOJ1H7hj0bUdUulY47RKEhTt04blu07pRCNkihA"
    "M4JRXDryMdxO3wDcPHIFdDp7sLxAVp9l4HtmcyN3iY3RJYAdI+FebZvNztXpuUYuu1qjha"
    "6X8X1SPIzL6V2tfp7lBIkRo5t6w0VolcxSZZlF+i7KPXNj18cYueJ35fkt3LjLWZSiVPtg"
    "xEu6kRfzI1/nSK7yW/88M2qjZElB6MOjPBZ6so2XN9+ewWWhS13uOyOq3VLxuoTrQvzxQb"
    "4LgxNU1OmyZoH8NzI3LqYdFUZMeR+X8IY4gF+CsYC/yoAZwh2RhHSIborUEZd2wWOROxmT"
    "2Rxgyhr5y2IKTQiTkKiUlRHnaV9eJEfOjSUvuHP94Z8YjSR9G+An1PyjBgtdfr6cLJ+JU2"
    "vys7hN/OPo6O3bD0eHb99/fHf84cO7j4dLTSr9aJ1Kddr6hFpVbKF82Lmi/O6ldq2K7lqx"
    "246srBsq8yXAsP4eunRs318mvsgVNlxGiVT20SxzsECo1AHiimQfR26h8Nc3a+Jf36QDYI"
    "d0zLOuP8sHeUWxjxhv/YzWGHvlXJSWBAreAvCuyyqRZyF+VBKJKjvM7MSwsdFhtjrDrqxc"
    "WMKasTttvUeZKXGLaemy+CBfO3eXFR5Uyj/zBcHkHYTeSQXZXSnD8MAEPfmWOqGmTCxGOK"
    "NkZjHfo7+RVxguqvtz9xUxHErmhrxk+xVmcXmVVsJ3/bLMMAVJLvTsIANLIE2K7B2obT8m"
    "UEEp3U+ldMe5V1SBiLNcOYenNYjlPCiOapREYZqB6WrNKSMOrKiUoahyAkFM6Q5s3oUXIV"
    "aB2JTD6kyPcCMvgWGU5KfGsSKCqTxyyxBNl2dx+cLpqsqD4ml/eZEmd35xZZK9AzLExH54"
    "/oLiodiMRPjqCMaIRV0ZvWoE8asEfZAJFyavtES6g/bV7XjVioR97lChCl0qsf1QoeB+kZ"
    "JXFcSp9g7m7V9UEKw8aYzzIwwjJHthIn3qCEORKhb2vixJb33k7IpqL4CPj+3jQsbT4zXG"
    "0+O08VQFHKqAwxjItVvDtsKevLjTFhVwWKmAQ3gEHzXZLN4wRayOaqpsmVHhhircsOqQqn"
    "BDFW74MoFWIXA/yz6qQuB+Qn6rELgnCYHD8BK8EdBwb7JsHvn7VIrwpz4Iy8TUpTTDzfFh"
    "SEM6hagK1PyZ1v3ncP6p2pK/2/Tny2TPcXhLpj9f5pR+WdjmRbgeJLKfR8dULPs5dIDg1X"
    "3rsp+XcnOIHF3aNl8YmRcehbHHHUb7HH48FIFcjza1Hxz6UcofpE4dazStpdxBgvKDfG8Q"
    "Y1XjIWeQ/G9SLhfVcrm4pU7o4lNUlYiQ7OGp6U7yDuOUKoFwUH0P0X1TSE17s0ZNe5Ohpn"
    "HmZR7+55/iRUie/hjveQTerR3YPatb44//B/kEcBU="
)
