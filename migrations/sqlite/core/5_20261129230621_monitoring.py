from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "alert_rules" (
    "id" INT NOT NULL PRIMARY KEY,
    "changed" JSON NOT NULL
) /* One row: the rules of alerts that differ from the defaults. */;
        CREATE TABLE IF NOT EXISTS "alert_target" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "label" VARCHAR(80) NOT NULL UNIQUE,
    "via" VARCHAR(10) NOT NULL,
    "address" TEXT NOT NULL,
    "mention" VARCHAR(25),
    "kinds" JSON,
    "quiet_from" INT,
    "quiet_until" INT,
    "muted_until" TIMESTAMP,
    "enabled" INT NOT NULL,
    "last_delivered_at" TIMESTAMP,
    "last_error" VARCHAR(300),
    "created_at" TIMESTAMP NOT NULL
) /* Where alerts are delivered: a Discord channel, or what Apprise knows. */;
        CREATE TABLE IF NOT EXISTS "minute_stat" (
    "minute" TIMESTAMP NOT NULL PRIMARY KEY,
    "live" INT NOT NULL DEFAULT 0,
    "none" INT NOT NULL DEFAULT 0,
    "private" INT NOT NULL DEFAULT 0,
    "gone" INT NOT NULL DEFAULT 0,
    "unknown" INT NOT NULL DEFAULT 0,
    "exchanges" INT NOT NULL DEFAULT 0,
    "failures" INT NOT NULL DEFAULT 0,
    "rate_limited" INT NOT NULL DEFAULT 0,
    "busy_ms" BIGINT NOT NULL DEFAULT 0,
    "limited_ms" BIGINT NOT NULL DEFAULT 0,
    "paused_ms" BIGINT NOT NULL DEFAULT 0,
    "workers" INT NOT NULL DEFAULT 0,
    "cpu_ms" INT NOT NULL DEFAULT 0,
    "memory_mb" INT NOT NULL DEFAULT 0,
    "upto_100" INT NOT NULL DEFAULT 0,
    "upto_250" INT NOT NULL DEFAULT 0,
    "upto_500" INT NOT NULL DEFAULT 0,
    "upto_1000" INT NOT NULL DEFAULT 0,
    "upto_2500" INT NOT NULL DEFAULT 0,
    "upto_5000" INT NOT NULL DEFAULT 0,
    "upto_10000" INT NOT NULL DEFAULT 0,
    "beyond" INT NOT NULL DEFAULT 0
) /* All that was done within one minute: checks by outcome, exchanges and their response times, time and memory. */;
        CREATE TABLE IF NOT EXISTS "schedule" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "name_key" VARCHAR(160) NOT NULL UNIQUE,
    "niche_ids" JSON NOT NULL,
    "every_seconds" INT,
    "cron" VARCHAR(120),
    "timezone" VARCHAR(64) NOT NULL,
    "jitter_seconds" INT NOT NULL DEFAULT 0,
    "active_from" INT,
    "active_until" INT,
    "fresh_minutes" INT,
    "only" VARCHAR(15) NOT NULL,
    "stop_at_target" INT NOT NULL DEFAULT 0,
    "only_changes" INT NOT NULL DEFAULT 0,
    "channel_id" VARCHAR(25),
    "mention" VARCHAR(25),
    "enabled" INT NOT NULL,
    "starts_at" TIMESTAMP NOT NULL,
    "next_at" TIMESTAMP,
    "next_due_at" TIMESTAMP,
    "fired_for" VARCHAR(25),
    "last_at" TIMESTAMP,
    "last_word" VARCHAR(300),
    "created_by" VARCHAR(80) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* When niches get a batch by themselves.  ``name_key`` is the case-folded name. */;
