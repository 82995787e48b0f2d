"""What a check adds to everything else when it is finished: triggers of the writer's connection, made when it opens.

``TEMP``, so that they are this program's alone: they lie in no file, need no migration, and nobody else's changes
set them off.  Why triggers, says decision 0009.
"""

from __future__ import annotations

_WHEN = "AFTER UPDATE OF state ON main.checks WHEN OLD.state = 'pending' AND NEW.state = 'done'"

# A story is known already if it began no later than the one that is known, or, where that is over, than the last look
# that found one; so its hour is counted before the profile learns of it.
STORY_HOUR = """
    INSERT INTO story_hour (niche_id, hour, count)
    SELECT p.niche_id, substr(NEW.story_since, 1, 13) || ':00:00+00:00', 1 FROM profile AS p
    WHERE NEW.outcome = 'live' AND p.username = NEW.profile_id
        AND NEW.story_since > COALESCE(p.story_since, p.last_story_at, '')
    ON CONFLICT (niche_id, hour) DO UPDATE SET count = story_hour.count + 1;
"""

# A conclusive answer that is not LIVE ends a story; UNKNOWN leaves everything it does not know alone.
PROFILE = f"""
CREATE TEMP TRIGGER count_in_profile {_WHEN}
BEGIN
    {STORY_HOUR}
    UPDATE profile SET
        checks_total = checks_total + 1,
        conclusive_total = conclusive_total + (NEW.outcome != 'unknown'),
        stories_total = stories_total + (NEW.outcome = 'live'),
        detection_ppm = CASE WHEN conclusive_total + (NEW.outcome != 'unknown') = 0 THEN 0 ELSE
            (stories_total + (NEW.outcome = 'live')) * 1000000 / (conclusive_total + (NEW.outcome != 'unknown')) END,
        last_checked_at = NEW.checked_at, last_outcome = NEW.outcome, last_reason = NEW.reason,
        last_conclusive_at = CASE WHEN NEW.outcome = 'unknown' THEN last_conclusive_at ELSE NEW.checked_at END,
        last_story_at = CASE WHEN NEW.outcome = 'live' THEN NEW.checked_at ELSE last_story_at END,
        story_since = CASE NEW.outcome WHEN 'unknown' THEN story_since WHEN 'live' THEN NEW.story_since END,
        story_until = CASE NEW.outcome WHEN 'unknown' THEN story_until WHEN 'live' THEN NEW.story_until END,
        unknown_streak = CASE WHEN NEW.outcome = 'unknown' THEN unknown_streak + 1 ELSE 0 END,
        status = CASE WHEN NEW.outcome = 'gone' THEN 'gone'
            WHEN NEW.outcome != 'unknown' AND status = 'gone' THEN 'active' ELSE status END
    WHERE username = NEW.profile_id;
END
"""  # noqa: S608  # put together from constants

MINUTE = f"""
CREATE TEMP TRIGGER count_in_minute {_WHEN}
BEGIN
    INSERT INTO minute_stat (minute, live, "none", private, gone, unknown)
    VALUES (substr(NEW.checked_at, 1, 16) || ':00+00:00', NEW.outcome = 'live', NEW.outcome = 'none',
        NEW.outcome = 'private', NEW.outcome = 'gone', NEW.outcome = 'unknown')
    ON CONFLICT (minute) DO UPDATE SET live = minute_stat.live + excluded.live,
        "none" = minute_stat."none" + excluded."none", private = minute_stat.private + excluded.private,
        gone = minute_stat.gone + excluded.gone, unknown = minute_stat.unknown + excluded.unknown;
END
"""  # noqa: S608  # put together from constants

UNKNOWN = f"""
CREATE TEMP TRIGGER count_unknown {_WHEN} AND NEW.outcome = 'unknown'
BEGIN
    INSERT INTO unknown_stat (hour, reason, count)
    VALUES (substr(NEW.checked_at, 1, 13) || ':00:00+00:00', NEW.reason, 1)
    ON CONFLICT (hour, reason) DO UPDATE SET count = unknown_stat.count + 1;
END
"""  # noqa: S608  # put together from constants

TRIGGERS = ";".join((PROFILE, MINUTE, UNKNOWN))
