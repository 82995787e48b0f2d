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
    "status" VARCHAR(12) NOT NULL /* QUEUED: queued\nIN_PROGRESS: in_progress\nDONE: done */,
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
    "requests" INT NOT NULL,
    "second_finds" INT NOT NULL,
    "active_seconds" REAL NOT NULL,
    "waiting_reason" VARCHAR(200),
    "waiting_until" TIMESTAMP,
    "created_by" VARCHAR(80) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "started_at" TIMESTAMP,
    "finished_at" TIMESTAMP,
    "niche_id" INT REFERENCES "niche" ("id") ON DELETE SET NULL
) /* One submission of profiles to be checked.  Counters change in the commit that finishes checks. */;
CREATE INDEX IF NOT EXISTS "idx_batch_status_b68393" ON "batch" ("status", "position");
CREATE INDEX IF NOT EXISTS "idx_batch_created_2d5bac" ON "batch" ("created_at");
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
    "batch_id" CHAR(36) NOT NULL REFERENCES "batch" ("id") ON DELETE CASCADE,
    "profile_id" VARCHAR(30) NOT NULL REFERENCES "profile" ("username") ON DELETE CASCADE,
    CONSTRAINT "uid_checks_profile_f3e95f" UNIQUE ("profile_id", "batch_id")
) /* One profile in one batch.  A verdict is stored only while the row is pending. */;
CREATE INDEX IF NOT EXISTS "idx_checks_batch_i_b4bdbe" ON "checks" ("batch_id", "id");
CREATE INDEX IF NOT EXISTS "idx_checks_pending" ON "checks" ("batch_id", "id") WHERE state = 'pending';
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
    "eJztXetz2ki2/1dUfJmZLa8rdhwn6917qzCWEzYYvICTycZTHSE1oLHoZqWWbWpv/vd7uv"
    "VAbyQMjqz0l8S0+ujxO/047/5vS6c2Pmy7hslUwuxV60z5b4toCwx/pK4dKC1tuQyu8J9M"
    "m1iiq8Z7IRx2mzjM1nQGl6aa5WBoMrCj2+aSmZRwgs9zqhimoTzMNXbISQyqA41JZplXXW"
    "L+x8WI0Rlmc2xDn69/QLNJDPyIneDn8g5NTWwZsa8wDX4D0Y7Yainazs1Zl7BL0Zc/e4J0"
    "arkLsu6/XLE5JSGBSRhvnWGCbY1h/gRmu/y7iGtZPgrBp3ovu+7ivWWExsBTzbU4Opzae4"
    "F1Wwuh/mCMRuoYoVYKuYAiApffpFPCUYdXdQQAM/4Kf/3b8fHr12+PX70+fffm5O3bN+9e"
    "vYO+4n3Tl95+915mjZZ3K4FZ9323P+YvRIG1Htt5w3dBozHNoxLMWKOvsTT6F4AgMxc4G3"
    "+PIoG/4ZMcBn8kuRFgX8SOoGHNj/XgfAaGFGA77l6po3H76prffuE4/7EETu2xyq8ci9ZV"
    "ovXX09/izAhvonzujj8o/Kfy70FfFXBSh81s8cR1v/G/W/ydNJdRROgD0owoJkFz0ARdI2"
    "zVGbXTnO3MNTuHqwFBgrEA0AtkZWuhPSILkxmbw893rwpY+6k97HxoD3999yrBrr5/5Vhc"
    "+h6D9x7bkyroBv0bCO5JGXBP8sE9SYHruJM/sZ6xLuXjGyF5PohbrWcB+PhVGYShVy7E4l"
    "ocYwMzzbSqQLymaBzCJ6UQPilA+MRDmMs407vIPssbJpp+96DZBkpdocc0r2/60uJ4kWzR"
    "iDYTyPGP/H7gC4TnGtPnaTnRay4QESdhh43C4YBgBabcwnQcaFHoVFnadGpa2FEYVSZY0e"
    "dYv8PGoaJ0qEsYth1o0sgMKyZRQEBUdLpYmAz+1JgyNYnpzLHjUTlpaXP/j9ssvn6Fca4x"
    "1/E3a1NAAX2+tnQb82GPQC76o5KQe3PTvagg4rquaRxymm1m22ZJt/WPqUt0/lmKeBL/5+"
    "R/9zUBC+abmGyvPeEpKhaJTy8WZsX/Fda0oH8Dt+Wj4zJrGvTKXdPEtcTOHE6BNMIqcRcC"
    "5S68lUZ0nN6k1xPo+XYQ6Opio+Iwbv3rRr1RL84Uj/qWdPvoejh4P1RHozNYUxCsP3xYOr"
    "fkAgT4M8WgBCeXrXJcKsWkAh4lWWRjeGfHX49SjCrW7JK0O9Dx/GWmLnOkSSpeuAuluJxr"
    "OomSbDag1J+dvgnl+Ojk7cm716cnoeUkbCkymATGkTWkjDItQyjOxTPsvxWYWy1or14IlL"
    "6UlSH25KIZJZGAJgG1zPsM2SYXzKC7BDIJJPH36pJABt0lkEkgl7Z5D59eZf9ZU0g4k3DO"
    "qo3LmRyXOUC65A5kpipyUYRCwpmE07kzl8tKG3mEQsKZhNNXsjK06Fw8oyQS0NT4xPAAAz"
    "oTowqoSTIJbBJYTWcgRCIPqAxoLy2q5YCbJk3AO+W0ewP4cF8QF+B3Mbg576nK9VDtdEfd"
    "QT9uMBAXeRM0mExAMFTbvQTiDxqo52SGbKw5WYp9viUzTbmVja1u+v3+HWEBcC5hWf6wYo"
    "NZilhazOpsMQs8NZNVlakVp2qgq2D34RERl1jFGRWnlEFGtZ5PDtPs7dgcp5SrZp25HJhl"
    "t2BzglTyuc58JqY+xygrUCHfNhohkf4kT4NKxQAlEM7Qo6iNzRn5iFcp/3kCVBHI0w/u8r"
    "Kw/R4MnqB1/Yq29hCGzMTGFHy6gS3s6UvwAkr/pgc6U35U1RprfI9JlpHl3Ke7/DjElpbj"
    "DF0HTKn8Ni9XzEihHRfTRADUUzDq8Ds0CZ49h+V5wyk7Ni8caoUBegiH3TaG6bUVyySYx8"
    "tpiiD+xVHoA1EsOksH2W3qLDM8ZIaHVL7qI67x1KtKFsJ5JlubYMB4XcaA8TrfgPE6ZcBg"
    "+LESuEH/RoJbDt0ieFP4ug62qwbrRmmaZ9ze/Rhe2vRxVU2fi5JIfS7tEfMksGqx/FGaXU"
    "b013cr3RDAX6AghykoT1KQw0yXlwnpRg05OqJiGnKnPeq0L9QiBXl/+k0HmrPy0/32g3y9"
    "Rl/3KKHSLN2JZeqKpus81UcRgTt+GhCPefy78u2b5txh49s3RSMG/HIwJvDD664R54GnB4"
    "lMIP6ehmJm5Lfv7zFPUKN+yKZZM41qL3tmvu60tDQ2pfYic83PRz1BJqWVzdKKmEwVRJWw"
    "v4zbSQdE4SrBj0F3CWQSSJ5wig1kEqQhG9Tw8phmUEp4UxkNmsMQH31beBaTtNK1WGdblY"
    "wHaSyba1HywHNDpVWPwDuVq3mEDrByNQ/8sgO8qgCFn0IRO1SUtnKPbcPUmWI6isPgKQZc"
    "t1bKw5z35gUIYBPgF5eYGDAasksc7PTuGXrG15b/BF8sDfXIP1K1DqIqJu/AJ/OaExmXW/"
    "hxyROiAayQWWv3zyPykEb+Gwom+JO4JYgBfP5D+fxBHaoKzxTHyv8ov/j9f/FUWulcqp1z"
    "SXAqWzUqVxDgmesvtCIjsEpBgGu1f9Htvz8L5thTE//flQm5zI+4TGpP1GU6zbMMbGZEhL"
    "zGumqr1/0EkHPzyy3pC/h5cuYtuR52P8H+B8zx8gtvyXtxdSau3vQ/9gef+2dKJMurcp2G"
    "UsU0CmpppPTdohD/zQx7EWH+rcHHM4Xe3ZL2+Ujtj9Gg3wGmwE6LCUMUPuuWnLfHnQ/opn"
    "89HHxSgUXexuIS2KjuMcniLH/e5eCmf8GZz9CUusQAHo/UIeLBQcBlB9uIvyyMAiCFfjMO"
    "xC0Zwi/U6151RSNHB1nmwhTXRoPLMfrc7o7PFIdOGeKB/bekN4AlEQ3Vf910h5zGojPQ6H"
    "g2lmkLKnXEMz2Q+vu118HxdkAEm6HXA7jf66n99/AF+lyz+HjCvFXtfLwewOp65hUhWlIY"
    "dnC/mxFfZ8SdXIevNPwel6p6cd7uAJZTjA0uLsH3ttFVd3TF0YMv1hDomwsO3S3pXqPz3o"
    "D3NpdoYlHe+3IwPO9eXHCAp9SemIbBsYUniXdA3mSBp4nXQN6sGQ8G6Krd/4K6FyMYMJQi"
    "kL24b8jhXLsQqIDAyFlmID9BjSMy/AScUIfDwZDDYYPogrBtU9uj+udo0PdI/oTxC+8A8u"
    "YXdD64+AIvsFiyFZpQY3VLPoyvesAPzs85W1jAD87Pz8NB/z0afWhfw/s+2JTMkDPXlvC2"
    "gD5woDNG4WQH+IEFOkP+rIcvAgl3cANvzDUFWPFgLMG49V+VYBa8J4zF378E7Z5HzL9yOV"
    "RHgPcUBJ05H4mo0+63h1/4SESeEZsj0Bn0L5A/NDgGIs3MHxm8ksxYHfbbPV5GhnHbrLXN"
    "elSquE9BbZ90aR+NMc6AKhl0URJp3UjVErErFtgLCWq8pG9pLj4tFUNwWhBDcJqOIbAADK"
    "Kv0KLKmI0TSR93VlUHGTawc4O8JxZUAjVOJGHNgJVRe4Uc0xeQq+UfxUil9bhuZsU0n7dK"
    "0E2QSj7Xmc9+FddtvAQxSsnlWnPZ0oAHlZOwY1TNk5B3X0U9QGyrdTNFLOdUneeUjEvdSW"
    "HpmBIUcZSVDvuKUTUyF2AXYV8yAHjvAcAZY/nJqF6v79NQXOPztz6h1Rd4adHVIjN1NHLt"
    "ID/QwYj3KhXsYNOHMx5joM+VIJ5VYXPTUbgzeKI5mIccaBPqsgMRAg3o0SnPH+URCXd4pZ"
    "hMedAc5cE2GcNEeTDZPDvwYW9P2nHO6pNjCuofX70TE83meOpKu2qERu6pJUKpYUYgMUXS"
    "KI/xY84QjhE1AuYiAV/9fRyT7QM4f71q//5bTL7vDfrvg+4R+Du9wbksevWz6Fq1CHJUyc"
    "wkeCRiplJiQPRigRyARTcUBl5VkgSoMqfwmmLX9W50AC0PfPc1HW9nFsGI+N4U5zSJ5Cd8"
    "j+0VtFn4XiNMbNHQRTMdnHPQ0z4fJuWBmskDnMe40jmVawppBNxsBFxW8+NKX2Oer3GONZ"
    "tNcPW9PUYorah129njIZneXpJmcVE8eZSqMVFQzxJVHvHwEm3pzGnG5OIBgzmu3QhNcl7x"
    "ZIn/UyzT2Rv+kdMSJ65pMZM4h/yxP+LARI5RsTaTVFwSk4ffIKnNOCBhTegjcu1KQWwJsu"
    "bt0TsrQl4PnYIHtr63qbtspVWK9bUijYL3QrOw20aFQtzWEQK8S0DxNcJiCdymBwrAHfD5"
    "QNjwxE8bG3A/bCiOtlhaOK007OKGT1AMpvAa2F7a/mJfdqIkyBpXm+H0pEzE50l+wOfJpt"
    "oMnK1VEA/6N8K4tfcCaCbLchkVRC8HBA2Edy8HT4hCMRWUs7B/Y4TMHZ41afvVAKpqZ3FK"
    "aXmttX4W1nyoyuUYoWRyrZnsCWVVPFdriiZoG8/htaqF6tFdLKmdEdDgtxeoHOa6Ryn3hd"
    "ffq2zNbQLcvYBtzF0JOjxZmdp0IdQHXiJXmWDRCL1N5oia2DmOit3ctm4uiRdS9mBvHgkR"
    "AFS1yl6MqIkC8Js3ZQTgN2/yBWB+LXmgNcyBCiM47P98AnDtx3Eq+qCKQrGmkIhmICrSxh"
    "Ff0iuAGieSuObiiuELHrYCN0YpEc48YnhZdTGIkkhMMzA1yb1mVZO41hQS0fwdS57GKU/j"
    "rKW2/dIsJ/L8Pnl+Xw2SaJ50ft/+zE09XurLGYq5k7A4rS8d5BudRKmwCqVCRRgrj1ClS8"
    "5kQFbxbuFFqhrmdIptz0bEe/nsKoqJ3fJmdTMw1d+PvWcLkz7XyCxLOM+PdYqQyFCnYhN4"
    "yVCnWpjAvZ0gtR6FG0TeWhTuQ2XOSxGnjxwo1DYwrxwsInW4GdpPdnQOFeXbN94J3eHVt2"
    "881Y6vIbrm4L9OebC1IW6RdUbKLm9dt2XqZ7eDVzWBN9j6vXuNLJgTVQEOaBoXLXZ0WqrA"
    "7mlBhd3TdPIDdczg8OKyGRAREmm0yTDaGJpprZBXVotpNizWFdDNJpaKZ75tTJpsGmeyqS"
    "B5JuqiZHlLKx5n//JmVp7ZIW6cF6EYT4JnHXbSQHwCgfwpADWv/Mv3/Wl2AVgp3S6CYp52"
    "F6nXs8V5mGHAEbcOTU1iOnNQs7zjVxRYmhRQ0RhVfuXpENRloJBRB3tmpAcevfQXUd38L7"
    "+VOBNzp4/arP99jZkWw4Mt/8jVC+V5mc9+XiYvLOBmLDPlz4Nxs0J89qhFtmB6mffBu5Q+"
    "2qLdGYvDSDzqW3LdvhnxcxuWGowgI3oASXIelVKHdn7ciDzI9LkyZ0wH+YeVZOy2lFpYIz"
    "mWqRhhAuoJUL48rIsSgweDXkxMP+8mo5Vvrs5VGOYCe+hkem6kDGXJO1uMUaZl5Krmx78l"
    "yGReTQpYSnTLdWCBqw5uBqkEOKuCvYmrD90UnYQ2ZajCDAunFVouM8rN5duoknQS2sxze7"
    "cv1p5BLuui1M1KleL3E08YTN6jxpJko44ZFLg/7azBxC3qzDl54KA8cFAeOPgyDhz0xIC1"
    "mrCtIJG8g5Qlai9LeB7gLRkeJZa8rjOv5flsPxOf5flsTeezRemWGn+UUPK4zjz2hVfYZU"
    "Hju6tgN0sTSsOZjOr6KefQj0jEqxs/G5WJVzdwn5yKN4QxPux2xkWpeEn/aoY3u3TsWIff"
    "oUFA7zdy7HHVyoobexSh/wVRY36HzTFjRMGPJuMhWrDqOV5lXB7DNceaxeYia2epOc4DtQ"
    "0va8eBC9jICAl7yp0yIr6+thwYbN4GNqdeSlsQlsnNrF6wl8wJ+kE5QWvmlI0fWlM0MC9o"
    "996aYMyXhTecI80Ddy8lx4K1pHQ2kP3MFXdrvzjEo2urjNWg/zOGdrZe8Ej1d800wvmFUK"
    "M0NfbS7kQn3McBfgADrnTYRUjQuDG9+5RXTPhnZ4znwpjYCNV2AbFbgRzIbC82IjY836+0"
    "nBYQPONI5kd1rJ5nOB+VWaGP8hfoo9T67Ck4aYjza3isKWQJj+Kle4vTinRYDQxuft7KC5"
    "Wmlk6KOhtY/eifKsWDoyTSMZHaL1xdx45TqRxzjEZCmjqTRDMt166EaJREApqRjOJg3eXp"
    "dmgLcPPIJdDp6sHOkoOFFhn4XlpUy11iY3QJYKecsFHb5sXg5rynKtdDtdPloZfxfVJcjM"
    "vpQ7XdywqC5Bmj20bDRWilzFJnmcWLXfT2zK1DH2Pkkt+157cI465mUYpSNcGI9xwn6cmw"
    "mqbOqK2KJfmpD0+KWBh593h58+0HhCwEWKWCFiIg5oUtOJEuGwMXxmEFZGr/4njZUQfKhG"
    "dk8UIz/HBfEQYh4g50Su9M7HhhB5ofeKBw45FCJ39inaXDGfZwf1nWtF4hDD/ax1OjakC7"
    "9/H4haEq1piJUzUO5t1XmPFXnjTG+a7hCEkjYkWe2zUscnxh76t2xnucqhHAx8f2SSlx/q"
    "RAnD9Ji/PSUyw9xTGQW+E5WtJTLD3FT/QUwyV+fsp2juIUsbTB1c1iIP3E0k/8kiCVfmLp"
    "J36ZQEvf5c+yj0rf5U/Ib+m7lL5LOaN2NKO8qm6VPDpREnlE0saKAGH+cyJerVpFgDDN+m"
    "VhW7YgQHRM1ehs3ja2TX3eSvmP/faDfPextu6xyXucD6b00dbLR3uP7SAmoKzsESFpoJtl"
    "LxmmfEpVQNjv3kB0j0rJdUcFct1RhlxHCcv0FhYc8rwmeX67/4+R45pxnPP3/wcdOU3M"
)