CREATE INDEX IF NOT EXISTS "idx_schedule_enabled_c3cbe5" ON "schedule" ("enabled", "next_at");
        CREATE TABLE IF NOT EXISTS "story_hour" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "niche_id" INT NOT NULL,
    "hour" TIMESTAMP NOT NULL,
    "count" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_story_hour_niche_i_9fdfa5" UNIQUE ("niche_id", "hour")
) /* How many stories of a niche's profiles began within one hour, as far as checks found them. */;
        CREATE TABLE IF NOT EXISTS "unknown_stat" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "hour" TIMESTAMP NOT NULL,
    "reason" VARCHAR(20) NOT NULL,
    "count" INT NOT NULL DEFAULT 0,
    CONSTRAINT "uid_unknown_sta_hour_eaebd6" UNIQUE ("hour", "reason")
) /* Checks of one hour that stayed unknown for one reason. */;
        CREATE TABLE IF NOT EXISTS "alert_delivery" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "nonce" VARCHAR(25),
    "attempts" INT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMP NOT NULL,
    "claimed_until" TIMESTAMP,
    "ended_at" TIMESTAMP,
    "error" VARCHAR(300),
    "alert_id" BIGINT NOT NULL REFERENCES "alert" ("id") ON DELETE CASCADE,
    "target_id" INT NOT NULL REFERENCES "alert_target" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_alert_deliv_alert_i_b6f3d4" UNIQUE ("alert_id", "target_id")
) /* One alert on its way to one target: waiting, delivered, or given up. */;
CREATE INDEX IF NOT EXISTS "idx_alert_deliv_target__385876" ON "alert_delivery" ("target_id", "id");
CREATE INDEX IF NOT EXISTS "idx_delivery_due" ON "alert_delivery" ("due_at") WHERE state = 'waiting';
        CREATE TABLE IF NOT EXISTS "schedule_run" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "why" VARCHAR(12) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "ended_at" TIMESTAMP,
    "batch_id" VARCHAR(36),
    "outcome" VARCHAR(12) NOT NULL,
    "word" VARCHAR(300) NOT NULL,
    "schedule_id" INT NOT NULL REFERENCES "schedule" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_schedule_ru_schedul_be2091" UNIQUE ("schedule_id", "due_at", "why")
) /* One run of a schedule: when it was due, why it happened, what became of it. */;
CREATE INDEX IF NOT EXISTS "idx_schedule_ru_at_523d22" ON "schedule_run" ("at");
CREATE INDEX IF NOT EXISTS "idx_run_open" ON "schedule_run" ("id") WHERE outcome = 'open';
        ALTER TABLE "alert" ADD "batch_id" VARCHAR(36);
        ALTER TABLE "alert" ADD "key" VARCHAR(160);
        ALTER TABLE "alert" ADD "handed_on" INT NOT NULL DEFAULT 0;
        ALTER TABLE "alert" ADD "detail" JSON;
        ALTER TABLE "batch" ADD "schedule_id" INT;
        ALTER TABLE "error_group" ADD "action" VARCHAR(200) NOT NULL DEFAULT '';
        ALTER TABLE "profile" ADD "watched" INT NOT NULL DEFAULT 0;
        CREATE INDEX IF NOT EXISTS "idx_alert_new" ON "alert" ("id") WHERE handed_on = 0;
        CREATE UNIQUE INDEX "uid_alert_key_948bd5" ON "alert" ("key");
        CREATE INDEX IF NOT EXISTS "idx_batch_schedule" ON "batch" ("schedule_id", "created_at");
        CREATE INDEX IF NOT EXISTS "idx_batch_finished" ON "batch" ("finished_at");
        CREATE INDEX IF NOT EXISTS "idx_profile_watched" ON "profile" ("username") WHERE watched = 1;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS "idx_profile_watched";
        DROP INDEX IF EXISTS "idx_batch_finished";
        DROP INDEX IF EXISTS "idx_batch_schedule";
        DROP INDEX IF EXISTS "uid_alert_key_948bd5";
        DROP INDEX IF EXISTS "idx_alert_new";
        ALTER TABLE "alert" DROP COLUMN "batch_id";
        ALTER TABLE "alert" DROP COLUMN "key";
        ALTER TABLE "alert" DROP COLUMN "handed_on";
        ALTER TABLE "alert" DROP COLUMN "detail";
        ALTER TABLE "batch" DROP COLUMN "schedule_id";
        ALTER TABLE "error_group" DROP COLUMN "action";
        ALTER TABLE "profile" DROP COLUMN "watched";
        DROP TABLE IF EXISTS "alert_delivery";
        DROP TABLE IF EXISTS "story_hour";
        DROP TABLE IF EXISTS "alert_target";
        DROP TABLE IF EXISTS "unknown_stat";
        DROP TABLE IF EXISTS "schedule_run";
        DROP TABLE IF EXISTS "schedule";
        DROP TABLE IF EXISTS "minute_stat";
        DROP TABLE IF EXISTS "alert_rules";"""


MODELS_STATE = (
    "eJztXW1z2ziS/isofcluSpuKHccz57m9KtlWEu04kle2JzM33mIoEZK4pkAtX2xr9+a/Xz"
    "dAUnwXIUsKxeDDTCwSDZBPg0B3o1/+0xrbDn3Tsajjtc7If1pMn1P4I365TVr6YhFexJ+e"
    "PrJ4Kz1qMHI9Rx9jHxPdcilcMqg7dsyFZ9oMm97Yc+rNTDYlC2ovLEp094EaxLPJiML/Le"
    "MnYjNKnkxvZvseeW1Qy3ykDjU03XtNTJe4nmlZQfvo5hsc3LDHMDp0vcNx7tk965CvXx/o"
    "8utXbIZdQU9jSia2Qyi0OiM6cenYZgbhuPAxiOlhawZjviFAb1BPNy3RxdNM94DGMKfU9Y"
    "irL10Y0zUNeM4Z/EefPRj269eZzgx4PJsJqiMxqum54eOZ1CW6A+/kmJ5H2U/BmNHDw0CU"
    "8T4npgMj2RP8MYc2HD6fmf/yqebZUwCOOgDi7/+AyyaM+kxd/Pl7a+xQ3eMYteDef1oTk1"
    "oGv9cyDbzUos8Lh7oucNsNewjnkmk8axwRjdEnPn+WC36jxelg4uAP8uVTd9gl0duSv5K3"
    "rT+wn8WDxsdLTFAYFm7x61rY37k57THvA2+L82KkjW3Ln7NV+8US2M4iApPx2TuljDr4fn"
    "DNc3ycvcy3rGCWhxNa4LRqIgCK0Rh0ovsWfgNILR5gda2laf3BrXbTvdW0Vub7CCliUzm4"
    "BBMKvy14VJcDMMVH+Mt/HR+/e/fD8dt3pz++P/nhh/c/vv0R2vLnzd764Q/xMCu0RFccs9"
    "7HXv8WH8iGD1h81njhD06je7q24vUK/Qd4+Sz+FzPdyUc/bJ/CH14sjX+IdhkDwgsrDqwW"
    "nX2wYK4/axZlU28GP9+9LUH3l87w4lNn+Kd3b/+chLgf3DnmtxDsFbiuP/onHXsy+MZIGg"
    "jx0XEVjKFVIcj8XhJlXF9lIA7bNxDf92+r4AutCvHl91L46g5sKFIIRxT7w7jV2gvCx5UQ"
    "Pi5B+DiLcGxTzqB8CXc8c07zkU5SptA2AtI34R8HOL9LwL7tfe7e3HY+X2P3c9f9l8Xx6t"
    "x28c4xv7pMXf3TaYovUSfkS+/2E8Gf5H8H/S6H03a9qcNHXLW7/d8WPpPue7bG7CdNN+KY"
    "hJfDSwk2xyVUWUanabfA6kDYUZzePqd1EN/nC3ivDJcLxdo4yXrhdpdf7tsXy7THRyc/nP"
    "z47vQkEmWjK2USbCitxqRTupQSTkXzjTad9NfwbXWDpNR0WklqOi2Rmk4ze85I98YzLU/5"
    "KsY3TrMVkGslPL07rSL/p5eVmPx/msZY2AiyCP/tZtAvWuZDivQCb4498n/EMt0qa0HNcC"
    "7BFaFIrOohnn/63Pk1DfXF1eA8vVxjB+cp3CPTg8T6m6D5rhdgtNRMHmLWArww0scPT7pj"
    "aIk7GdnGpDl73nlA++HnIbV0/kpZjFd2ykvR1fJwpdXV1eBb5Jjax3YRqNlb8+N5+orO9C"
    "l/JRz7j3YuZPmW3ziipRZgzYi3XGsKHjAaWEhtxu2YT/oSDa5olxU64BlcMj2ArL2yYraJ"
    "7ZAp/M2Iv8jafbfRKRp5b2e2S9FEuiIkHjfUOpQYPtqQhZ1UXIhsrLrLKYQxty1sv3jh61"
    "eG9tqvX+HazBzPuB2W0Wfo1VkSfeJR557pZOzo7ow8ULpw28S1gyGJQ8cUBxC/H0BwdNG6"
    "6+kP1OU9zanrAn+5TbjImvt7wCWxA4t3wh//yJh5V/faJDDsJmy98P6BCXidvTecERqQrD"
    "P5uh58quSv5FXAn1fK7FtTsy/nlJRdMiTYo0UnmEX7MewcVZKxS0TsjITNlwsZjCOC5snW"
    "x++rWM3eFxvN3qfRVSr2dlTsYCfIoLjGHBVRKZtjrS1RY0sHJhiaz7w8TXSNdTlNrKyOde"
    "Y15Rqs/Mccp1McrjWHHcd2ZESKiKB5IsW7Sidx70pO4t5lT+Li+lV13SRO9W0FiwNUUtIH"
    "zbnoF0KfoGkS9ts14aVmeBbgD7ZDzSn7mS45zj14JD1fG0k6FB4YuEUGOrjs6E+RmSLxRc"
    "O7G9SinlhqOzcXnctuq5KHxCag3kZ9NRTaxBebj22xwXnHdtShbwXfUtaIKu6111lQnahZ"
    "JfOpYz+dcfsfp0NzJe/GFXZCw5xMqEMmjj3njQKmuflW0xf0td51VMqQ92IrXpX5Xgcz3g"
    "vV8GID3XimM5ylGWiLzw5jJC86PNzMWPffE5+NEUUy8k3LM5n7Bof9n11Z7/ZxpihxErbj"
    "hSnYFfJXptWWUb40rbap9WvTF1gFaLh+JA5I0Dv+0nRhDIPglGPU4ocv3Am+s1g4pkvFAU"
    "d2ldpKr3i48/UraE14bCFc6V0KfRpi8QuoX7nEFKdCATVcuBtecd99dGJGSnwCJOG/0+ul"
    "6RFAy22Tvs3oPdMtC2j/7pvUIzPbd8Tzz03me7DWuia68s9Ng5nTGdCyYIldWPZyTpkHg6"
    "P2TP4Nff0k1uCj9rvjt4SbVsgJ/GWKcyDeQS3X5AM5WdnZkgxvTXNMaMXKd0SwnTOTGnkk"
    "/VhF9f6xWPP+MaN4P5q6DLRB8wa6cG//HCpYKbPw3tLnIoPGiqQREJfZALu/3pYLC5EJ8G"
    "rQ/xg2T0sQSchxyTfz3I+KZ3SMpHm2uu0f//EtW0Y6jgiUY93mjnX/QvFHQ/FFQr5IEm2k"
    "+9UM9m2fwQqECo7o1uBadDangMVF1fc2PftMkapzsVqfizHEOO/UxrYtqrOic8+IKsXeEZ"
    "DtSswJpfb9svR8MLhKcPO8l5Zj7j6fd0G05GyERqZXcExj6W7kKLrReXNuB+oDq/MHxlkm"
    "ffqcpGqeWLuTI2gVDNrYL0pFVmz9dHGnkRWW/cTPa3PM7uGtdpnRPd5orcW9+ywOcNwwZM"
    "AVXvlkri/hvwdKRnQCY6BheqZj3hrMiEP0KaDxk7CTmy7xmbugDMh5D57ueGRsgxTrYlyD"
    "C3eyRvl9DvwCm3bwVHLuIUkide641sgdsFEC4hiF8r/JEZenjs4228+TlGo/P+T9PLtNZV"
    "a27PQYMHprw/8qeQ/drHo5qBWtqt9Qcimv4Dj0kq3fN0yvy7zciMrVvbLNH1tpNGpW4cDd"
    "JoZp8P007+A8dXfLh8Mq8g7v7SPyTn4bUMt/TZf/xCHr2JOzjUQEjThg3bl7AHVGMuiG7R"
    "sI7kkVcE+KwT052DSFh5zirSgVTDHEhalgDh/hk0oIn5QgfCIQroWD5jlmRcrKieJyiYg4"
    "ihpU8hSHT25uCsOMPSELx56Y6OUt8huPZ3T8QI03hFyg0YU6LhFGndAVcWzP52aQAGNiMt"
    "OdUVdQFTiT7244kYEZNmCTuwuv8idzQLiJiTtIYu4PYUiCQfEHZQb6c7qeveCpNfS5zaZ8"
    "OJjhPjXQQDWnOnPJPcxyYpmM3rd45mXxOOjyGdikVs8YWL0C5+nghngn7is6Mw2DMtDBw1"
    "TPlMGjiqvBEz/BE+NRB3myHUxRbTM+qAvva/gWBY0lyDQNfYcXxahz3UCzWphRBA1uM/0R"
    "DW7QuUPn9iN0x31LKyd4xkQNvhuIOBxhzPIRv548JhDJQX7PvZpIGRJ7nVQvFbKIiMxhYR"
    "f8M8jLIyLCamKDBnNHbpiQqGQYKeXo7q53KaEa+b5pvEGa3ajiMU97PhL+7+RbuNnH86HF"
    "xWn+6uVKEP9XYi8M2zdQnNtJSuTVx55FuMv8ecaglMn14u/Z+bMllnDJadz61Lu87PbPgv"
    "X4nv39rnvXvTwLNoR71utr18PBx2H35uYM9iYN9jGcpu49uwRF8IwYNqPp7a8a1yoxrYRn"
    "aZY5FJ7Z3cxQnKZVvhR1NhVE+3KGy4UmuDiJ8vPLiRy3PV3GdTJqv78Tq7cHAmVceKqIZp"
    "xEAZpxlzMfc2SdQjDD5grINJAs2KsrAhk2V0CmgVw45mNu+r/i/WdFoeDMHPDLzcupmpcF"
    "QPoMA3xl5KIYhYIzDaf7YC4WUht5jELBmYYzMBdKwBmjUOkmk2quDIxxEjUtM185L1SINs"
    "+8eMgSx8gkmQI2Daw+9kAU1wRQOdB+sGy9KHw6Q5qCd4K0OwP4za4gLsHvcnB3ftUl18Pu"
    "Re+mF4SeRmYXfhMvreKKht3OVQrxIN+z5lDdlQuezlI2L9hkJ8fSIXAbhUhmiJXdsc52x/"
    "DEbiRVUylJ1cADmO07K6kIru/ie+K+CRuxOUmpVs06cznugSDJ5hSp4nOd+Rz5+chyOUGo"
    "eFxnHqdcmKqqykkqdf6aczRjAkZyqMZJFKRr03ZzuHKMEHIZpvthL4eFbdUQsficSgSIwQ"
    "OQ/t3VVVlq6Vg2mUfK8iyU1aPtue9v95EeZABsYah9MsMdL1f3cpQ+i46aipPweX4JShfY"
    "Q5Pg2bEnvvjs8t3xo0+y1Cdfo1GztZ75He5mznMHC2/wVy6xnxix7GnWr35d4yr+3fEazG"
    "HpRxXmqcI8a78QNEKDwEgVqYOJWS5bm2A3fVct91VJ6qu03dSjz1Lghu0bCe4OMov5LnVk"
    "Iy/iNM07U9v+HF449vNSThOOkyhNOGtciEs8VQOz4jTbDM+q71a6JhqrxLQQxaG+yLQQhb"
    "seJqRrbQvxGVWfqlUc9Q+6Q5+oZbXylZ7odnud3jOJt6yg+oQ1602Wrd5Cnma2S2MRsgIx"
    "ox2UPInXvHf1pUtcO09h2sUQKnfOgSpVU9+EnvJ4UCzAxGkaKChuv7JC8HFJwpykUkBXAD"
    "pYmiSBTlIpoCsALTY3Wc0nSdVEoHeT54ZvwZJOZkmqBmKtnMzqoSUdhMGxPlmNwsO5fMUi"
    "dnRXrlfMYw1fqlbwvDkYJOuSJ9ObhScp0rpDUT+iuuRqlxWpe7AGZKBVmDzdNfIZNY2vXy"
    "lMckPkB+KtnmamRYNW1DCh1U9RqxEd675LoSnXR55mS2h4z6KWhNlkDhie8XxHQrGBm5il"
    "oo1dJpQc2+Eazsj2eOIgBv8+OdALXsUqm2xJLJtNqSOyEc3sJyZeRieGOaWuhwdRPPVSWl"
    "Hi2ZU4QNDpDPAUNTYZtHwyx5TnRXLowtLH1EhkNwo6uWdBJvEJfAkzgqh4tv3Am3AqGLmd"
    "gNPTHzCv0pO+lD8I4+mLQi6oYzGlwdV9f1IaXEOA/mYaXN0s/jvGObbXyACdIlNIr0ea2Y"
    "GJvyrGEYFaMCrAy4UwGXgjgsblgD09qQDu6UkhuHhLacTfiUacSp+2GZcThCpQo848jmtz"
    "MiyO0ykO15/DgT1EZkfMEDZQrNuFYV550SgvGuVFk2/rvoDLeaWeguvtYvv2eNWigmF74Y"
    "8sc0z0Mc8wT3jusiCjPlqi0U6suw8UDao6M+CXSykLk9bDJfcJM+0Lwyw8Jya8z7N772qY"
    "F/jNfBPX05oZYHfieVpsal1Yujexnbmk0SRF1rzddfs+v/xjymJceKQQtVdJt7LZzKhM/s"
    "ewuQIyDSTWbkHLJ9N0zQEZvDqmOZQK3kxSZ6xsj7NvAyU1TasU1TorqrwIEptqvAqPLKsz"
    "xIrXdea1AzxwNqzAEadUXK4zl9U5QWPZXAvPOZGwIWtMCPM4FNoSolQR1QoCBjX50L0NPa"
    "yE+xohHfJIHcMcc78q14NRsCKdtQwc09AHC8Q67sNGmQGzIb/+39Z6Fw51LvU8i4uVK28x"
    "5s9H1EEvtMjb7ZWbKB0YDICNg2HPCOinQBQW7+Pl8mbmdIYdMeoWGSp+bwUvFOi1K++x0g"
    "wLq8fO1MNLJ2Jor61OJxisBcBw3gdrR6sdq05HvnzqDrtY+tCj5K/kVdD+VaY4XvwJYplv"
    "V+9Z/ZliifTLnsn2PQCeP1VA8Uqylp5ytcN7+3C14/Mn3/JTrQTcnt06WrHvQoIrretu/7"
    "LX/3gWLjgvLe32YxVP/WJH/bRxKPhkNmVEjLzGprjWVe8XgByty/esz+HH8jv37HrY+wWE"
    "AWCOqCBzzz7yu1N+967/c3/wpX9GYsuPdCW+SuUTS6onZsx5ZenH1zPsIFKQtwY/nxH74Z"
    "51zm+6/Vtt0L8ApoDYQZmnoUfXPTvv3F580u7618PBL1hhUWw2PoPt5RErLWY5i+N9GNz1"
    "L5H5njaxfWYAj2+6Qw1zrwGXXepo+LAwC4AU2k0RiHs2hF/aVe9zj19EdDTLnJv83s3gw6"
    "32pdO7PSOuPfE0TDp+z64GsCRqw+7f73pDpLHsqck0rBSBahhQdW8wC73W/fVaNHDFHqjB"
    "dihaAPevrrr9j/AG45lu4XyieLV78fP1AFbXM1GueGHDtIP+7m5wneE9+e6CH0Lfsw/d7u"
    "V55wKwnFBqoOwI79vRPvduPiN68Ma6NjfdOUJ3z3rX2vnVAFubC21k2dj6w2B4HpSwnNjO"
    "KKhiCSPxZ9DExwKj8cfQxFdzOxhonzv937Te5c0ZOtZrIIhiAgkXuXbJUQHpGVlmaEHxDE"
    "Rk+AtwojscDoYIhwMClUYdx3YE1d9uBn1B8k+Yv/AMIHz/pp0PLn+DB5gvvKU2so3lPft0"
    "+/kK+IH8nHlzC/iB/PwyHPQ/ajefOtfwvE+OjTaPmb6ApwX0gQMXt1r0sQP8wIKxFwod8E"
    "Yg7g/u4IlRbYIVD+YSzNvgURn1wueEufjrb+F1kTYjuPNh2L0BvHm8Ac5E7aLT7wx/w5mo"
    "iTM6ROBi0L/UgqmBGPASGMHMwFqht91hv3OFhUI9PHqyNlmPKpVzLanmmi3mqnseMkCmuk"
    "ecRBlvM9UioeucYgcliYZCghov6Zu6YVbyNTkt8TU5zfqaoIrGxkttLjNnk0QqEU5e3T6V"
    "W2jr541CLJBLCJ0gUrDmwOrZznKzI5MUqTKl183GmuXzRsWDUqSKz3XmM1eFNjsySVAqLt"
    "eay5YOPJAuEJWgap6EfFJFQD4plo9Psqk7AsQ2WjczxOqbqvM3FTtAkhEw40RKwFQ5QXcS"
    "zZDSLWOno5WdhRNUDQwB3o6zsAob2XnYSM5cfjGq16t+Gopr8vutT0DOJV1Y9nKeW8gjdq"
    "9d7ExjJFtVcqhx7Kcz9GMZz0gYBUG8GeZf0qFf3aU8edLI9r02D5wB9OwJuq+gf8oDXYYZ"
    "mjALk0cZzyuV71yzs5G2nNr2xa4a9Y/K2Ypgsj4KR2pXjdGoPbVCAA58ERr/RLIo39Lngi"
    "mcIGoEzGV6U/fX24TKFML5p8+dX/+cUJuuBv2PYfMY/BdXg3OVcON7UWFr4UgbpGwc2vyd"
    "02JA7GaZHCCaaU7YrkKYLrYVRbrCpJHCXSLINz+n6Lbq8qSLhi0yKL5Gmtc8eWJeRO4Wen"
    "zBzo49yabOsres1dUo9HZbaZ1UlsNvmxTOzlPxyqd0Q8Hdvg8kvDeVcpGJCBqXqOyokofM"
    "UYmHzFHWQ0aJTkp02qXo1GVTk9ELPa8oUOxeieBEeSttrFctB3Rjz6lIFs1Dd3hQEJorRE"
    "eBbNMmPPkBOruS0ZLomF8axCDQw8bUdc9AQPKCxNS6cPDELNd66L2bFa32NWiVhNQYcKAy"
    "UNc9LAak7pHMxha2b6DYsP2Tbd2Z+vP84unoX17grBwnSm9oGGn4f8Qy3Z15Lbf+e+KzMS"
    "JJRiCDeyZz3+Cw/7Mr8aIEdASp3EyTtsikNi3sIG2mgVXbdmSmfETQwDmvCrEoUW4jR47Y"
    "7i7D4xiZctSpM3+hK8RGYt9aUbxo0zocnm5td6qRinTDA50LdKSbMAp6jZIURUtLnTPbZG"
    "bDY8b0lTZceRIVccS5L0+nQB9N1EOEhkNBHl3CNYs+6iws+APcc2mO4XnXg6nT5pqdNiOP"
    "qZSst6JQnrvr9ZuFXPCVChAq8t+cUd3xRlRenkoQKomq3hKV2EvkrF1xqsaELu/F5hUvkW"
    "Fb2mbwZ0j3x4O8z+rtoUHvMn3hzmwpRSJOo+xfW7d/uSDcjuxnzXekTjRTZM0Tj7ZWZqIe"
    "6hwmAvno2P6ildXmVvfaJcocttKmUbO1uhzv1uW6k88cqhtR7nx01gXd6wH43BblZfGnQw"
    "3ojxrE1ecLi2b1tW10+AKdbGJitdiFE6zxVT+UFFnj/IW2VamsWG1DtsogHrZvoH1++87B"
    "nunJOQpFBA2EdyelhXjdEAm9OGrfGPl+a3rxxHSC5PCyinGSUh0m1Vo1jkoAyHI5QaiYXG"
    "smC6Esy+HikJQVRRO0jX2Ho+hciZXZ6VcUjfNabZZy98kGLXyJx3GtjHIXu9cuVu5mvBU/"
    "qauo3D2PZzooNpHuhT0Q+1HkGQ/8BMUpGSYD5c6FQifD/K+BkgYamOnAJXcBvKI8vaWLGd"
    "UnJkwPMvLHD9TLObfb49giO7u/gHXs3j9+e3wa1oHDo0KMTeHDeLb9QODfOSyRxLUJJhwl"
    "c9OyTJFEU+iscwAd2zN+lChGICMKT8drzo3oEpp+/XrP8LZlo9YocrYTsnpjfHbbxzJ0gf"
    "JLdIdnoWd20GVxineEiX/Nsax3q3y8IwunTTrfu3LTrKWbZshKqbOhkP1KLqqzXPQt0ljW"
    "jZ/b1hvLcpYXnbO9KE957QDdcRJmsXlI4BsRNBDe7cebHYAJaTfHk1tbAbgId/T2rQSIcR"
    "KFYxzH4/fSOAYkCsc4ju/l5+N7NR9zv+tNPmyFZN6XvcmnrZDM+7Y3+bgVkrlf90aft8Iy"
    "IaJz+5IEjiuC7xrDWlh4e/OF7eRYd4Pr7WLLrrlqUSn6QrQX0d7oV4fRERRNjB4Zw8hk4t"
    "hzbs7kaXhGlF8MalRaJiuKs9hOt3WLqDgQY+XOAip4dkwmqfoniBqo/h+/r5bMpyybTyad"
    "D/8GJGZw1F7ZA3P2wiC0WMaisqJQiOYgykvVabikS4CaJFK4FuJK4Q2eNgI3QakQzj0bWM"
    "guBnEShWkOpiZ71C05iWtFoRAt3rFki88kqBooa6l8JeqUfaNTdp9tmLEkQagibOvMY2aO"
    "Z/mZfQu3oTiJCkwvMIClEM7CK1lIpB/2cljY/hFOnjVVROJzKlFDBB6AYOn3b1NE5ApLyL"
    "tD/u2krIqrW+1iwyIvQe9WNyzyTCvo2mgvkMmYlFJ0IXwoDXMyoY6wA2KrgF1laVs27Kxu"
    "RsQqO3+jrYjCtzUH2uKY8BiJCglP7McHnXTqs8l8j+Y7ssfulaxKc95KwpG9Y1lizcCCQS"
    "jacRdrk3GPcdHbGeFlWl3Mjmv73tieQz80cskOkkNlvMnb/B/h+k3ntrPMKX2wx8HRlf2L"
    "7TzAushvmdzdPe6lfkZej3x3+RqvRyO0yWu+slLjNTylyZfaCU8A7MDjwGg2GXHXemOJJZ"
    "ssdHHHgx1efwmGg3HPhTM991QXXvNBqSYRdUAm5tR3Xn7CI/CSledXVLvQ2L7pun34snzx"
    "nmGZjzLG0LD5d32SndCNYIWR0YuC5gq/yEvffNTzVpsSJ/2IQqEYVoKRm4VTNQtT/lGMn/"
    "JIQBijUCgGKEayjgSOCRqFZOgPopsWinISQMZJFI7hmSS8rhaI3TLnkikyhWfo+whqjTbP"
    "mZZlEasxokMHcs9Z/oIpKI14kk6BLgX6QvfdDTBPkCnIpSB/4uYUmd0uRnHoWG/PtWHh58"
    "7aYl+8iEBhGNq+uI1Pm+fUbiqEMUGjkFSBotvHUQWKqkDROuGoAkVVoGjdkFSBoipQtFZY"
    "qkDRAw4UFb50GeeJyMWuyG8i8uSr4DFBsGujTWzHoA41CM8Jj2f6C8fG4D7MWPf1KzbSHu"
    "jy61d0NcDj/rHu0r9MsKKSwbvI8YfYatd1c/T63qNFZQNFGxwjuv24hfCbkAU4pGlcXYKj"
    "00ppuE5L8nCdZiuc2a6Zn0a32MAaI1GhTTnyhqGbPPUsGqM83YHFWgLdfGLlul8cQaYCmx"
    "rnKCchecbEfN0DkS/vtCgg/PDzkFp6wdLFpcpz7OLwvqyiwI1kCCtPWPIieFbJWRqITyiQ"
    "vwSga9HH4a4YWYh2p9kNGL2F5fXCNnL0u/jNdrGWh5GLuEbDgxuVtT1sG3ip286DS2w2pm"
    "c8jQ97QPdv1L8WOqMWqm3BLxPRE9l+Lk0XnsMgvksd0N4GzFryrD43nzp/OX5/ihocbt/U"
    "yFMH9zr2C/RFfE5tprszGfE7QdQ4+Xv3dcEWvgO7p5RKGSNpoFa5g8TDSmhsqtCY9IBdmN"
    "DdBmxOUio215rNC+q4wB652gJxGmW/WB8TLwDLIiwZFH8ddXNg8FYNi09MrERc/EXn5qJz"
    "2f02YfEB7hkJe8WPIuF6xfj1UvWNPacjm4dMYrmgJXFhamDcZVymRZHWXVA9knRHtrfx0c"
    "rOR8T40g4RIKzKFEG/rvuEMjiOx0NOR0u4DJrIX3gYKkrygfDu2P50Fsrs6gRHneDUa2FL"
    "qTdVZO2Sw4Xs2YI6wUmrM5Xq1ByVFKo5ylaqcWxLagqH7Rs4hbevLoaLvbQpJEPYhAqf6d"
    "Ld1Wp3lxXvzgBuiM0yV6QvRjtJtRWoa7RsHFdLv1ySfTmNMmX41nkFD21YHXRWoBqvqFIQ"
    "j4BsV6tHiPt+VeHzweAqoQWf99Ilae8+n3dhOeGwQyNTyPrZc0oQr6nuhKpREu/ihEBJKp"
    "UTKMGMTXMCKUvgS1lxcCaiqIL6BoxO06rsmHXj9EaOAnhM9aJj3tTh5GF+3eWn4Wjc0GDN"
    "fwlMN9BHr0kWvx0ehoeeA1kz3cqloNBOF2tS4fh74Y8sc0z0MS+quapRg+fIE5OZ7owaYY"
    "42+PyIv0Dj2Z9CC1isTPgT5kV7PYFvePb6z3mn3bsaSlQxFx4tIPSvjHhBVR5OEmzTMFgb"
    "a5iLwuarNmOdYaI3kf74DSEdwugTPz1firP210/coch4zZPXme49wxrlFnUKK5KnTHn/aa"
    "1Yn0iaiqf3oSUJE/v5/DPju02QEQ9/C1xgAE/nwjVMx7Hlu+YjXV0zqEe5kKYtFnPRHToO"
    "AtimFfXJO4rkFbGp8WbigvjbNQNRk98PqgXjC9HnBaDuwhjRHF6ZJJ+1YPJpEyo0g3AFaH"
    "FSmIz8B19bYmjkPFcclAgsiQcIeqv+DNGAEoMEU6JwEPLlU3fYJUEz8ldyJIz+uRbd+BtX"
    "1XTjNI2zj72rZlAosSes87BYfW1ZwLvMn2dOshLgr6j3ZzxrwWoe5PqTYECrc3Hb+6V7Rg"
    "T1Pbvu3N10L8+IyI5xzz6CEHZGwvxjNTC0gSgxsZ25pOEnRdZEI9t2PonYOZKrFeb6KzX/"
    "JAk3swDVDOv9GIDSG3nFM7w02f58Fd7uampvOwIgRyKqCm4OqQI4DTCKhiaVn7oZOgVtJk"
    "goLblXjQ9K0yloM9nassqFtNUvSa4Mf3Uz/GX4HVOcNxHt033UWJJsXXHJ3uJyfZ/L8ZjN"
    "GmT8Ye8X4AcI+UJMi0v59+yu/3N/8KV/RmIZc7+93B+3NryEdasu6sy5wc9nxH64Z53zm2"
    "7/Vhv0L1BFG7mUweSDd7tn553bi0/aXf96OPilC8ziQW2azxaO/UhZHo9xvA+Du/4lTgNP"
    "m9g+A/0OtL2hhrV4znisiIYPC/MBSKHdFIG4Z0P4pV31Pvf4xXiu1Xt2M/hwq33p9G7PiG"
    "tPPA0rJdyzq8HHXl8bdv9+1xsijWVPTQbY/8s3HU7VvbnpDfpa99dr0cAVNhVNeFVDC5gH"
    "V1fd/sculoHQLZxZFK92L36+HsBSHlSHWNgwAaG/u5vrbv+S9+S7CwrcgD4+dLuX550LwB"
    "KNTmh9hfftaJ97N58RPXhjXZub7hyhu2e9a+38aoCtzYU2smxs/WEwPO9dXiLAoD2OTMNA"
    "bGEk/gya+GxgNP4Ymvh+bgcD7XOn/5vWu7yBCWPb2lxnS1A8XeTaJUcFljJkmcEhoS6+QX"
    "f4C3CiOxwOhgiH8wjMoI5jO4IKTyYFyT9h/sIzwEr4m3Y+uPwNHmC+8JYa+jjes0+3n6+A"
    "H8jPmTe3gB/Izy/DQf+jdvOpcw3P++TYbKq5M30BTwvoAwcubrXoswf4gQVjTwu+f3gjWH"
    "sHd/DEuIXB2gdzCeZt8KiMeuFzwlz89bfwOkzE52V458OwewN4c7MszkTtotPvDH/DmaiN"
    "daY7S0TgYtC/1IKpgRhgbQ4tmBnAn/5td9jvwIsB1mjcsjZZmSp5VpU4VmX9qoQYsFITNh"
    "Uk0j0oWaL2skTcOi5/XhwjVryuM69TBx8ynE6RKj7Xn8/RmZg8nyNSxec689my7Q01/jih"
    "4nGdeRwIr7DLgsb3IGE3yxIqw1mmyn3oUCGBa4JGpSnKyam/chmQOGyLUe3R1zq6Esc135"
    "Gobmdsypv3e1j+v0UF9Lrxs1El0OsGbtVg78Ia6EOY48PexW1ZsHfaNSBnb6jsZHuBPTQI"
    "6N362D4vW3kets883rTEvzZosN67FgsNmx46s6I7IQ8b596uM6pb3oyHnoehgcJr1YUb1P"
    "gJrqN0eu8fvz0+hTtYWjgoAG9PeA9wu0366IoalRzWLSvH6/abPEKON+zvLRemt9gyobnY"
    "XoP8cXgm0fqHCn3/hqHvK+ZUdbZbUajY4QpHm+Gcrwpv9I00D9zj99VCWMtiWDNBrOFaUn"
    "FdCJsrGTCv3ASuxxJzNWy/Rz/o1gHP1GC7zSJ8S58LyxiuaGrs0rAVLbT7621CAc2E90ZK"
    "6NWg/zFsno75TR/fjmiOub94SkcEjZvT28/Nr/IH7NG0hVEncnJaSLDHmexQ3VjuZzofVV"
    "mhj4oX6KPM+iw0oyzExdkZVhQqM0P50r1JZgZYDQxURTc6ss1SqxO9Opt0A1c5mXq5cRJ1"
    "ipfZL/zxmLpuXoqD4oCNOI2CNA3pRDct35FCNE6iAM2J3HLp2MfYVG0DcIvIFdBpoAGYBY"
    "KVW5D8g2XrhUtsgi4F7AQJG7VtXg7uzq+65HrYveihn3Jyn+Q3k3L6sNu5yvMYxvDqTV1H"
    "Y7RKZqmzzCIcfcWeubGfcIJc8bv2/OYxD3IWpThVE4x46ZiLakEXZVEXGdMSam4z288Bul"
    "AaiJMoD7SsDID4GHpOGuZSRAMKBWg+oAvdwfA1maj4NJmCVvnxfUcb6ka5Gt0wKVdmNkjk"
    "IRR9HN7H9Q18pIbUhZ10TLuPlA+X8pVK3m4X+0w5QUONRi2rVOab6WzK/Yr4GYbIw8fdr9"
    "rwRzAX8E8RXBqWyBuhSz91zsjTjMLtiWPPeZ7BNmYTFH88zaALbhHmjXJL8+118PXpA39v"
    "PcAvrnX6o39i5K5wbRJp8X5vwUL3DymXqXNz+r14Tf3X8fG7dz8cv313+uP7kx9+eP/j22"
    "hjyt4q26HOex9xk0oslOt9q+R3L7Vr1XTXigsn4fdYVQEM2zfQo2v77nLJRa7yuUWcSAnU"
    "eadBHCGZaRsjaeLM3UURnhGdBBJQVZBXFE3EeOsuGvrEk/NQjAgUvBXgLcvAVHRA9KKES3"
    "X2l9uJXXMjXxblwlJbuVDCmrE7bf0GY4T9vLIB0Z12sY7uxtus1c6/gOZKeNibS0BnBT2Y"
    "5ybD6pegwM5daj1Sd+NqnlvtHcsDdE1Uq6E9faSYqoVnnXKByMaLY8dmYfBTUBCUPnua7s"
    "V6tefwbMTxGdFdYnrkybQsMsO6TKDmYzjUQnc8tBJA63vmLtAFkpc4QOp/mh7sP8TE5E+G"
    "CK7iIxg+FaNgo7k9p8xbVSZwgBn8DcSbTjBlmgZiwuqhLHusW0Qk/+LVRsXwBI+aCPSNj7"
    "uqdqAzguciwQ8yxuRnoZnDoQuqw0sAgUsw9xyWQODJwjmNy8O/AAHfA47wRDf3bG4azJzO"
    "PCx6igDwJ/g3lk+oatGIuQAHgEvaML4XA4aqeHqIfvGq4mlaUq1UVfaopKzsUU5d2SD2Ou"
    "dQoNhjO0FUD6dtHK8xTtuJbVZi3c7QKSNO3qmonHIWtm+ez8lOrDcox/w7KIVSFeI4TQP3"
    "xtOTCjCfnhRXAz9Jgywk4g1WiCzhtw3hfVufdUFU99HwzFEC0BSVWnALgS0w2qxDtshso6"
    "CFKzxZtBZolhLYZugUuDmeacySUj7C9vusZ2ZZ+zHjbt9K7nr2QtM9zdOdKc05UiuNfs4S"
    "7zEIOm8K59v5tqFgbDH4GSeoJkxWeT5gZYCnSRXcVUqV6YxRS7IKX5KqeUrHcbWcICUpQd"
    "IrCdp9TTmdLkaiEF6PsEpRsd8UFY63SSRUglB5v9XulDNhdg0ObCRZHCNTp9i15684n9yI"
    "xytSxec68zk6VpaRPhJESv5YL3/w4M8NQ4PVV1T/r4gzKj+p35qI4CZl9UsXK69WrbysXH"
    "nmcCaM6xtJGbaSVA08oNm+84IKvWzswrVR6CV6huWoz9XDLgP3wqFfJfSypizfZ+xlHLBC"
    "h84AzXU+nZoTtFvr1zlg3GtQhDuG5CKakXs96i46FvIgRvwtHCCp0eaxjWREx7pwQzS9rF"
    "fnFvtGn84O9AQNCGagN13iw8xwoJPlT0TkpBdejo7uzsjYR9fMCfeb1B+Axl8QfQp8JIGv"
    "JaoshJsfyvPXczCFYXOl4MDzZrLXi4BMXFBXzA5iNVv0eeGEgczBHFg5OT4jrzR8Mc7J4B"
    "NqcTLgHf4gXz51h10S1KcmfyWvsPkrUWNCxX/WLv5zMy16qwp0TdfTg91CEyW9ZlKyaNC8"
    "gULo0XElZ6wSX6xMnJeKnG7iF8Mrt2+wJMbplD2kzhzm4TqS58ZxmgZaQ06rGEPSPIvZQk"
    "4zudGE/CcDcYxkjz4+oTB7iDuQrE3vRea8zeDdD7Q7sealVKqKvn8pKlXCZ30Zx3hwZxJl"
    "yUqO8UjSA4O4yIbTThVzTE2vRD3Hi87NReeyW1bOcYcWIcoMwfOkLYgGjvCFVqCowVrzzy"
    "f7icDoS0KfA1+5VbIruGFQYj9SJ8yEhZGfaGsRbrg/kddYOl3zF+5rHi8aRsS+hgfwXmft"
    "QbseLNeKI8jxdjBSuIrgGPj3i+oQKqPKvowqSe5V3TmSLFcbR9Z5K/oOqqMaJ1GY5mC6Wn"
    "NktN0VlTJn1FrZdYOclpUXIVaD0pM1ilsLN3IJDOMk3zWO9Ug8E6TUzRFNo1y7xcLpqsla"
    "8fR2RvHMD/hqO69cYtlTk7XJyPYxz4rNxUO+GfGEKWOYIyZ1RboUPahrTTBandg8pV1WIt"
    "1B/+vzoKiMJ/vMePKtK4HWKB3H9p2G9PEYvpX8rJ0lyfkSVI2D+V01w1mJ3SzjmyVWnizG"
    "xQWEYySNOHkskx93UUAYS1xrsPflSXrlhbFXVI0APjm3TypZhU9KrMInWauwCtbab7BW/e"
    "sJP+qWGT7JwcWJq3rCtUpNBbfgpaablRPOECs3hDpbZlQ1YVVNuO6QqmrCqprwYQKtKtx+"
    "L/uoqnD7HfJbVbjdRyUIXj7OpPBduA95No/ifSpD+F0fhOVi6lKak1VpPaQhnUJURQN/T+"
    "v+t3D+qduSv1tHXA5XFl5JL9zrsJfDwraqB258TiXcb+EBSP/u6mpr/rexo0vLsp9CzFPH"
    "DgHtgNFbG/63LtS9E++qGRz6Q84fBKZyL88dRFxvl3iDQAvNrOgN0iEjx35yaVDSBsv3AD"
    "k1iMneEDKYiKo09gOPEbd46SBy86nzl+P3p7yxB6MbebV/t9XtC3w/eP/aTHdzDg5K0tAn"
    "qBp3kr6tNPTF3iFKzvku5ByU7zfJT7kiUwyuNYOhKabYkFk7YySNC96rVHeppOxSturSgj"
    "qubPRFgkYFClRQFjhgL9cWom4ODN7K+kJ8YtUoXg8kweUn23dyJOHoVpkwjI20WdiqevAe"
    "EprUFYmWeKmzVy46Lk9MC66O6FRn5Mn0ZkFEHY7QxrKWE93Bf6D9+AF+CbfnGZ2XhO7tZK"
    "jcwL2wZBs24JioQL2DCNSL863iRhEnUftEjjk2XBNkhNeQRkmutZZcuSu8zJlF2P67Pquo"
    "RRjUHXsArrIbT/eyO378Zsme74tmmhu2W7vrX4gtFDbgcIMVdivoYUkNEnQIW6zDGzhUB1"
    "kpu6Nv3k3ubh2uNqKd2qsPY69W+0pj95XgQ8wwt9ggsqJoYOBKpcKxJXVjs2Vj1cZ9sBt3"
    "hzqgcWT37OB6yXatr1qs26iLYVUhwvUKEX6kThiSXnWtjJE0cbF8X60gSllFlExYFH5SEg"
    "gHzRuI7lElt8KjErfCoxy3Qpt5ucGqxVFnMZL9h519GyluawFm33Qb++P/AUxN/E8="
)
