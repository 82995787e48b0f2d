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
        CREATE TABLE IF NOT EXISTS "told" (
    "key" VARCHAR(160) NOT NULL PRIMARY KEY,
    "at" TIMESTAMP NOT NULL
) /* What is told once: an alert with a key that is here already is none. */;
CREATE INDEX IF NOT EXISTS "idx_told_at_f3d7a1" ON "told" ("at");
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
        ALTER TABLE "alert" ADD "detail" JSON;
        ALTER TABLE "alert" ADD "handed_on" INT NOT NULL DEFAULT 0;
        ALTER TABLE "alert" ADD "batch_id" VARCHAR(36);
        ALTER TABLE "batch" ADD "schedule_id" INT;
        ALTER TABLE "error_group" ADD "action" VARCHAR(200);
        ALTER TABLE "profile" ADD "watched" INT NOT NULL DEFAULT 0;
        CREATE INDEX IF NOT EXISTS "idx_alert_new" ON "alert" ("id") WHERE handed_on = 0;
        CREATE INDEX IF NOT EXISTS "idx_batch_schedule" ON "batch" ("schedule_id", "created_at");
        CREATE INDEX IF NOT EXISTS "idx_batch_finished" ON "batch" ("finished_at");
        CREATE INDEX IF NOT EXISTS "idx_profile_watched" ON "profile" ("username") WHERE watched = 1;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS "idx_profile_watched";
        DROP INDEX IF EXISTS "idx_batch_finished";
        DROP INDEX IF EXISTS "idx_batch_schedule";
        DROP INDEX IF EXISTS "idx_alert_new";
        ALTER TABLE "alert" DROP COLUMN "detail";
        ALTER TABLE "alert" DROP COLUMN "handed_on";
        ALTER TABLE "alert" DROP COLUMN "batch_id";
        ALTER TABLE "batch" DROP COLUMN "schedule_id";
        ALTER TABLE "error_group" DROP COLUMN "action";
        ALTER TABLE "profile" DROP COLUMN "watched";
        DROP TABLE IF EXISTS "told";
        DROP TABLE IF EXISTS "alert_delivery";
        DROP TABLE IF EXISTS "unknown_stat";
        DROP TABLE IF EXISTS "alert_target";
        DROP TABLE IF EXISTS "alert_rules";
        DROP TABLE IF EXISTS "minute_stat";
        DROP TABLE IF EXISTS "story_hour";
        DROP TABLE IF EXISTS "schedule";
        DROP TABLE IF EXISTS "schedule_run";"""


MODELS_STATE = (
    "eJztXetz2ziS/1dQ+pLdlDcVO45nznN7VbKtJN5xJK9sT2ZuvMVQIiRxTYFaPmxr9+Z/v2"
    "6A75cIWVIoBh9mYpFogPw1CHQ3+vGfzth26JuuRR2vc0r+02H6nMIfycsHpKMvFuFF/Onp"
    "I4u30qMGI9dz9DH2MdEtl8Ilg7pjx1x4ps2w6Y09p97MZFOyoPbCokR3H6hBPJuMKPzfMn"
    "4iNqPkyfRmtu+R1wa1zEfqUEPTvdfEdInrmZYVtI9uvsHBDXsMo0PXWxznnt2zr18N6umm"
    "9fUrtnua6R7RiWFOqesRV1+6QOGaBowyg//os/cGSWY6M6BzmwmqQxh9TInpuWHnJnWJ7s"
    "ATOabnUfYT3MOG0dAwEGW8z4npwEj2BH/MoQ1/eZ+Z//Kp5tlTeG3qAAS//wMumzDqM3Xx"
    "5++dsUN1j79hB+79pzMxqWXwex3TwEsd+rxwqOsCr9ywh3AmmMazxvmsMfrEub9c8BsdTg"
    "dsxx/ky6fesEeityV/JW87f2A/iweNj5eaXjAs3OLXtbC/M3N6ybwPvC1ydaSNbcufs7j9"
    "YglMYxGByfjcm1JGHXw/uOY5Ps495ltWMEfD6ShwipsIgBI0Bp3ovoUzGKnFA8TXOprWH9"
    "xqN71bTevkZndIkZiIwaUxIAoQwaO6HIApPsJf/uvo6N27H47evjv58f3xDz+8//Htj9CW"
    "P2/+1g9/iIeJ0RJdccwuP172b/GBbPj8xEeJF/7gNLqnazGvY/Qf4OXz+J/PdKcY/bB9Bn"
    "94sSz+IdpVDAgvxByIl4xdsGCuP2sWZVNvBj/fva1A95fu8PxTd/ind2//nIa4H9w54rcQ"
    "7Bhc1x/9k449GXwTJC2E+PCoDsbQqhRkfi+NMq6vMhCH7VuI7/u3dfCFVqX48nsZfHUHNh"
    "QphCOK3WHc6ewE4aNaCB9VIHyURzixKedQvoA7njmnxUinKTNoGwHpm/CPPZzfFWDfXn7u"
    "3dx2P19j93PX/ZfF8ere9vDOEb+6zFz900mGL1En5Mvl7SeCP8n/Dvo9DqftelOHjxi3u/"
    "3fDj6T7nu2xuwnTTeSmISXw0spNiflS1lGZ2k3wOpA2FGc3jyndRDf5wt4rxyXS8XaJMlq"
    "4XabX+7bF8u0R4fHPxz/+O7kOBJloytVEmworcY4jnRvPNOKNITyzSdJs9b207DvIiOknt"
    "QRUrNzPyGknmQ3H6HI5hH+282gX7YWhRTZVcgce+T/iGW6dSZsw3CuwBWhSC09IZ5/+tz9"
    "NQv1+dXgLLumYAdnGdwj/VhikUjRfNerBJoTJg8JlRYvjPTxw5PuGFrqTm4DNmnBwnwW0H"
    "74eUgtnb9SHuPYFHYhulrur0gVXw2+RY6pfWSXgZq/NT+aZ6/oTJ/yV8Kx/zgohKzYuJhE"
    "tNLIqBnJliutjQNGCacjNuPGtid9iTY9NP0JReUULpkeQHYQm9oOiO2QKfzNiL/ImxY30S"
    "naEW9ntkvRjhcTEo9bEx1KDB/NlMKYJy5EhkDd5RTC4njATZj8wtevDI2KX7/CtZk5nnFj"
    "IQOFFzi8JPrEo84908nY0d0ZeaB04R4Q1w6GJA4dUxxA/H4A6cZFE6SnP1CX9zSnrgv85Y"
    "bLMpPj7wGXxA4s3gl//CNni4zvHZDA+pgySML7B3bKVUbJcEZoQLLKLul68KmSv5JXAX9e"
    "KdtkQ22TnFNSxrOQYIdmh2AW7cb6cFjLfFZhPcuZHvhyIYNxRNA+2frofR3Tzvtyy877LL"
    "pKD9yMHhjsBDkUV9hMIiplGGu0uWRs6cAEQ/OZV6SJrjCBZomVaazJvKZcg5X/mJN0isON"
    "5rDj2I6MSBERtE+keFfruOhdxXHRu/xxUVK/qq+bJKm+rWCxh0pK9jS0EP1S6FM0bcJ+sy"
    "a8zAzPA/zBdqg5ZT/TJcf5Eh5JL9ZG0j5rewZumYEOLjv6U2SmSH3R8O4GtagnltruzXn3"
    "otepdYy/Dqi3UV8thTb1xRZjW25w3rIddehbwbeUN6KKewerLKhO1KyW+dSxn065/Y/Tob"
    "mSd+MKO6FhTibUIRPHnvNGAdPcYqvpC/pa7d8oZch7sRWvznxvghnvhWp4uYFuPNMZztIc"
    "tOVnhwmSFx0ermes+++Jz8aIIhn5puWZzH2Dw/7Ptqx3uzhTlDgJ2/LCFOwKxStTvGVUL0"
    "3xNrV6bfoCqwAN14/UAckp0cmF6cIYBsEpx6jFD1+4p3Z3sXBMl4oDjvwqtZFehZM4aE14"
    "bCH8vV0KfRpi8QuoX7nEFKdCATVcuBtevSHk61f0tEVKfAIk4b+z66XpEUDLPSB9m9F7pl"
    "sW0P7dN6lHZrbviOefm8z3YK11TfQ3n5sGM6czoGXBEruw7OWcMg8GR+2Z/Bv6+kmswYcH"
    "747eEm5aIcfwlynOgXgHjVyT9+RkZWtLMrw1LTChlSvfEcFmzky+Lbgp3fvHOqr3j+Wa94"
    "85xfvR1GWgDZq30M948+dQwUqZh/eWPpcZNGKSVkBcZQPs/XpbLSxEJsCrQf9j2DwrQaQh"
    "xyXfLHI/Kp/RCZL22eo2f/zHt2wZ6TgiUI516zvW/QvFHw3FFwn5Ik20lu7XMNg3fQYrEC"
    "o5oluBa9nZnAIWF1XfW/fsM0OqzsUafS7GEOOiUxvbtqjOys49I6oMe0dAti0xJ5Tad8vS"
    "s8HgKsXNs8usHHP3+awHoiVnIzQyvZJjGkt3I0fRtc6bCztQH1iTPzDOMunT5zRV+8TarR"
    "xBq4jF1n5RKrJi46eLW42ssOwnfl5bYHYPbx1UGd2TjVZa3HvP4gDHDUMGXOGVT+b6Ev57"
    "oGREJzAGGqZnuoshEbr7QPQpoPGTsJObLvGZu6AMyHkPnu54ZGyDFOtiXIMLd/JG+V0O/A"
    "KbdvBUcu4haSJ17rjSyB2wUQLiBIXyvykQl6eOztbbz9OUaj/f5/08v03lVrb89BgwemvD"
    "/2p5D93EvezVilbXbyi9lNdwHHrJ1u8bptdjXmFEZXyvavPHVhqNmtU4cLeJYRp8Py06OM"
    "/c3fDhsIq8w3u7iLyT3wbU8t/Q5T91yDr25GwjEUErDli37h5AnZEMumH7FoJ7XAfc43Jw"
    "j/c2l94+5yErSwVTDnFpKpj9R/i4FsLHFQgfC4Qb4aB5hlmR8nKiuFwhIo6iBrU8xeGTm5"
    "vCMGNPyMKxJyZ6eYsUuuMZHT9Q4w0h52h0oY5LhFEndEUc2/O5GSTAmJjMdGfUFVQlzuTb"
    "Gw79N7sENmCTuwvHSX45INzExB0kMfeHMCTBoPiDMgP9OV3PXvDUGvrcZlM+HMxwnxpooJ"
    "pTnbnkHmY5sUxG7zs8PbB4HHT5DGxS8TMGVq/AeTq4Id6J+4rOTMOgDHTwMB8xZfCo4mrw"
    "xE/wxHjUQZ5sB7Mg24wP6sL7Gr5FQWMRtNh3eFGMOtcNNKuFGUXQ4DbTH9HgBp07dG4/Qn"
    "fct7R2FmJM1OC7gYjDEcYsH8nr6WMCkRzk98KrqZQhidfJ9FIji4jIHBZ2wT+DojwiIqwm"
    "MWgwd+SGCYkqhpFSju7uLi8kVCPfN403SLMdVTzhac9Hwv8dfws3+2Q+tKQ4zV+9Wgni/0"
    "rshWH7FopzW8nbG3/seYR7zJ/nDEq5XC/+jp0/O2IJl5zGnU+XFxe9/mmwHt+zv9/17noX"
    "p8GGcM8u+9r1cPBx2Lu5OYW9SYN9DKepe88uQBE8JYbNaHb7q8e1Wkyr4FmWZQ6FZ3bXMx"
    "RnaZUvRZNNBdG+nONyqQkuSaL8/Aoix21Pl3GdjNrv7sTq7Z5AmRSeaqKZJFGA5tzlzMcC"
    "WacUzLC5AjILJAv26ppAhs0VkFkgF475WJj+r3z/iSkUnLkDfrl5OVXzsgRIn2GAr4xclK"
    "BQcGbhdB/MxUJqI09QKDizcAbmQgk4ExQq3WRazZWBMUmipmXuK6cwgIE2z6J4yArHyDSZ"
    "AjYLrD72QBTXBFAF0H6wbL0sfDpHmoF3grRbA/jNtiCuwO9icHd21SPXw9755c1lEHoamV"
    "34TbwUxxUNe92rDOJBvmfNoborFzydp2xfsMlWjqVD4NYKkcwRK7tjk+2O4YndaCnzaaWp"
    "WngAs3lnJRXB9V18T9w3YS02pynVqtlkLic9ECTZnCFVfG4ynyM/H1kupwgVj5vM44wLU1"
    "1VOU2lzl8LjmZMwEgO1SSJgnRl2m4OV4ERQi7DdD/sZb+wrRsilpxTqQAxeADSv7u6qkot"
    "ncgm80hZkYWyfrQ99/3tPdK9DIAtDbVPZ7jj5epejtJn0VFbcRI+zy9B6Rx7aBM8W/bEF5"
    "9dsTt+9ElW+uRrNGq20jO/y93Mee5g4Q3+yiX2EyOWPc371a9qXMe/O1mDOSz9qMI8VZhn"
    "4xeCVmgQGKkidTAxK2RrG+ym7+rlvqpIfZW1m3r0WQrcsH0rwd1CZjHfpY5s5EWSpn1nap"
    "ufwwvHfl7KacJJEqUJ540LSYmnbmBWkmaT4VnN3UpXRGNVmBaiONQXmRaicNf9hHSlbSE5"
    "o5pTtYqj/kF36BO1rE6x0hPdPlil90ySLWuoPmHNepPlq7eQp5nt0kSErEDMOAhKniRr3r"
    "v60iWuXaQwbWMIlTtnT5WqqW9CT0U8KBdgkjQtFBQ3X1kh+LgkYU5TKaBrAB0sTZJAp6kU"
    "0DWAFpubrOaTpmoj0NvJc8O3YEknszRVC7FWTmbN0JL2wuDYnKxG4eFcsWKROLqr1ivmiY"
    "YvVSt43hwMknXJk+nNwpMUad2hrB9RXTLeZUXqHqwBGWgVJk93jXxGTePrVwqT3BD5gXir"
    "p5lp0aAVNUxo9VPUakTHuu9SaMr1kafZEhres6glYTaZA4anPN+RUGzgJmapOMAuU0qO7X"
    "ANZ2R7PHEQg3+fHOgFr2KVTbYkls2m1BHZiGb2ExMvoxPDnFLXw4Monnopqyjx7EocIOh0"
    "BniKGpsMWj6ZY8rzIjl0YeljaqSyGwWd3LMgk/gEvoQZQVQ8237gTTgVjHyQgtPTHzCv0p"
    "O+lD8I4+mLQi6oYzGlwTV9f1IaXEuA/mYaXNMs/lvGObHXyACdIVNIr0aa2YGJvy7GEYFa"
    "MGrAy4UwGXgjgtblgD05rgHuyXEpuHhLacTfiUacSZ+2HpdThCpQo8k8TmpzMixO0ikON5"
    "/DgT1EZkfMEbZQrNuGYV550SgvGuVFU2zrPofLRaWegusH5fbtcdyihmF74Y8sc0z0Mc8w"
    "T3jusiCjPlqi0U6suw8UDao6M+CXSykLk9bDJfcJM+0Lwyw8Jya8L7J7b2uYF/jNfBPX04"
    "YZYLfieVpual1Yujexnbmk0SRD1r7ddfM+v/xjymNceqQQtVdJt/LZzKhM/sewuQIyCyTW"
    "bkHLJ9N0zQEZvD6mBZQK3lxSZ6xsj7NvDSU1S6sU1SYrqrwIEptqvAqPLKtzxIrXTea1Az"
    "xw1qzAkaRUXG4yl9U5QWvZ3AjPOZGwIW9MCPM4lNoSolQR9QoCBjX50L0NPayE+xohXfJI"
    "HcMcc78q14NRsCKdtQwc09AHC8Q67sNGmQGzobj+38Z6Fw51LvU8i4uVsbcY8+cj6qAXWu"
    "Tt9spNlQ4MBsDGwbCnBPRTIAqL9/FyeTNzOsOOGHXLDBW/d4IXCvTa2HusMsNC/Ni5enjZ"
    "RAwHK6vTCQZrATCc98Ha0TlIVKcjXz71hj0sfehR8lfyKmj/KlccL/kEicy38XvWf6ZEIv"
    "2qZ7J9D4DnTxVQvJKspadc7fDeLlzt+PwptvzUKwG3Y7eOTuK7kOBK57rXv7jsfzwNF5yX"
    "lnb7sY6nfrmjftY4FHwy6zIiQd5gU1zn6vIXgByty/esz+HH8jv37Hp4+QsIA8AcUUHmnn"
    "3kd6f87l3/5/7gS/+UJJYf6Up8tconVlRPzJnzqtKPr2bYXqQg7wx+PiX2wz3rnt30+rfa"
    "oH8OTAGxgzJPQ4+ue3bWvT3/pN31r4eDX7DCothsfAbbyyNWWsxzFsf7MLjrXyDzPW1i+8"
    "wAHt/0hhrmXgMuu9TR8GFhFgAptJsiEPdsCL+0q8vPl/wioqNZ5tzk924GH261L93L21Pi"
    "2hNPw6Tj9+xqAEuiNuz9/e5yiDSWPTWZhpUiUA0Dqt4NZqHXer9eiwau2AM12A5FC+D+1V"
    "Wv/xHeYDzTLZxPFK/2zn++HsDqeirKFS9smHbQ390NrjO8J99d8EPoe/ah17s4654DlhNK"
    "DZQd4X272ufLm8+IHryxrs1Nd47Q3bPLa+3saoCtzYU2smxs/WEwPAtKWE5sZxRUsYSR+D"
    "No4mOB0fhjaOKruR0MtM/d/m/a5cXNKTrWayCIYgIJF7l2wVEB6RlZZmhB8QxEZPgLcKI3"
    "HA6GCIcDApVGHcd2BNXfbgZ9QfJPmL/wDCB8/6adDS5+gweYL7ylNrKN5T37dPv5CviB/J"
    "x5cwv4gfz8Mhz0P2o3n7rX8LxPjo02j5m+gKcF9IED57da9LED/MCCsRcKHfBGIO4P7uCJ"
    "UW2CFQ/mEszb4FEZ9cLnhLn462/hdZE2I7jzYdi7Abx5vAHORO282+8Of8OZqIkzOkTgfN"
    "C/0IKpgRjwEhjBzMBaobe9Yb97hYVCPTx6stZZj2qVc62o5pov5qp7HjJAprpHkkQZb3PV"
    "IqHrgmIHFYmGQoIGL+nrumHW8jU5qfA1Ocn7mqCKxsZLbS4zZ9NEKhFOUd0+lVto4+eNQi"
    "yQSwidIlKwFsDq2c5yvSOTDKkypTfNxprn81rFgzKkis9N5jNXhdY7MklRKi43msuWDjyQ"
    "LhCVomqfhHxcR0A+LpePj/OpOwLE1lo3c8Tqm2ryN5U4QJIRMJNESsBUOUG3Es2Q0S0Tp6"
    "O1nYVTVC0MAd6Ms7AKG9l62EjBXH4xqtdxPy3FNf39Nicg54IuLHs5Lyzkkbh3UO5MY6Rb"
    "1XKoceynU/RjGc9IGAVBvBnmX9KhX92lPHnSyPa9Ax44A+jZE3RfQf+UB7oMMzRhFiaPMp"
    "5Xqti5ZmsjbTi17YtdNZoflbMRwWR1FI7UrpqgUXtqjQAc+CI0/onkUb6lzyVTOEXUCpir"
    "9Kber7cplSmE80+fu7/+OaU2XQ36H8PmCfjPrwZnKuHG96LCNsKRNkjZOLT5O2fFgMTNKj"
    "lANNOcsF2NMF1sK4p0hUkjhbtEkG9+TtFt1eVJFw1bZFB8jTSvefLEoojcDfT4gp0de5JN"
    "nWVvWKtrUOjtptI6qSyH3zYpnF2k4lVP6ZaCu3kfSHhvKuUiExG0LlHZYS0PmcMKD5nDvI"
    "eMEp2U6LRN0anHpiaj53pRUaDEvQrBifJW2livWw7oxp5TkSyah+7woCA0V4iOAtnmgPDk"
    "B+jsSkZLomN+aRCDQA8bU9c9BQHJCxJT68LBE7Nc66H3bl602tWgdRJSY8CBykDd9LAYkL"
    "pHMhtb2L6FYsPmT7Z1Z+rPi4uno395ibNykii7oWGk4f8Ry3S35rXc+e+Jz8aIJBmBDO6Z"
    "zH2Dw/7PtsSLCtARpGozTdYik9m0sIOsmQZWbduRmfIRQQvnvCrEokS5tRw5Eru7DI8TZM"
    "pRp8n8ha4QG4l9K6Z40aa1Pzzd2O7UIBXphgc6l+hIN2EU9AolKYqWljpntsnMhsdM6CsH"
    "cOVJVMQR5748nQJ9NFEPERoOBXl0Cdcs+qizsOAPcM+lBYbnbQ+mTpsbdtqMPKZSsl5MoT"
    "x3V+s3C7ngKxUgVOa/OaO6442ovDyVIlQSVbMlKrGXyFm7klStCV3eic0rWSLDtrT14M+R"
    "7o4HRZ/V232D3mX6wp3ZUopEkkbZvzZu/3JBuB3Zz5rvSJ1oZsjaJx5trMxEM9Q5TATy0b"
    "H9RSevzcX3DiqUOWylTaNmK3U53q3LdSefOVQ3otz56KwLutcD8PlAlJfFnw41oD9qEFef"
    "Lyya19c20eELdLKJidViF06wxtf9UDJkrfMX2lSlsnK1Ddkqg3jYvoX2+c07B3umJ+coFB"
    "G0EN6tlBbidUMk9OKofWvk+43pxRPTCZLDyyrGaUp1mNRo1TgqASDL5RShYnKjmSyEsjyH"
    "y0NSYoo2aBu7DkfRuRIrs9PHFG3Au83a3Scb1PAlnsd1ctpd4t5BuXY34634UV1N7e55PN"
    "NBs4mUL+yB2I8i0XjgKCiOyTAbKPcuFEoZJoANtDRQwUwHLrkL4BXl+S1dTKk+MWGCkJE/"
    "fqBewcHdDscW6dn9BSxk9/7R26OTsBAcnhVicAofxrPtBwL/zmGNJK5NMOMomZuWZYosmk"
    "JpnQPo2J7xs0QxAhlReDpedG5El9D069d7hrctG9VGkbSdkPiN8dltH+vQBdov0R2ehp7Z"
    "QZflOd4RJv45J9LexQl5RxZOm2zCd+Wn2Ug/zZCVUodDIfuVYNRkwehb5LFsGj83rThWJS"
    "0vO2h7UaLyxgG65SzMYvOQwDciaCG8mw842wMb0nbOJze2AnAR7vDtWwkQkyQKxySOR++l"
    "cQxIFI5JHN/Lz8f3aj4WftfrfNgKyaIve51PWyFZ9G2v83ErJAu/7rU+b4VlSkTn9iUJHG"
    "OC7xrDRlh4L+cL2ymw7gbXD8otu2bcolb4hWgvwr3RsQ7DIyiaGD0yhpHJxLHn3JzJ8/CM"
    "KL8YFKm0TFYWaLGZbpsWUrEnxsqtRVTw9JhMUvVPEbVQ/T96Xy+bT1U6n1w+H/4NSMzgqL"
    "2yBxbshUFssYxFJaZQiBYgymvVabikS4CaJlK4luJK4Q2e1gI3RakQLjwbWMguBkkShWkB"
    "piZ71C05iSumUIiW71iy1WdSVC2UtVTCEnXKvtYpu8/WTFmSIlQhtk3mMTPHs+LUvqXbUJ"
    "JERaaXGMAyCOfhlawk0g972S9s/wgnz4oyIsk5lSoiAg9AsPb7t6kicoU15N0h/3YyVsX4"
    "1kG5YZHXoHfrGxZ5qhV0bbQXyGTMSim6ED6UhjmZUEfYAbFVwK6qvC1rdtY0I2Kdnb/VVk"
    "Th21oAbXlQeIJExYSn9uO9zjr12WS+R4sd2RP3KlalOW8l4cjetSyxZmDFIBTtuIu1ybjH"
    "uOjtlPA6rS6mx7V9b2zPoR8auWQH2aFy3uQH/B/h+k3ntrMsqH2ww8HRlf2L7TzAushvmd"
    "zdPemlfkpej3x3+RqvRyMckNd8ZaXGa3hKky+1E54B2IHHgdFsMuKu9cYSazZZ6OKOBzu8"
    "ABMMB+OeCWd67qkuvOaDWk0i6oBMzKnvvPyER+AlK8/HVNvQ2L7pur3/snz5nmGZjzLG0L"
    "D5d32SndKNYIWR0YuC5gq/yEvffNSLVpsKJ/2IQqEYloKRm4VTNQsz/lGMn/JIQJigUCgG"
    "KEayjgSOKRqFZOgPopsWinISQCZJFI7hmSS8rhaI3TLnkhkyhWfo+whqjTYvmJZVEasJon"
    "0Hcsdp/oIpKI14mk6BLgX6QvfdNTBPkSnIpSB/4uYUmd0uQbHvWG/OtWHhF87acl+8iEBh"
    "GNq+uI1PmxcUbyqFMUWjkFSBopvHUQWKqkDRJuGoAkVVoGjTkFSBoipQtFFYqkDRPQ4UFb"
    "50OeeJyMWuzG8i8uSr4TFBsGvjgNiOQR1qEJ4UHs/0F46NwX2Yse7rV2ykPdDl16/oaoDH"
    "/WPdpX+ZYEklg3dR4A+x0a6b5uj1vUeLygaKtjhGdPNxC+E3IQtwSNO6wgSHJ7XScJ1U5O"
    "E6yZc4s12zOI9uuYE1QaJCmwrkDUM3eepZNEZ5ugOLtQS6xcTKdb88gkwFNrXOUU5C8kyI"
    "+boHIl/RaVFA+OHnIbX0kqWLS5Vn2MX+fVllgRvpEFaesORF8MTJWVqITyiQvwSga9HH/q"
    "4YeYi2p9kNGL2F5fXcNgr0u+TNg3ItDyMXcY2GBzdqa3vYNvBSt50Hl9hsTE95Gh/2gO7f"
    "qH8tdEYtVNuCXyaiJ7L9XJguPIdBfJc6oL0NmLXkWX1uPnX/cvT+BDU43L6pUaQO7nTsF+"
    "iL+JzaTHdnMuJ3iqh18vf2C4MtfAd2TymVMkHSQq1yC4mHldDYVqEx7QG7MKG7NdicplRs"
    "bjSbF9RxgT1ytQWSNMp+sTomXgCWR1gyKP466mbP4K0bFp+aWKm4+PPuzXn3ovdtwuID3H"
    "MSdsyPMuE6ZvxqqfrGntORzUMmsVzQkrgwNTDuMinTokjrLqgeSboj21v7aGXrI2J8aZcI"
    "EOIyRdCv6z6hDI7j8ZDT0RIugybyFx6GipJ8ILw7tj+dhTK7OsFRJzjNWtgy6k0dWbvicC"
    "F/tqBOcLLqTK06NYcVhWoO85VqHNuSmsJh+xZO4c2ri+FiL20KyRG2r+Tku1olJ99VlJx8"
    "ly8ubYjNslCkL0c7TbURqBu0bBzVS79ckX05izJl+NZFBQ9tWB10VqIax1QZiEdAtq3VI8"
    "R9t6rw2WBwldKCzy6zNWnvPp/1YDnhsEMjU8j6+XNKEK+p7oSqURrv8oRAaSqVEyjFjHVz"
    "AilL4EtZsXcmoqiE+hqMztKq7JhN4/RajgJ4TPWiY97M4eR+ft3Vp+Fo3NBgzX8JTDfQx2"
    "WbLH5bPAwPPQfyZrrYpaDUTpdoUuP4e+GPLHNM9DEvqhnXqMFz5InJTHdGjTBHG3x+xF+g"
    "8exPoQUsUSb8CfOivZ7ANzx7/eei0+5tDSWqmAuPFhD6YyNeUJWHkwTbNAx2gDXMRWHzuM"
    "1YZ5joTaQ/fkNIlzD6xE/Pl+Ks/fUTdygyXvPkdaZ7z7BGuUWd0orkGVPefzox61NJU/H0"
    "PrQkYWI/n39mfLcJMuLhb4ELDODpXLiG6Ti2fNd8pPE1g3qUC2naYjEX3aHjIIBtWlGfvK"
    "NIXhGbGm8mLoi/XTMQNfn9oFowvhB9XgDqLowRzeHYJPmsBZNPm1ChGYQrQIeTwmTkP/ja"
    "kkCj4LmSoERgSTxA0Fv9Z4gGlBgkmBKlg5Avn3rDHgmakb+SQ2H0L7ToJt+4rqabpGmdfe"
    "xdPYNChT1hlYdF/LXlAe8xf547yUqBH1PvznjWgdU8yPUnwYBO9/z28pfeKRHU9+y6e3fT"
    "uzglIjvGPfsIQtgpCfOPNcDQBqLExHbmkoafDFkbjWyb+SQS50iuVprrr9L8kyZczwLUMK"
    "x3YwDKbuQ1z/CyZLvzVXi7ram96QiAAomoLrgFpArgLMAoGppUfurm6BS0uSChrOReNz4o"
    "S6egzWVryysX0la/NLky/DXN8Jfjd0JxXke0z/bRYEmyc8Ule4vL9X0ux2M2a5Dxh5e/AD"
    "9AyBdiWlLKv2d3/Z/7gy/9U5LImPvt5f6kteElrIu7aDLnBj+fEvvhnnXPbnr9W23QP0cV"
    "beRSBpMP3u2enXVvzz9pd/3r4eCXHjCLB7VpPls49iNlRTzG8T4M7voXOA08bWL7DPQ70P"
    "aGGtbiOeWxIho+LMwHIIV2UwTing3hl3Z1+fmSX0zmWr1nN4MPt9qX7uXtKXHtiadhpYR7"
    "djX4eNnXhr2/310OkcaypyYD7P/lmw6n6t3cXA76Wu/Xa9HAFTYVTXhVQwuYB1dXvf7HHp"
    "aB0C2cWRSv9s5/vh7AUh5Uh1jYMAGhv7ub617/gvfkuwsK3IA+PvR6F2fdc8ASjU5ofYX3"
    "7WqfL28+I3rwxro2N905QnfPLq+1s6sBtjYX2siysfWHwfDs8uICAQbtcWQaBmILI/Fn0M"
    "RnA6Pxx9DE93M7GGifu/3ftMuLG5gwtq3NdbYExdNFrl1wVGApQ5YZHBLq4hv0hr8AJ3rD"
    "4WCIcDiPwAzqOLYjqPBkUpD8E+YvPAOshL9pZ4OL3+AB5gtvqaGP4z37dPv5CviB/Jx5cw"
    "v4gfz8Mhz0P2o3n7rX8LxPjs2mmjvTF/C0gD5w4PxWiz57gB9YMPa04PuHN4K1d3AHT4xb"
    "GKx9MJdg3gaPyqgXPifMxV9/C6/DRHxehnc+DHs3gDc3y+JM1M67/e7wN5yJ2lhnurNEBM"
    "4H/QstmBqIAdbm0IKZAfzp3/aG/S68GGCNxi1rnZWplmdVhWNV3q9KiAGxmrCuIJHtQckS"
    "jZclktZx+fPiBLHidZN5nTn4kOF0hlTxufl8js7E5PkckSo+N5nPlm2vqfEnCRWPm8zjQH"
    "iFXRY0vgcJu1meUBnOclXuQ4cKCVxTNCpNUUFO/dhlQOKwLUG1Q1/r6EoS12JHoqadsSlv"
    "3u9h+f8WFdCbxs9WlUBvGrh1g71La6APYY4PL89vq4K9s64BBXtDbSfbc+yhRUBv18f2ed"
    "kp8rB95vGmFf61QYPV3rVYaNj00JkV3Ql52Dj3dp1R3fJmPPQ8DA0UXqsu3KDGT3AdpdN7"
    "/+jt0QncwdLCQQF4e8J7gNsHpI+uqFHJYd2yCrxuv8kjFHjD/t5xYXqLLROai+01yB+HZx"
    "Kdf6jQ928Y+h4zp66zXUyhYodrHG2Gc74uvNE30j5wj97XC2GtimHNBbGGa0nNdSFsrmTA"
    "onITuB5LzNWw/Q79oDt7PFOD7TaP8C19Li1jGNM02KVhI1po79fblAKaC++NlNCrQf9j2D"
    "wb85s9vh3RAnN/+ZSOCFo3pzefm1/lD9ihaQujTuTktJBghzPZobqx3M10PqyzQh+WL9CH"
    "ufVZaEZ5iMuzM8QUKjND9dK9TmYGWA0MVEXXOrLNU6sTvSabdANXOZl6uUkSdYqX2y/88Z"
    "i6blGKg/KAjSSNgjQL6UQ3Ld+RQjRJogAtiNxy6djH2FRtDXDLyBXQWaABmAWCVViQ/INl"
    "66VLbIouA+wECVu1bV4M7s6ueuR62Du/RD/l9D7Jb6bl9GGve1XkMYzh1eu6jiZolczSZJ"
    "lFOPqKPXNtP+EUueJ34/nNYx7kLEpJqjYY8bIxF/WCLqqiLnKmJdTcZrZfAHSpNJAkUR5o"
    "eRkA8TH0gjTMlYgGFArQYkAXuoPhazJR8VkyBa3y4/uONtS1cjW6YVKu3GyQyEMo+ti/j+"
    "sb+EgNqQs76Zj2HikfLuMrlb59UO4z5QQNNRq1rFOZb6azKfcr4mcYIg8fd786gD+CuYB/"
    "iuDSsETeCF36qXNKnmYUbk8ce87zDB5gNkHxx9MMuuAWYd6osDTfTgdfnT7w984D/OJapz"
    "/6J0buCtcmkRbv9w4sdP+Qcpk6M6ffi9fUfx0dvXv3w9Hbdyc/vj/+4Yf3P76NNqb8raod"
    "6uzyI25SqYVytW+V/O6ldq2G7lpJ4ST8HusqgGH7Fnp0bd5dLr3I1T63SBIpgbroNIgjJD"
    "NtEyRtnLnbKMIzopNAAqoLckzRRow37qKhTzw5D8WIQMFbA96qDExlB0QvSrjUZH+5rdg1"
    "1/JlUS4sjZULJawZ29PWbzBG2C8qGxDdOSjX0d1km5Xa+RfQXAkPe3MJ6KygB/PcZFj9Eh"
    "TYuUutR+quXc1zo71jeYCeiWo1tKePFFO18KxTLhDZeHHs2CwMfgoKgtJnT9O9RK/2HJ6N"
    "OD4juktMjzyZlkVmWJcJ1HwMh1rojodWAmh9z9wFukDyEgdI/U/Tg/2HmJj8yRDBVXwEw6"
    "diFGw0t+eUeXFlAgeYwd9AvOkEU6ZpICbED2XZY90iIvkXrzYqhid41ESgb3zcuNqBzgie"
    "iwQ/yBiTn4VmDocuqA4vAQQuwdxzWAKBJwvnNC4P/wIEfA84whPd3LO5aTBzOvOw6CkCwJ"
    "/g31g+oa5FI+ECHAAuacP4XgwYquLpPvrFq4qnWUm1VlXZw4qysocFdWWD2OuCQ4Fyj+0U"
    "UTOctnG81jhtp7ZZiXU7R6eMOEWnonLKWdi+fT4nW7HeoBzz76AUSl2IkzQt3BtPjmvAfH"
    "JcXg38OAuykIjXWCHyhN82hPdtc9YFUd1HwzNHCUAzVGrBLQW2xGizCtkys42CFq7wZNFa"
    "oFlKYJujU+AWeKYxS0r5CNvvsp6ZZe3GjLt5K7nr2QtN9zRPd6a04EitMvo5T7zDIOiiKV"
    "xs59uEgrHB4GecoJowWRX5gFUBniVVcNcpVaYzRi3JKnxpqvYpHUf1coJUpATJriRo9zXl"
    "dLoEiUJ4NcIqRcVuU1Q43jqRUClC5f3WuFPOlNk1OLCRZHGCTJ1iN56/4nxyLR7HpIrPTe"
    "ZzdKwsI32kiJT8sVr+4MGfa4YGq6+o+V8RZ1RxUr8VEcFtyuqXLVZer1p5Vbny3OFMGNc3"
    "kjJspalaeECzeecFFXrZ2oVrrdBL9AwrUJ/rh10G7oVDv07oZUNZvsvYyyRgpQ6dAZqrfD"
    "o1J2i30q9zwLjXoAh3DMlFNCP3etRddCzkQYz4WzhAUuOAxzaSER3rwg3R9PJenRvsG306"
    "u9ATNCCYgd50iQ8zw4FOlj8RkZNeeDk6ujsjYx9dMyfcb1J/ABp/QfQp8JEEvpaoshBufq"
    "jOX8/BFIbNWMGB581lrxcBmbigxswOYjU79HnhhIHMwRyInRyfkVcavhjnZPAJdTgZ8A5/"
    "kC+fesMeCepTk7+SV9j8lagxoeI/Gxf/uZ4WvVEFuqHr6d5uoamSXjMpWTRo3kIh9PColj"
    "NWhS9WLs5LRU638YvhldvXWBKTdMoe0mQO83AdyXPjJE0LrSEndYwhWZ4lbCEnudxoQv6T"
    "gThBskMfn1CY3ccdSNam9yJz3nrw7gbarVjzMipVTd+/DJUq4bO6jGMyuDONsmQlx2Qk6Z"
    "5BXGbDOcgUc8xMr1Q9x/PuzXn3oldVznGLFiHKDMHztC2IBo7wpVagqMFK888n+4nA6EtC"
    "nwNfuTjZFdwwKLEfqRNmwsLIT7S1CDfcn8hrLJ2u+Qv3NY8XDSNiX8MDeK/z9qBtD1ZoxR"
    "HkeDsYKVxFcAz8+0V1CJVRZVdGlTT36u4caZarjSPvvBV9B/VRTZIoTAswjdccGW03plLm"
    "jEYru26Q07L2IsQaUHqyQXFr4UYugWGS5LvGsRmJZ4KUugWiaZRrt1w4jZusFE9vZxTP/I"
    "CvtvPKJZY9NdkBGdk+5lmxuXjINyOeMGUMc8SkrkiXogd1rQlGqxObp7TLS6Rb6H91HhSV"
    "8WSXGU++dSXQBqXj2LzTkD4ew7dSnLWzIjlfiqp1ML+rZzirsJvlfLPEypPHuLyAcIKkFS"
    "ePVfLjNgoIY4lrDfa+IkmvujB2TNUK4NNz+7iWVfi4wip8nLcKq2Ct3QZrNb+e8KNumeGT"
    "7F2cuKon3KjUVHALXmq6XjnhHLFyQ2iyZUZVE1bVhJsOqaomrKoJ7yfQqsLt97KPqgq33y"
    "G/VYXbXVSC4OXjTArfhftQZPMo36dyhN/1QVghpi6lBVmVVkMa0ilEVTTw97Tufwvnn6Yt"
    "+dt1xOVw5eGV9MK9DnvZL2zreuAm51TK/RYegPTvrq425n+bOLq0LPspxDxz7BDQDhi9te"
    "F/q0Ldu8mu2sGhP+T8QWAqXxa5g4jrBxXeINBCM2t6g3TJyLGfXBqUtMHyPUBODWKyN4QM"
    "JqIqjf3AY8QtXjqI3Hzq/uXo/Qlv7MHoRlHt3011+wLfD96/NtPdgoODijT0KarWnaRvKg"
    "19uXeIknO+CzkH5ft18lPGZIrBjWYwNMUUGzJrZ4KkdcF7teouVZRdylddWlDHlY2+SNGo"
    "QIEaygIH7OXaQtTNnsFbW19ITqwGxeuBJLj8ZPtOgSQc3aoShrGRNgtb1Q/eQ0KTuiLREi"
    "919spFx+WJacHVEZ3qjDyZ3iyIqMMRDrCs5UR38B9oP36AX8LteUbnFaF7WxmqMHAvLNmG"
    "DTgmKlBvLwL1knyruVEkSdQ+UWCODdcEGeE1pFGSa6MlV+4KL3NmEbb/rs8qGhEGdWtnNp"
    "74asUu74X3a9TcFuYopOBFmk+xprNuUcfjeyzswA90GVmtYOekcBcLUS/xNwtLM2dKbW+m"
    "0zr1nivrO0sWylU1csuUtahGbvmerPKqtWbvaMTKd8ce4JnYjad7+QUwebNiHfRFM80N26"
    "1cD8+F8gCqR6haiGUKelhSgwQdgnLh8AawZoGWmF8B1++mUE8J5SzRTmkp+6GlKIm6Vati"
    "OghAL7SilcsWMUULQ/ZqlcyuqJidL5itVJa9VVm61DHHs/yeHVyv2K71uMWqjbocVpUcoV"
    "nJER6pEybjqLtWJkjauFi+r1cKqqoWVC4gFD8pCYSD5i1E97CWQ/VhhUP1YYFDtc28wjD9"
    "8njbBMnuA26/jRS3sdDab7qN/fH/dcoQqA=="
)
