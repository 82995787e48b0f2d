from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
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
    "created_at" TIMESTAMP NOT NULL
) /* A public account known to be live; ``asked`` and ``seen`` count answers that named it. */;
CREATE TABLE IF NOT EXISTS "deployment" (
    "id" INT NOT NULL PRIMARY KEY,
    "platform" VARCHAR(30) NOT NULL,
    "key_proof" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* One row: which platform this database is about, and proof of the key it was written with. */;
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
    "created_at" TIMESTAMP NOT NULL,
    "proxy_id" INT REFERENCES "proxy" ("id") ON DELETE SET NULL
) /* The operator's login, bound to one proxy.  ``cookies`` is a sealed JSON object. */;
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
    "eJztXVtz2ziy/isovczMljeVOI6T43OpkmU50YkjeWU5mWw8RVMiJHFMAVoCsq2azX/fbp"
    "CUeDcpSw7N4GUmBtEk9DUufUP3X40Rd+mL5sKyZZtJd9k4In81mDmj8I/Esz3SMOfz4An+"
    "Kc2ho7qa2Mugq25DIV1zJOHR2HQEhSaLipFrz6XNGRJ8mXJi2Ra5m5ryBZJYfAQ0NpukPl"
    "0w+18Lakg+oXJKXejz7Q9otplF76kI/pzfGGObOlbkV9gWvkC1G3I5V23H9qTD5Knqi98e"
    "GiPuLGZs3X++lFPOVgQ2k9g6oYy6pqT4Beku8HexheP4KAQ/1Rvsuos3yhCNRcfmwkF0kN"
    "obwLqtYRjd3sC4aA8Mo5FALqAIweU3jThD1GGoQgEwwSH8/b/291+/frv/8vXhuzcHb9++"
    "effyHfRV400+evvdG8waLe9VCrPO+053gAPiwFqP7djwXdGY0vSoFDPW6Jsyif4JICjtGU"
    "3H36OI4W/5JC+Cf8S5EWCfx46gYc2P9eR8AobkYDvofGpfDJqfzvH1MyH+5SicmoM2PtlX"
    "rctY66+Hv0WZsXoJ+dIZfCD4J/lnr9tWcHIhJ6764rrf4J8NHJO5kNxg/M4wrTAmQXPQBF"
    "1DbB1J7iY525qabgZXA4IYYwGgZ8jKxsy8NxzKJnIKf757mcPaz81+60Oz/+u7lzF2df0n"
    "++rR9wi8t9QdlkE36F9DcA+KgHuQDe5BAlyxGP5JRyn7Uja+IZKng7jReBKA918WQRh6ZU"
    "KsnkUxtqg0bacMxGuK2iF8UAjhgxyEDzyEUcYZ34TOWWwYmqObO9O1jMQTvs+z+iYfzfZn"
    "8RaTmROFHP7I73u+QHhsytE0KSd6zTki4nDV4UHhsMcogSU3s4WAFsLHZO7yse1QQSQnQ0"
    "pGUzq6odYLQlp8wSR1BTSZbEKJzQgIiGTEZzNbwj9NScY2s8WUCo9KJKXN3X7uil2xJoED"
    "2MafR2yhpFpiEgUImZqCjF0+I7YUREjTlfhR/IMyi3AX2vh8jwhOzBlnE/U5mOELakEnMq"
    "MmE+QKZjlxbEavGvC562tvOOL6GgYG4xWhMQpvkN7wLf+B95vg511fT23LoswwJRCroVIG"
    "Q/Va/RHfwYgdU0hyx11AhXBWUET/BmvZlAvhCyQKjwb0CbePXIqL3PCkQJDF1fNkaylx//"
    "Kyc1JC2F8sbOsF0myy7zws8zf+Z7xgIzUZ1JfwPwf/t6utKGfnUdvOa0+MDAuI6qfni/Xq"
    "/yV296B/DQWUV/tFdnfolbm7q2cxGWW1IJIIt9liplDuwKhMNqJJcWW9zJ7uLPU2pZLTuP"
    "Ghc3LS7h75O8wV+8dl+7J9cuRvcVes0zXO+733/fbFxRHstgbszDhNxRU7AdXmiFic0fiG"
    "XoxrhZiWw7M4y1wKYxbrXaqMzhun3YL26287VVkzdVJ+V2dXgsuZRqUwycOmpeqz0zcu7b"
    "86eHvw7vXhwcqmtGrJMyUFZqM1pJJLM0VdyMRz1X8jMDfa4F4+Eyh9+TNFDMpEM0yiAY0D"
    "6ti3KbJOJphBdw1kHEjmn9UFgQy6ayDjQM5d+xZ+epnzZ02h4YzDOSk3Lyd6XmYAuWA3ID"
    "OVkYtCFBrOOJzixp7PSx3kIQoNZxxO3wBWAs4QxdPBmSa1v6wOir6qWgbGMImelolVTuED"
    "FnRmVhlQ42Qa2Diw5kiCKG54QKVAe+pwMwPcJGkM3jHS7gzgF7uCOAe/k97l8VmbnPfbrc"
    "5Fp9eNml3UQ2yCBlsqCPrt5lkM8TvTlvB5w6WmSDOPZNuHk5QbWS6rZiXZvaM1AG7BZJq/"
    "Nd/smCDWdscq2x0DL9hwWWZpRalq6IDZfvhN1N1YZkVFKXUQW6XXk/K2b8TmKKXeNavM5c"
    "C4vQGbY6Saz1Xm8ypypSyXI4Sax1XmMbNHU2qkhfhkexFCJNrz6mnJiTjCGMIpujJ3qT1h"
    "H+kyEXkSA1UFA3aDtzwvbL8HkydoXQ/RNe9WwWaROQU/3aIO9XRiGADpXp6BXpwdmbnGmt"
    "5SlmZIO/bpTj/2qWNmhA2sgy7b+JrnK0om0I6K4iqI8jEYtfANdYJnx6G93nRKj+9dTbXc"
    "IF+Drro9GOrbVHGrGHPrB8T+Igi/Y8Thk2Sg7kOdi4SgeiP01m7pQFJ9bwyf6XtjWoDbUI"
    "DD0PdSduFpKlvrYLZ6XcRs9TrbbPU6YbaS9L4UuEH/WoJbDN08eBP4LgR1ywa+h2nq59LY"
    "/hyeu/x+WU7DC5NoDS/pBw1LPEXvxYRptnk7prpH6QOXYXJU5tXFtkepzKv7c88T0gd15v"
    "CMiujMreZFq3nSzlOZd6fxtKA5LeuF376XremM1j0KKDnzxdCxR8Qcqct2RAW9+ZcLMV74"
    "v8n1tSluqHV9TUxmwV+CUhbc34MmcYeXDtXVPRwn3v1LU4929ZlHpN/4IYdmxTSqnZyZ2b"
    "rT3DHlmLuz1D0/G/UYmZZWHpZW1GIqIaqs+utorWQYHC0TOBx010DGgcRr7NQybGaYhgtq"
    "eHFMUyg1vInbQKaQBs6+DTyNcVrtbKyyrUpHAdWWzZVIpOI5ppKqR+CvytQ8Vi6xYplU/G"
    "QmmKuEw59KEXtBSJPcUteyRxLzfAgJX8FUHs6S3E2xN2YGgUMAH84ps2A2pCdO2drbMU8K"
    "KiRSOuoQ8hKQYEe2mA2pi24fzF8SOH7COVf8D2Bn/7NHBKRZIAqynkzNW0qm9mSKL2JUZK"
    "k13xr+D/Kl4JXa+keuJ2k9bExY8ldjPQESDif4H72fYw4D4NFqjqy9TveGx2DDB0bx3t87"
    "GooYeI5/kC8f2v025oyRlPwv+cXv/0vje84IQgHW699ZfEyh+1p5Y+ILCcCrUfkUv3j6vf"
    "a0Vc7TpuZPup5YLNPIEyd2aYTWRZlMI+ft7kmn+/4o2HAem0HkXZGo4+yg47gq6S+ZTRkR"
    "Iq+w4t4463wGyNEWdcW6Cn685X3FzvudzyAMAHO8i8pX7L16OlFPL7sfu70v3SMS2n5KJ3"
    "wplKUnJ0lPQvnPu+XyMMOexU2XRu/jEeE3V6x5fNHuDoxetwVMAbGDMmlw+FlX7Lg5aH0w"
    "Lrvn/d5nTOTjHTYLBsfLLSb0SXIWv3fau+yeIPOlMeYLZgGPL9p9A2OngMuCugYOFmYBkE"
    "K/CQJxxfrwl3HW+dRRjYiO4dhwvOOzi97pwPjS7AyOiOBjaeDdlit21oMt0ei3/3HZ6SON"
    "wyeg3uKFRNtVVO0LvOxktH8/9zoI7ww04Dj0egD3z87a3ffwC0ZT08H5RLG13fp43oPd9c"
    "jL8zbnMO3gfZcXuM+oNy0E7jT4jtN2++S42QIsx5RaKDvC720anzoXnxA9+MWmAcr3DKG7"
    "Yp1z4/ish73tuTF0OPY+7fWP/UxJY+4O/WRJ8CU1BsNbLPA1NQzDWzWDXs/41Ox+NTonFz"
    "BhODdAEEVHmUCunShUQHpGllmGf0cTEel/Bk60+/1eH+FwQaAyqOty16P6/4te1yP5E+Yv"
    "jAGE76/Gce/kKwxgNpdLY8it5RX7MPh0BvxAfk7lzAF+ID+/9Hvd98bFh+Y5jPfO5WxiiK"
    "k5h9EC+sCB1sBYLXaAH1gwkoHQAb8IxP3eJYwY1SbY8WAuwbz1h8qoDMYJc/H3r0G75x70"
    "n5z22xeA9xhEnSnORKPV7Db7X3EmGp5FHxFo9bonhj81EAN109KfGZiSatDud5tnmI9Koq"
    "Ha2WQ/KpQ1LCdpWDJnmCklMqDMJdIwiTb1JJISuSVzmK4IKrylb2g7PywUUHGYE1BxmAyo"
    "QBWNjZbGrMycjRJph39aehgdQ7F174QnFpQCNUqkYU2BVXJ3aQjbF5DLXcGLkGpTetVsrE"
    "k+b3RHPUaq+VxlPvuJsjdxmUQoNZcrzWXHBB6UzkMQoaqfhLz9QhUBYhvtmwlivaaqvKZC"
    "DqQyAmaYSAuYOvZ5R4UAIrplyDtaOLQwQlXL+ybbCC3UQeY7DzJPmcuPRvV8/Z6a4hpdv9"
    "UJ3z+hc4cvZ6kXlkPP9rKDaaxor0IBNS6/O8I4ltGUBDHTRE5tQdDHPjQFxcAVc8gXck+F"
    "2QN6fIzhKxifckOXWLgHi+jcubaUlJE7W07Tg2t29qUt19N8dKhG9WP4tyKYPByzX+pUDd"
    "HoM7VAuD6sCEMtkSTKA3qfMYUjRLWAOU9vav8+iKhMAZy/fmr+/ltEbTrrdd8H3UPwt856"
    "xzqd3s+iwlYikLbNJjajFyoULSEGhB/myAFUdTNW8WylJAFOphyGqU5d70V70HKHp68tvJ"
    "NZBbzSW1tVGFQxq/SWuktoc+ityaQ6oqGLaQuaUaJwlx/T8kDF5AHkMS1VYXlNoW2rD9tW"
    "5+Xc49qFm2Vhm1LTlUO6QdrFMKE2TlftZI9GunpnSZLFeWH6YaraBJc9SbB+yC3AzLmY8p"
    "TFhXGYGV6BEE18XeGFnH8TxxY7wz9U3Xa4sB1pM/ECP/sjCtwiRvnaTFxxiS0efEFcmxEg"
    "YQ35vbFwS8UGxsjqd0ZvrbxBNXQKjBd+7/LFvJFUKdbP8jQK7GVMVt0eVCjUa4US4BcMFF"
    "9rlZADbXqgANwAn/eUDU/96VIL3kctIszZ3KFJpWEbL3yEYjCGYVB37vqbfdGFEiOrXf6P"
    "w4MigbQH2XG0Bw/l/0C2lkE86F8L49bOk+zZMs1llBMUHhDUEN6dlLRRyYhKKGer/rURMr"
    "dYC9j1M06U1c6ilNryWmn9bJVXpCyXI4SayZVmsieUlfFcrSnqoG08hdeqEqpHZzbnbkpA"
    "g9+eo3LY6x6F3Bdefy+fOtoE0L1AXYquhBF8mYxdPlPqA6ZhJkOqGv00HJiJPcNRsZ3XVs"
    "0l8UyySezMI6ECgMpmcowQ1VEAfvOmiAD85k22AIzPYtcicQ2UmMGr/j+2SHGl5nEi+qCM"
    "QrGm0IimIKpu4xu4pZcANUqkcc3ElcIvuNsI3AilRji1ePm87GYQJtGYpmBqs1vTKSdxrS"
    "k0otknlq7zq+v8VlLbfm6WE101UleNrMAlmkdVjdyduekMM6iJvlo7MYvT+tFettFJZWAr"
    "kY5WhbFihCqfI5MBWeK9wotUtezxmLqejQh7+ezKi4nd8GVVMzBV34+9YwvTaGqySZpwnh"
    "3rFCLRoU75JvCCoU6VMIF7J0FiP1odEFl70eocKlKTR1W42SPctSgmj1aROmiG9i87iheE"
    "XF9jJ+OGLtfZqEemoH8fY7C1pV6RVodnm6+u2jb1s9vBy5rAa2z93r5GFqyJsgAHNLWLFn"
    "t1WChv8WFO4uLD5OUHLuygZHbRGxAhEm20STHaWKbtLA0vW5k0XdisS6CbTqwVz2zbmDbZ"
    "1M5kU0LyjOVFSfOWHvuEpx/71DEztq5SSVEqtrKyzA5R47wKxXgUPOuwkxriEwjkjwGofu"
    "lfvu9OswvASuh2IRSztLtQvp4Naq6uAo7QOjS2mS2moGZ5dW0IbE0EVDTJya94HYIvsLAQ"
    "F9QzI91h9NLfVNL4v/1WoO7qVj/1sP73LWJaXBVP/SNTL9Q1WZ+8JismFlikbDPFy+ws0k"
    "J8dqhFNmB52bfBWApXDGm2BqrGi0d9xc6blxdYDmNuwgyywnVd4uuokDq09SouuljuU92c"
    "sYXh14BJOW05d6jJMixTEcIY1EOgfH5Y510M7vXOImL6cScerXz56bgN01xhD51sz42Uoi"
    "x5Rdskl2bKXdXs+LcYmb5XkwCWs5GzELDBlQc3hVQDnFYYwKblp26CTkObMFRRSZXTypjP"
    "U9LNZduo4nQa2tTa0JvnwE8h13lRqmalSvD7kYUb4++osCRZq+qNCvfHlXCMvaLKnNN1HH"
    "UdR13H8XnUcfTEgLWasKkgEX+DliUqL0t4HuANGR4m1ryuMq912bufic+67F3d+exwvqHG"
    "HybUPK4yj33hFU5Z0PhuStjNkoTacKajun7KNfQjLuJVjZ+1uolXNXAffRWvD3O832kN8q"
    "7ixf2rKd7swrFjLXxDjYDebeTY/bKRFjd2r0L/c6LG/A4Px4wxQu9tiSFasOsJLzMuxnBN"
    "qenIqbq1MzeFuOOu5d3aEfCAWikhYY95U0rE17eGgMnmHWBT7l1pC8Iy0czqBXvpO0E/6E"
    "7QmjlF44fWFDW8F7R9b00w54vCu1oj9QN3JynHgr2k8G0g94kz7lZ+c4hG15aZq0H/Jwzt"
    "bDzjmeqfmkmEsxOhhmkq7KXdik64iwJ+AAMtVexiRVC7Ob39K6+U4c9Omc+5MbEhqs0CYj"
    "cCOZDZnm1E7Kq+X2E5LSB4wpmMpTqWTzOdXxXZoV9lb9CvEvuzp+AkIc7O4bGm0Ck88rfu"
    "DaoVjWA3sND8vJEXKkmtnRRVNrD60T9lkgeHSbRjInFeLEYjKkSpdMwRGg1poiaJaTsLtx"
    "SiYRINaMplFEFHC7xuZ2wAbha5BjqZPVjMESxjloLvqcPNzC02QhcDdoyEtTo2T3qXx2dt"
    "ct5vtzoYehk9J9XDqJzebzfP0oIg8cboptFwIVots1RZZvFiF70zc+PQxwi55nfl+a3CuM"
    "tZlMJUdTDiPUUlPR1WU9cVtVGyJP/qw6MiFi68dzy/9fYDQhYCrBJBCyEQs8IWRKjLg4EL"
    "g1UGZO7+IrzbUXtkiDeyMNEMFvdVYRAq7mDE+Y1NhRd2YPqBBwSNR4QP/6QjmQxn2MH7dV"
    "rTaoUw/GgfT4WyAW3fx+MnhiqZYyZKVTuYt59hxt95khhnu4ZDJLWIFXlq17C64wtnX7ka"
    "71GqWgAfndsHhcT5gxxx/iApzmtPsfYUR0BurOpoaU+x9hQ/0lMMj7B+ymaO4gSxtsFVzW"
    "Kg/cTaT/ycINV+Yu0nfp5Aa9/lz3KOat/lT8hv7bvUvku9ora0orysbqU8OmESXSLpwYwA"
    "q/vPsXi1chkBVtesnxe2RRMChOdUhWrzNqlrj6aNhP/Yb9/Ldh+b6x4PeY+zwdQ+2mr5aG"
    "+pG8QEFJU9QiQ1dLPs5IYpLqkSCPvda4juq0Jy3ascue5VilzHmUz1FuYUeV6TPL3d/8fI"
    "cfUo5/z9PyWZflc="
)
