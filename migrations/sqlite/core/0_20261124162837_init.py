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
    "eJztXWtz2kjW/itdfJmZLW8qcRwnr99LFcY44Y0DXoyTycZTskANaCy6WXVjm5rNf99zWh"
    "LobgmDIyv9ZSZu9ZGa5/Tl3Puvxoi79EVzYdmyzaS7bByRvxrMnFH4R+LZHmmY83nwBP+U"
    "5tBRXU3sZdBVt6GQrjmS8GhsOoJCk0XFyLXn0uYMCb5MObFsi9xNTfkCSSw+AhqbTVKfLp"
    "j9rwU1JJ9QOaUu9Pn2BzTbzKL3VAR/zm+MsU0dK/IrbAtfoNoNuZyrtmN70mHyVPXFbw+N"
    "EXcWM7buP1/KKWcrAptJbJ1QRl1TUvyCdBf4u9jCcXwUgp/qDXbdxRtliMaiY3PhIDpI7Q"
    "1g3dYwjG5vYFy0B4bRSCAXUITg8ptGnCHqMFShAJjgEP7+X/v7r1+/3X/5+vDdm4O3b9+8"
    "e/kO+qrxJh+9/e4NZo2W9yqFWed9pzvAAXFgrcd2bPiuaExpelSKGWv0TZlE/wQQlPaMpu"
    "PvUcTwt3ySF8E/4twIsM9jR9Cw5sd6cj4BQ3KwHXQ+tS8GzU/n+PqZEP9yFE7NQRuf7KvW"
    "Zaz118PfosxYvYR86Qw+EPyT/LPXbSs4uZATV31x3W/wzwaOyVxIbjB+Z5hWGJOgOWiCri"
    "G2jiR3k5xtTU03g6sBQYyxANAzZGVjZt4bDmUTOYU/373MYe3nZr/1odn/9d3LGLu6/pN9"
    "9eh7BN5b6g7LoBv0ryG4B0XAPcgG9yABrlgM/6SjlH0pG98QydNB3Gg8CcD7L4sgDL0yIV"
    "bPohhbVJq2UwbiNUXtED4ohPBBDsIHHsIo44xvQucsNgzN0c2d6VpG4gnf51l9k49m+7N4"
    "i8nMiUIOf+T3PV8gPDblaJqUE73mHBFxuOrwoHDYY5TAkpvZQkAL4WMyd/nYdqggkpMhJa"
    "MpHd1Q6wUhLb5gkroCmkw2ocRmBAREMuKzmS3hn6YkY5vZYkqFRyWS0uZuP3fFrliTwAFs"
    "488jtlBSLTGJAoRMTUHGLp8RWwoipOlK/Cj+QZlFuAttfL5HBCfmjLOJ+hzM8AW1oBOZUZ"
    "MJcgWznDg2o1cN+Nz1tTcccX0NA4PxitAYhTdIb/iW/8D7TfDzrq+ntmVRZpgSiNVQKYOh"
    "eq3+iO9gxI4pJLnjLqBCOCsoon+DtWzKhfAFEoVHA/qE20cuxUVueFIgyOLqebK1lLh/ed"
    "k5KSHsLxa29QJpNtl3Hpb5G/8zXrCRmgzqS/ifg//b1VaUs/Oobee1J0aGBUT10/PFevX/"
    "Ert70L+GAsqr/SK7O/TK3N3Vs5iMsloQSYTbbDFTKHdgVCYb0aS4sl5mT3eWeptSyWnc+N"
    "A5OWl3j/wd5or947J92T458re4K9bpGuf93vt+++LiCHZbA3ZmnKbiip2AanNELM5ofEMv"
    "xrVCTMvhWZxlLoUxi/UuVUbnjdNuQfv1t52qrJk6Kb+rsyvB5UyjUpjkYdNS9dnpG5f2Xx"
    "28PXj3+vBgZVNateSZkgKz0RpSyaWZoi5k4rnqvxGYG21wL58JlL78mSIGZaIZJtGAxgF1"
    "7NsUWScTzKC7BjIOJPPP6oJABt01kHEg5659Cz+9zPmzptBwxuGclJuXEz0vM4BcsBuQmc"
    "rIRSEKDWccTnFjz+elDvIQhYYzDqdvACsBZ4ji6eBMk9pfVgdFX1UtA2OYRE/LxCqn8AEL"
    "OjOrDKhxMg1sHFhzJEEUNzygUqA9dbiZAW6SNAbvGGl3BvCLXUGcg99J7/L4rE3O++1W56"
    "LT60bNLuohNkGDLRUE/XbzLIb4nWlL+LzhUlOkmUey7cNJyo0sl1Wzkuze0RoAt2Ayzd+a"
    "b3ZMEGu7Y5XtjoEXbLgss7SiVDV0wGw//CbqbiyzoqKUOoit0utJeds3YnOUUu+aVeZyYN"
    "zegM0xUs3nKvN5FblSlssRQs3jKvOY2aMpNdJCfLK9CCES7Xn1tOREHGEM4RRdmbvUnrCP"
    "dJmIPImBqoIBu8Fbnhe234PJE7Suh+iad6tgs8icgp9uUYd6OjEMgHQvz0Avzo7MXGNNby"
    "lLM6Qd+3SnH/vUMTPCBtZBl218zfMVJRNoR0VxFUT5GIxa+IY6wbPj0F5vOqXH966mWm6Q"
    "r0FX3R4M9W2quFWMufUDYn8RhN8x4vBJMlD3oc46S0xniWkFuzriGga6l7ICT1PZWgcj1e"
    "siRqrX2Uaq1wkjlaT3pcAN+tcS3GLo5sGbwHchqFs2zD1MUz8Hxvbn8Nzl98ty+lyYROtz"
    "Sa+nJ4GVy4IJ02wzF6a6R+kDqS85CvIqje1RCvIqW+55QvqghhyeURENudW8aDVP2nkK8u"
    "70mxY0p9W48Nv3svWa0bpHAZVmvhg69oiYI5VaR1SIm59KiNHB/02ur01xQ63ra2IyC/4S"
    "lLIgWw+axB2mGKpEPRwnZvqlKUO7+swj1KgfcmhWTKPayZmZrTvNHVOOuTtL3fOzUY+RaW"
    "nlYWlFLaYSosqqv47NSga90TJhwkF3DWQcSExap5ZhM8M0XFDDi2OaQqnhTeT+mEIaOPs2"
    "8CvGabVrscq2Kh3zU1s2V6JsiueGSqoegXcqU/NYOcCK1U3xS5dgZRIOfypF7AUhTXJLXc"
    "seSazqISR8BQt3OEtyN8XeWAcEDgF8OKfMgtmQXiZla2/HqiiokEjpqEPIKzeCHdliNqQu"
    "OnmwWkng5glXWPE/gJ39zx4RkGaBKKhxMjVvKZnakym+iFGRpdZ8a/g/yJeCV2rrH4nSJW"
    "GNdj1sLE/yV2M9ASLdvOolDXo/x4oFwKPVHFl7ne4Nj8GGD4zivb93NBQx8Bz/IF8+tPtt"
    "rBAjKflf8ovf/5fG95wRhMKp17+z+JhC2Vl5Y+ILCcCrUfkUv3j6vfa0Vc7TpuZPup5YrK"
    "7IE5dxaYTWRZm6Iuft7kmn+/4o2HAeWy/kXZEY4+wQ47gq6S+ZTRkRIq+w4t4463wGyNEW"
    "dcW6Cn7M6b5i5/3OZxAGgDleWvIVe6+eTtTTy+7Hbu9L94iEtp/S5V0K1eTJKcmTUP7zcl"
    "oeZtizyGtp9D4eEX5zxZrHF+3uwOh1W8AUEDsokwaHn3XFjpuD1gfjsnve733Gsj3eYbNg"
    "cLzcYvmeJGfxe6e9y+4JMl8aY75gFvD4ot03MFIKuCyoa+BgYRYAKfSbIBBXrA9/GWedTx"
    "3ViOgYjg3HOz676J0OjC/NzuCICD6WBmayXLGzHmyJRr/9j8tOH2kcPgH1FtMPbVdRtS8w"
    "tclo/37udRDeGWjAcej1AO6fnbW77+EXjKamg/OJYmu79fG8B7vrkVfVbc5h2sH7Li9wn1"
    "FvWgjcafAdp+32yXGzBViOKbVQdoTf2zQ+dS4+IXrwi00DlO8ZQnfFOufG8VkPe9tzY+hw"
    "7H3a6x/7dZHG3B36pZHgS2oMhrdY4GtqGIa3aga9nvGp2f1qdE4uYMJwboAgio4ygVw7Ua"
    "iA9Iwssww/IxMR6X8GTrT7/V4f4XBBoDKo63LXo/r/i17XI/kT5i+MAYTvr8Zx7+QrDGA2"
    "l0tjyK3lFfsw+HQG/EB+TuXMAX4gP7/0e933xsWH5jmM987lbGKIqTmH0QL6wIHWwFgtdo"
    "AfWDCSgdABvwjE/d4ljBjVJtjxYC7BvPWHyqgMxglz8fevQbvnHvSfnPbbF4D3GESdKc5E"
    "o9XsNvtfcSYankUfEWj1uieGPzUQA5VX6c8MLEA1aPe7zTOsPiXRUO1ssh8VqhGWUyIsWS"
    "HMlBIZUCZlNEyiTT2JEkRuyYqlK4IKb+kb2s4PCwVUHOYEVBwmAypQRWOjpTErM2ejRNrh"
    "n1YMRsdQbN074YkFpUCNEmlYU2CV3F0awvYF5HIJdxFSbUqvmo01yeeNMtJjpJrPVeazXx"
    "Z7E5dJhFJzudJcdkzgQemqAxGq+knI27+WIkBso30zQazXVJXXVMiBVEbADBNpAVPHPu+o"
    "7H9Etwx5RwuHFkaoaplvso3QQh1kvvMg85S5/GhUz9fvqSmu0fVbnfD9Ezp3+HKWmp4cer"
    "aXHUxjRXsVCqhx+d0RxrGMpiSImSZyaguCPvahKSgGrphDvpB7Kswe0ONjDF/B+JQbusRr"
    "evDKnDvXlpIycmfLaXpwzc6+tOW86EeHalQ/hn8rgsnDMfulTtUQjT5TC4Trw4ow1BJJoj"
    "yg9xlTOEJUC5jz9Kb274OIyhTA+eun5u+/RdSms173fdA9BH/rrHesi+f9LCpsJQJp22xi"
    "M3qhQtESYkD4YY4cQFU3YxXPVkoS4GTKYZjq1PVetActd3j62sI7mVXAK7211X2CKmaV3l"
    "J3CW0OvTWZVEc0dDFtQTMuJNzlx7Q8UDF5AHlMS92nvKbQttWHbavzcu5x7cLNsrBNqenK"
    "Id2gyGKYUBunq3ayRyNdvbMkyeK8MP0wVW2Cy54kWD/kFmDmXEx5yuLCOMwMr0CIJr6uMC"
    "Hn38Sxxc7wD91lO1zYjrSZeIGf/RHX2SJG+dpMXHGJLR58QVybESBhDfm9sXBLxQbGyOp3"
    "Rm/tMoNq6BQYL/ze5Yt5I6lSrJ/laRTYy5isuj2oUKjXCiXALxgovtaqIAfa9EABuAE+7y"
    "kbnvrTpRa8j1pEmLO5Q5NKwzZe+AjFYAzDoO7c9Tf7ogslRla7+h+HB0UCaQ+y42gPHqr/"
    "gWwtg3jQvxbGrZ0X2bNlmssoJyg8IKghvDu5wEYVIyqhnK3610bI3OLNv65fcaKsdhal1J"
    "bXSutnq7oiZbkcIdRMrjSTPaGsjOdqTVEHbeMpvFaVUD06szl3UwIa/PYclcNe9yjkvvD6"
    "e9XT0SaA7gXqUnQljODLZOzymVIfsAwzGVLV6JfhwLrrGY6K7by2ai6JZ1JNYmceCRUAVL"
    "aSY4SojgLwmzdFBOA3b7IFYHwWS4vENVBiBq/6/9griSs1jxPRB2UUijWFRjQFUZWNb+CW"
    "XgLUKJHGNRNXCr/gbiNwI5Qa4dSryudlN4MwicY0BVOb3ZpOOYlrTaERzT6x9K2++lbfSm"
    "rbz81you+I1HdEViCJ5lF3RO7O3HSGFdREX62dmMVp/Wgv2+ikKrCVKEerwlgxQpXPkcmA"
    "LPFe4UWqWvZ4TF3PRoS9fHblxcRu+LKqGZiq78fesYVpNDXZJE04z451CpHoUKd8E3jBUK"
    "dKmMC9kyCxH60OiKy9aHUOFbmTR91ws0e4a1EsHq0iddAM7Sc7iheEXF9jJ+OGLtfVqEem"
    "oH8fY7C1pV6Rdg/PNl9dtW3qZ7eDlzWB19j6vX2NLFgTZQEOaGoXLfbqsFDd4sOcwsWHye"
    "QHLuzgguyiGRAhEm20STHaWKbtLA2vWpk0XdisS6CbTqwVz2zbmDbZ1M5kU0LyjNVFSfOW"
    "HvuEpx/71DEztq5SRVEqtrKyzA5R47wKxXgUPOuwkxriEwjkjwGofuVfvu9OswvASuh2IR"
    "SztLtQvZ4N7lxdBRyhdWhsM1tMQc3y7rUhsDURUNEkJ79iOgRf4MVCXFDPjHSH0Ut/U0Xj"
    "//ZbgXtXt/qph/W/bxHT4ury1D8y9UJ9J+uT38mKhQUWKdtM8Wt2FmkhPjvUIhuwvOzbYC"
    "yFbwxptgbqjheP+oqdNy8v8DqMuQkzyArf6xJfR4XUoa3f4qIvy32qzBlbGP4dMCmnLecO"
    "NVmGZSpCGIN6CJTPD+u8xOBe7ywiph934tHKl5+O2zDNFfbQyfbcSCnKkndpm+TSTMlVzY"
    "5/i5HpvJoEsJyNnIWADa48uCmkGuC0iwFsWn7qJug0tAlDFZVUOa2M+Tyl3Fy2jSpOp6FN"
    "vRt68xr4KeS6LkrVrFQJfj/y4sb4OyosSdbq9kaF++OucIy9osqc0/c46nsc9T2Oz+MeR0"
    "8MWKsJmwoS8TdoWaLysoTnAd6Q4WFizesq81pfe/cz8Vlfe1d3Pjucb6jxhwk1j6vMY194"
    "hVMWNL6bEnazJKE2nOmorp9yDf2IRLyq8bNWmXhVA/fRqXh9mOP9TmuQl4oX96+meLMLx4"
    "618A01Anq3kWP3y0Za3Ni9Cv3PiRrzOzwcM8YIvbclhmjBrie8yrgYwzWlpiOnKmtnbgpx"
    "x13Ly9oR8IBaKSFhj3lTSsTXt4aAyeYdYFPupbQFYZloZvWCvXRO0A/KCVozp2j80Jqihn"
    "lB2/fWBHO+KLyrNVI/cHdScizYSwpnA7lPXHG38ptDNLq2zFwN+j9haGfjGc9U/9RMIpxd"
    "CDVMU2Ev7VZ0wl1c4Acw0FKXXawIajent5/yShn+7JT5nBsTG6LaLCB2I5ADme3ZRsSu7v"
    "crLKcFBE84k/GqjuXTTOdXRXboV9kb9KvE/uwpOEmIs2t4rCl0CY/8rXuD24pGsBtYaH7e"
    "yAuVpNZOiiobWP3onzLFg8Mk2jGROC8WoxEVolQ55giNhjRxJ4lpOwu3FKJhEg1oSjKKoK"
    "MFptsZG4CbRa6BTlYPFnMEy5il4HvqcDNzi43QxYAdI2Gtjs2T3uXxWZuc99utDoZeRs9J"
    "9TAqp/fbzbO0IEjMGN00Gi5Eq2WWKsssXuyid2ZuHPoYIdf8rjy/VRh3OYtSmKoORrynuE"
    "lPh9XUdUVtVCzJT314VMTChfeO57fefkDIQoBVImghBGJW2IIIdXkwcGGwqoDM3V+Elx21"
    "R4aYkYWFZvByXxUGoeIORpzf2FR4YQemH3hA0HhE+PBPOpLJcIYdvF+XNa1WCMOP9vFUqB"
    "rQ9n08fmGokjVmolS1g3n7FWb8nSeJcbZrOERSi1iRp3YNqxxfOPvK3fEepaoF8NG5fVBI"
    "nD/IEecPkuK89hRrT3EE5MbqHi3tKdae4kd6iuER3p+ymaM4QaxtcFWzGGg/sfYTPydItZ"
    "9Y+4mfJ9Dad/mznKPad/kT8lv7LrXvUq+oLa0or6pbKY9OmERfkfRgRYBV/nMsXq1cRYBV"
    "mvXzwrZoQYDwnKrQ3bxN6tqjaSPhP/bb97Ldx+a6x0Pe42wwtY+2Wj7aW+oGMQFFZY8QSQ"
    "3dLDvJMMUlVQJhv3sN0X1VSK57lSPXvUqR6ziTqd7CnEue1yRPb/f/MXJcPa5z/v4furJ4"
    "0A=="
)
