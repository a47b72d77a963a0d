-- A little of everything (8bb132d8): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for databricks (best effort: written by the engine's documentation)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM type) AS type_trimmed,
        type AS type_cell,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM budget) AS budget_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM unsubscribed) AS unsubscribed_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM source) AS source_trimmed,
        source AS source_cell,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM score_by_hand) AS score_by_hand_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM until) AS until_trimmed,
        until AS until_cell,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM contact_id) AS id_trimmed
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE WHEN type_trimmed = '' THEN NULL ELSE type_cell END AS type,
        CASE
            WHEN (budget_trimmed RLIKE '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)\\z') THEN budget_trimmed
            WHEN (budget_trimmed RLIKE '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)\\z')
                THEN CASE WHEN CONTAINS(budget_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(BOTH '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰' FROM budget_trimmed), ',', '')
            ELSE NULL
        END AS budget_digits,
        TRANSLATE(unsubscribed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS unsubscribed_word,
        CASE WHEN source_trimmed = '' THEN NULL ELSE source_cell END AS source,
        CASE
            WHEN (score_by_hand_trimmed RLIKE '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)\\z')
                THEN score_by_hand_trimmed
            WHEN (score_by_hand_trimmed RLIKE '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)\\z')
                THEN CASE WHEN CONTAINS(score_by_hand_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(BOTH '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰' FROM score_by_hand_trimmed), ',', '')
            ELSE NULL
        END AS score_by_hand_digits,
        CASE WHEN until_trimmed = '' THEN NULL ELSE until_cell END AS until,
        CASE
            WHEN SUBSTR(until_trimmed, CAST(5 AS INT), CAST(1 AS INT)) = '-'
                AND SUBSTR(until_trimmed, CAST(8 AS INT), CAST(1 AS INT)) = '-' THEN NULL
            WHEN (until_trimmed RLIKE '^(?:(?:[0-9]{1,2}(?:/[0-9]{1,2}/|\\.[0-9]{1,2}\\.|-[0-9]{1,2}-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:(?:,[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*|[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?|(?:0?[1-9]|1[0-2]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[AaPp][Mm]))?)\\z')
                THEN REPLACE(REPLACE(until_trimmed, '.', '/'), '-', '/')
            ELSE NULL
        END AS until_slashed,
        CASE
            WHEN id_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(id_trimmed) = CAST(LENGTH(id_trimmed) AS BIGINT) THEN id_trimmed
            WHEN (id_trimmed RLIKE '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)\\z')
                THEN id_trimmed
            WHEN id_trimmed IS NOT NULL
                THEN CAST(CAST(RAISE_ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(id_trimmed, '')) AS BIGINT) AS STRING)
            ELSE NULL
        END AS id_id
    FROM contacts_cells
),

contacts_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN (budget_digits RLIKE '^(?:[0-9]{1,12})\\z') THEN TRY_CAST(budget_digits AS BIGINT) * 1000000
            WHEN (budget_digits RLIKE '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)\\z')
                THEN CAST(CASE WHEN CONTAINS(budget_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SUBSTRING_INDEX(TRIM(BOTH '-' FROM budget_digits) || '.', '.', 1), CAST(CAST(LENGTH(SUBSTRING_INDEX(TRIM(BOTH '-' FROM budget_digits) || '.', '.', 1)) AS BIGINT) + 1 AS INT), CAST(12 AS INT)) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(BOTH '-' FROM budget_digits) || '.', INSTR(TRIM(BOTH '-' FROM budget_digits) || '.', '.') + 1), '.', '')
                || '0000000', CAST(1 AS INT), CAST(7 AS INT)) AS BIGINT) + 5) DIV 10)
            WHEN budget_digits IS NOT NULL
                THEN CAST(RAISE_ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(budget_digits, '')) AS BIGINT)
            ELSE NULL
        END AS budget_number,
        CASE
            WHEN unsubscribed_word IN ('yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked')
                THEN TRUE
            WHEN unsubscribed_word IN ('no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked') THEN FALSE
            ELSE NULL
        END AS unsubscribed_yes,
        CASE
            WHEN (score_by_hand_digits RLIKE '^(?:[0-9]{1,12})\\z')
                THEN TRY_CAST(score_by_hand_digits AS BIGINT) * 1000000
            WHEN (score_by_hand_digits RLIKE '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)\\z')
                THEN CAST(CASE WHEN CONTAINS(score_by_hand_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SUBSTRING_INDEX(TRIM(BOTH '-' FROM score_by_hand_digits) || '.', '.', 1), CAST(CAST(LENGTH(SUBSTRING_INDEX(TRIM(BOTH '-' FROM score_by_hand_digits) || '.', '.', 1)) AS BIGINT)
                + 1 AS INT), CAST(12 AS INT)) AS BIGINT) * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(BOTH '-' FROM score_by_hand_digits) || '.', INSTR(TRIM(BOTH '-' FROM score_by_hand_digits) || '.', '.') + 1), '.', '')
                || '0000000', CAST(1 AS INT), CAST(7 AS INT)) AS BIGINT) + 5) DIV 10)
            WHEN score_by_hand_digits IS NOT NULL
                THEN CAST(RAISE_ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(score_by_hand_digits, '')) AS BIGINT)
            ELSE NULL
        END AS score_by_hand_number,
        SUBSTRING_INDEX(until_slashed, '/', 1) AS until_first,
        SUBSTR(until_slashed, INSTR(until_slashed, '/') + 1) AS until_rest,
        CASE
            WHEN CONTAINS(id_id, '@')
                THEN TRANSLATE(id_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
            ELSE id_id
        END AS id_key
    FROM contacts_cells_2
),

contacts_cells_4 AS (
    SELECT
        *,
        SUBSTRING_INDEX(until_rest, '/', 1) AS until_second_part,
        SUBSTR(until_rest, INSTR(until_rest, '/') + 1) AS until_behind
    FROM contacts_cells_3
),

contacts_cells_5 AS (
    SELECT
        *,
        CASE
            WHEN CAST(LENGTH(until_first) AS BIGINT) < 4
                THEN SUBSTR(until_behind, CAST(1 AS INT), CAST(4 AS INT))
            WHEN (until_behind RLIKE '^[0-9]{2}') THEN SUBSTR(until_behind, CAST(1 AS INT), CAST(2 AS INT))
            ELSE SUBSTR(until_behind, CAST(1 AS INT), CAST(1 AS INT))
        END AS until_third,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000,' FROM CASE
            WHEN CAST(LENGTH(until_first) AS BIGINT) < 4
                THEN SUBSTR(until_behind, CAST(5 AS INT), CAST(60 AS INT))
            WHEN (until_behind RLIKE '^[0-9]{2}') THEN SUBSTR(until_behind, CAST(3 AS INT), CAST(60 AS INT))
            ELSE SUBSTR(until_behind, CAST(2 AS INT), CAST(60 AS INT))
        END) AS until_time
    FROM contacts_cells_4
),

contacts_cells_6 AS (
    SELECT
        *,
        CASE
            WHEN CONTAINS(until_time, ':') THEN TRY_CAST(SUBSTRING_INDEX(until_time, ':', 1) AS BIGINT)
            ELSE NULL
        END AS until_hour,
        REPLACE(TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000AaPpMm' FROM SUBSTR(until_time, INSTR(until_time, ':') + 1)), '/', '.') AS until_minutes
    FROM contacts_cells_5
),

contacts_cells_7 AS (
    SELECT
        *,
        CASE
            WHEN until_slashed IS NULL THEN until_trimmed
            ELSE CASE
                WHEN CAST(LENGTH(until_first) AS BIGINT) < 4
                    THEN until_third
                    || '-'
                    || SUBSTR('0' || until_second_part, CAST(CAST(LENGTH(until_second_part) AS BIGINT) AS INT), CAST(2 AS INT))
                    || '-'
                    || SUBSTR('0' || until_first, CAST(CAST(LENGTH(until_first) AS BIGINT) AS INT), CAST(2 AS INT))
                ELSE until_first
                || '-'
                || SUBSTR('0' || until_second_part, CAST(CAST(LENGTH(until_second_part) AS BIGINT) AS INT), CAST(2 AS INT))
                || '-'
                || SUBSTR('0' || until_third, CAST(CAST(LENGTH(until_third) AS BIGINT) AS INT), CAST(2 AS INT))
            END
            || COALESCE('T'
            || SUBSTR(CAST(CASE
                WHEN (until_time RLIKE '[Pp]') THEN until_hour % 12 + 12
                WHEN (until_time RLIKE '[Aa]') THEN until_hour % 12
                ELSE until_hour
            END + 100 AS STRING), CAST(2 AS INT), CAST(2 AS INT))
            || ':'
            || until_minutes, '')
        END AS until_written
    FROM contacts_cells_6
),

contacts_cells_8 AS (
    SELECT
        *,
        CASE
            WHEN (until_written RLIKE '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?[Zz]?)?)\\z')
                THEN CAST(DATEDIFF(TRY_CAST(SUBSTR(until_written, CAST(1 AS INT), CAST(10 AS INT)) AS DATE), DATE '1970-01-01') AS BIGINT)
            WHEN (until_written RLIKE '^(?:(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))\\z')
                THEN CAST(RAISE_ERROR('hotlist: whether this day is one from 1900 to 2199 cannot be told by a query: ' || COALESCE(until_written, '')) AS BIGINT)
            WHEN (until_written RLIKE '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))\\z')
                THEN (CAST(DATEDIFF(TRY_CAST(SUBSTR(until_written, CAST(1 AS INT), CAST(10 AS INT)) AS DATE), DATE '1970-01-01') AS BIGINT)
                * 86400
                + CASE
                    WHEN CAST(LENGTH(until_written) AS BIGINT) > 10
                        THEN TRY_CAST(SUBSTR(until_written, CAST(12 AS INT), CAST(2 AS INT)) AS BIGINT) * 3600
                        + TRY_CAST(SUBSTR(until_written, CAST(15 AS INT), CAST(2 AS INT)) AS BIGINT) * 60
                        + CASE
                            WHEN SUBSTR(until_written, CAST(18 AS INT), CAST(2 AS INT)) = '60' THEN 59
                            WHEN SUBSTR(until_written, CAST(17 AS INT), CAST(1 AS INT)) = ':'
                                THEN TRY_CAST(SUBSTR(until_written, CAST(18 AS INT), CAST(2 AS INT)) AS BIGINT)
                            ELSE 0
                        END
                    ELSE 0
                END
                - CASE
                    WHEN SUBSTR(until_written, CAST(20 AS INT), CAST(1 AS INT)) IN ('Z', 'z') THEN 0
                    WHEN (SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*)\\z')
                        THEN 0
                    WHEN (SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*[Zz])\\z')
                        THEN 0
                    WHEN (SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*\\+[0-9]{2}(?::?[0-9]{2})?)\\z')
                        THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), '+') + 1), ':', ''), CAST(1 AS INT), CAST(2 AS INT)) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), '+') + 1), ':', '')
                        || '00', CAST(3 AS INT), CAST(2 AS INT)) AS BIGINT) * 60
                    WHEN (SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)\\z')
                        THEN 0
                        - (TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), '-') + 1), ':', ''), CAST(1 AS INT), CAST(2 AS INT)) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(until_written, CAST(17 AS INT), CAST(40 AS INT)), '-') + 1), ':', '')
                        || '00', CAST(3 AS INT), CAST(2 AS INT)) AS BIGINT) * 60)
                    ELSE 0
                END + 2592000000) DIV 86400 - 30000
            WHEN (until_written RLIKE '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)\\[[^\\n]*\\])\\z')
                THEN CAST(RAISE_ERROR('hotlist: a zone in brackets behind a time cannot be read by a query: ' || COALESCE(until_written, '')) AS BIGINT)
            ELSE NULL
        END AS until_day
    FROM contacts_cells_7
),

-- Each once; numbers are in millionths, days are counted from 1970-01-01
contacts_read AS (
    SELECT
        CASE
            WHEN id_id IS NULL
                THEN CAST(CAST(RAISE_ERROR('hotlist: a contact has no id' || COALESCE(id_id, '')) AS BIGINT) AS STRING)
            WHEN CAST(COUNT(1) OVER (PARTITION BY id_id) AS BIGINT) > 1
                THEN CAST(CAST(RAISE_ERROR('hotlist: several contacts have the id ' || COALESCE(id_id, '')) AS BIGINT) AS STRING)
            ELSE id_id
        END AS lead_id,
        budget_number,
        id_id,
        id_key,
        score_by_hand_number,
        source,
        type,
        unsubscribed_yes,
        until,
        until_day
    FROM contacts_cells_8
),

-- Those who are leads
leads AS (
    SELECT *
    FROM contacts_read
    WHERE CASE WHEN lead_id IS NULL THEN FALSE ELSE type = 'lead' END
),

-- The events; what is blank is NULL
events_cells AS (
    SELECT
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM price) AS price_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM property_id) AS property_id_trimmed,
        property_id AS property_id_cell,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM contact_id) AS contact_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM event) AS type_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM timestamp) AS time_trimmed,
        TRIM(BOTH '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' FROM event_id) AS event_id_trimmed,
        contact_id AS contact_cell,
        event AS type_cell,
        timestamp AS time_cell,
        event_id AS event_id_cell,
        price AS price_cell
    FROM events AS event_rows
),

events_cells_2 AS (
    SELECT
        *,
        CASE
            WHEN (price_trimmed RLIKE '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)\\z') THEN price_trimmed
            WHEN (price_trimmed RLIKE '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)\\z')
                THEN CASE WHEN CONTAINS(price_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(BOTH '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰' FROM price_trimmed), ',', '')
            ELSE NULL
        END AS price_digits,
        CASE WHEN property_id_trimmed = '' THEN NULL ELSE property_id_cell END AS property_id,
        CASE
            WHEN contact_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(contact_trimmed) = CAST(LENGTH(contact_trimmed) AS BIGINT) THEN contact_trimmed
            WHEN (contact_trimmed RLIKE '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)\\z')
                THEN contact_trimmed
            WHEN contact_trimmed IS NOT NULL
                THEN CAST(CAST(RAISE_ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(contact_trimmed, '')) AS BIGINT) AS STRING)
            ELSE NULL
        END AS contact_id,
        TRANSLATE(type_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS type_lowered,
        CASE
            WHEN NOT CONTAINS(time_trimmed, '/') THEN time_trimmed
            WHEN (time_trimmed RLIKE '^(?:[0-9]{4}/[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?)\\z')
                THEN REPLACE(time_trimmed, '/', '-')
            ELSE time_trimmed
        END AS time_written,
        CASE
            WHEN event_id_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(event_id_trimmed) = CAST(LENGTH(event_id_trimmed) AS BIGINT)
                THEN event_id_trimmed
            WHEN (event_id_trimmed RLIKE '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)\\z')
                THEN event_id_trimmed
            WHEN event_id_trimmed IS NOT NULL
                THEN CAST(CAST(RAISE_ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(event_id_trimmed, '')) AS BIGINT) AS STRING)
            ELSE NULL
        END AS event_id_id,
        CASE WHEN contact_trimmed = '' THEN NULL ELSE contact_cell END AS contact,
        CASE WHEN type_trimmed = '' THEN NULL ELSE type_cell END AS type,
        CASE WHEN time_trimmed = '' THEN NULL ELSE time_cell END AS time,
        CASE WHEN event_id_trimmed = '' THEN NULL ELSE event_id_cell END AS event_id,
        CASE WHEN price_trimmed = '' THEN NULL ELSE price_cell END AS price
    FROM events_cells
),

events_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN (price_digits RLIKE '^(?:[0-9]{1,12})\\z') THEN TRY_CAST(price_digits AS BIGINT) * 1000000
            WHEN (price_digits RLIKE '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)\\z')
                THEN CAST(CASE WHEN CONTAINS(price_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SUBSTRING_INDEX(TRIM(BOTH '-' FROM price_digits) || '.', '.', 1), CAST(CAST(LENGTH(SUBSTRING_INDEX(TRIM(BOTH '-' FROM price_digits) || '.', '.', 1)) AS BIGINT) + 1 AS INT), CAST(12 AS INT)) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(BOTH '-' FROM price_digits) || '.', INSTR(TRIM(BOTH '-' FROM price_digits) || '.', '.') + 1), '.', '')
                || '0000000', CAST(1 AS INT), CAST(7 AS INT)) AS BIGINT) + 5) DIV 10)
            WHEN price_digits IS NOT NULL
                THEN CAST(RAISE_ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(price_digits, '')) AS BIGINT)
            ELSE NULL
        END AS price_number,
        CASE
            WHEN CONTAINS(contact_id, '@')
                THEN TRANSLATE(contact_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
            ELSE contact_id
        END AS contact_key,
        CASE
            WHEN type_lowered IN ('email opened', 'open') THEN 0
            ELSE CASE
                WHEN type_trimmed IN (
                        'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open',
                        'Email open', 'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN',
                        'emailOpen', 'EmailOpen'
                    ) THEN 0
                WHEN type_trimmed IN (
                        'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view',
                        'Property View', 'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View',
                        'Property-view', 'PROPERTY-VIEW', 'propertyView', 'PropertyView'
                    ) THEN 1
                WHEN type_trimmed IN ('outreach', 'Outreach', 'OUTREACH') THEN 2
                WHEN type_trimmed IN ('reply', 'Reply', 'REPLY') THEN 3
                WHEN TRANSLATE(type_lowered, ' \t\n\r!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '') IN (
                        'emailopen', 'outreach', 'propertyview', 'reply'
                    )
                    THEN CASE
                        WHEN (type_trimmed RLIKE '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)\\z') THEN NULL
                        ELSE CAST(RAISE_ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '')) AS BIGINT)
                    END
                WHEN OCTET_LENGTH(type_trimmed) = CAST(LENGTH(type_trimmed) AS BIGINT) THEN NULL
                WHEN (TRANSLATE(type_lowered, ' \t\n\r!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '') RLIKE '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*)\\z')
                    AND NOT (type_trimmed RLIKE '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]')
                    THEN CAST(RAISE_ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '')) AS BIGINT)
                ELSE NULL
            END
        END AS type_kind,
        CASE
            WHEN (time_written RLIKE '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?)\\z')
                THEN CAST(DATEDIFF(TRY_CAST(SUBSTR(time_written, CAST(1 AS INT), CAST(10 AS INT)) AS DATE), DATE '1970-01-01') AS BIGINT)
                * 86400000000
                + CASE
                    WHEN CAST(LENGTH(time_written) AS BIGINT) > 10
                        THEN TRY_CAST(SUBSTR(time_written, CAST(12 AS INT), CAST(2 AS INT)) AS BIGINT) * 3600000000
                        + TRY_CAST(SUBSTR(time_written, CAST(15 AS INT), CAST(2 AS INT)) AS BIGINT) * 60000000
                        + CASE
                            WHEN SUBSTR(time_written, CAST(18 AS INT), CAST(2 AS INT)) = '60' THEN 59000000
                            WHEN SUBSTR(time_written, CAST(17 AS INT), CAST(1 AS INT)) = ':'
                                THEN TRY_CAST(SUBSTR(time_written, CAST(18 AS INT), CAST(2 AS INT)) AS BIGINT)
                                * 1000000
                            ELSE 0
                        END
                    ELSE 0
                END
                + CASE
                    WHEN SUBSTR(time_written, CAST(20 AS INT), CAST(1 AS INT)) IN ('.', ',')
                        THEN TRY_CAST(SUBSTR(REPLACE(REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(SUBSTR(time_written, CAST(21 AS INT), CAST(6 AS INT)) || '+', '+', 1)
                        || '-', '-', 1), 'Z', ''), 'z', '')
                        || '00000', CAST(1 AS INT), CAST(6 AS INT)) AS BIGINT)
                    ELSE 0
                END
            ELSE NULL
        END
        - CASE
            WHEN SUBSTR(time_written, CAST(20 AS INT), CAST(1 AS INT)) IN ('Z', 'z') THEN 0
            WHEN (SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*)\\z') THEN 0
            WHEN (SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*[Zz])\\z') THEN 0
            WHEN (SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*\\+[0-9]{2}(?::?[0-9]{2})?)\\z')
                THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), '+') + 1), ':', ''), CAST(1 AS INT), CAST(2 AS INT)) AS BIGINT)
                * 3600
                + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), '+') + 1), ':', '')
                || '00', CAST(3 AS INT), CAST(2 AS INT)) AS BIGINT) * 60
            WHEN (SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)) RLIKE '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)\\z')
                THEN 0
                - (TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), '-') + 1), ':', ''), CAST(1 AS INT), CAST(2 AS INT)) AS BIGINT)
                * 3600
                + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), INSTR(SUBSTR(time_written, CAST(17 AS INT), CAST(40 AS INT)), '-') + 1), ':', '')
                || '00', CAST(3 AS INT), CAST(2 AS INT)) AS BIGINT) * 60)
            ELSE 0
        END * 1000000 AS time_micros
    FROM events_cells_2
),

events_cells_4 AS (
    SELECT
        *,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros
            WHEN (time_written RLIKE '^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\\n]*)?)\\z')
                THEN CAST(RAISE_ERROR('hotlist: in which order a date stands is not said; set date_order in the model: ' || COALESCE(time_written, '')) AS BIGINT)
            ELSE CAST(RAISE_ERROR('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ' || COALESCE(time_trimmed, '')) AS BIGINT)
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros DIV 86400000000
            ELSE NULL
        END AS time_day
    FROM events_cells_3
),

-- Each event's cells in one
events_together AS (
    SELECT
        *,
        COALESCE(contact, '')
        || ' | '
        || COALESCE(type, '')
        || ' | '
        || COALESCE(time, '')
        || ' | '
        || COALESCE(event_id, '')
        || ' | '
        || COALESCE(price, '')
        || ' | '
        || COALESCE(property_id, '')
        || ' | ' AS event_cells_together
    FROM events_cells_4
),

-- What comes twice under one id
events_by_id AS (
    SELECT
        *,
        CASE
            WHEN event_id_id IS NOT NULL
                AND MIN(event_cells_together) OVER (PARTITION BY event_id_id) <> MAX(event_cells_together) OVER (PARTITION BY event_id_id)
                THEN CAST(RAISE_ERROR('hotlist: events that differ have the id ' || COALESCE(event_id_id, '')) AS BIGINT)
            ELSE time_instant
        END AS event_instant,
        CAST(ROW_NUMBER() OVER (PARTITION BY event_id_id ORDER BY time_instant) AS BIGINT) AS event_turn
    FROM events_together
),

-- Those up to as-of, with their type, day and age
events_read AS (
    SELECT
        contact_key AS contact,
        type_kind AS event_type,  -- 0 email_open, 1 property_view, 2 outreach, 3 reply
        event_instant AS instant,  -- microseconds since 1970
        time_day AS day,  -- days since 1970-01-01
        20758 - time_day AS age,  -- in days
        price_number,
        property_id
    FROM events_by_id
    WHERE (event_id_id IS NULL OR event_turn = 1) AND event_instant <= 1793577599999999
),

-- What an event of so many days weighs, in millionths
weights AS (
    SELECT CAST(days AS BIGINT) AS days, CAST(weight_1 AS BIGINT) AS weight_1 FROM (VALUES
    (0, 1000000), (1, 977160), (2, 954842), (3, 933033), (4, 911722), (5, 890899), (6, 870551), (7, 850667),
    (8, 831238), (9, 812252), (10, 793701), (11, 775572), (12, 757858), (13, 740549), (14, 723635),
    (15, 707107), (16, 690956), (17, 675175), (18, 659754), (19, 644685), (20, 629961), (21, 615572),
    (22, 601513), (23, 587774), (24, 574349), (25, 561231), (26, 548412), (27, 535887), (28, 523647),
    (29, 511687), (30, 500000), (31, 488580), (32, 477421), (33, 466516), (34, 455861), (35, 445449),
    (36, 435275), (37, 425334), (38, 415619), (39, 406126), (40, 396850), (41, 387786), (42, 378929),
    (43, 370274), (44, 361817), (45, 353553), (46, 345478), (47, 337587), (48, 329877), (49, 322343),
    (50, 314980), (51, 307786), (52, 300756), (53, 293887), (54, 287175), (55, 280616), (56, 274206),
    (57, 267943), (58, 261824), (59, 255843), (60, 250000), (61, 244290), (62, 238710), (63, 233258),
    (64, 227931), (65, 222725), (66, 217638), (67, 212667), (68, 207809), (69, 203063), (70, 198425),
    (71, 193893), (72, 189465), (73, 185137), (74, 180909), (75, 176777), (76, 172739), (77, 168794),
    (78, 164938), (79, 161171), (80, 157490), (81, 153893), (82, 150378), (83, 146943), (84, 143587),
    (85, 140308), (86, 137103), (87, 133972), (88, 130912), (89, 127922)
) AS t (days, weight_1)
),

-- What they weigh
events_weighed AS (
    SELECT events_read.*, weights.*
    FROM events_read
    LEFT JOIN weights ON events_read.age = weights.days
),

-- Which of them signals take
events_taken AS (
    SELECT
        *,
        event_type = 0 AND age < 90 AS opens_taken,  -- signal opens: the newest 3 of each day count
        CAST(CASE WHEN event_type IN (2, 3) THEN CASE WHEN event_type = 3 THEN 1 ELSE 0 END END AS BIGINT) AS answer_side  -- signal answer: whether it asks or answers
    FROM events_weighed
),

-- Their turn among those
events_in_turn AS (
    SELECT
        *,
        CAST(ROW_NUMBER() OVER (PARTITION BY contact, day, opens_taken ORDER BY instant DESC) AS BIGINT) AS opens_turn,
        LAG(instant) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_before,
        LAG(answer_side) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_side_before
    FROM events_taken
),

-- Answers right behind a question, with the minutes between
events_answering AS (
    SELECT
        *,
        CASE WHEN answer_side = 1 AND answer_side_before = 0 THEN (instant - answer_before) DIV 60000000 END AS answer_minutes
    FROM events_in_turn
),

-- Answers in their order
answers_in_order AS (
    SELECT
        *,
        CAST(ROW_NUMBER() OVER (PARTITION BY contact, answer_minutes IS NULL ORDER BY answer_minutes) AS BIGINT) AS answer_place,
        CAST(COUNT(answer_minutes) OVER (PARTITION BY contact) AS BIGINT) AS answer_pairs
    FROM events_answering
),

-- Each contact's events together
activity AS (
    SELECT
        contact,
        MAX(instant) AS last_event,
        SUM(CASE WHEN opens_taken AND opens_turn <= 3 THEN COALESCE(weight_1, 0) END) AS opens,  -- signal opens
        COUNT(DISTINCT CASE
            WHEN event_type = 1 AND price_number >= 1000000000 AND property_id IS NOT NULL THEN property_id
        END) AS homes,  -- signal homes
        MIN(CASE WHEN answer_place = (answer_pairs + 1) DIV 2 THEN answer_minutes END) AS answer,  -- signal answer
        MIN(CASE WHEN event_type = 3 THEN age END) AS quiet  -- signal quiet
    FROM answers_in_order
    GROUP BY contact
),

-- The leads with their signals
signals AS (
    SELECT
        leads.*,
        activity.last_event,
        COALESCE(activity.opens, 0) AS opens,  -- millionths of events
        COALESCE(activity.homes, 0) AS homes,  -- different values
        activity.answer,  -- minutes
        activity.quiet  -- days
    FROM leads
    LEFT JOIN activity ON leads.id_key = activity.contact
),

-- What each rule gives before its bounds
products AS (
    SELECT
        *,
        COALESCE((opens + 200) DIV 400, 0) AS opens_our_emails_product  -- Opens our emails
    FROM signals
),

-- What each rule gives, in thousandths of a point
points AS (
    SELECT
        *,
        CASE WHEN opens_our_emails_product > 10000 THEN 10000 ELSE opens_our_emails_product END AS opens_our_emails_points,  -- Opens our emails
        CAST(CASE
            WHEN answer IS NULL THEN -1000
            WHEN answer <= 60 THEN 10000
            WHEN answer <= 1440 THEN 4000
            ELSE 0
        END AS BIGINT) AS answers_quickly_points,  -- Answers quickly
        CAST(CASE WHEN homes >= 2 AND (source RLIKE '^(Referral|Portal)\\z') THEN 30000 ELSE 0 END AS BIGINT) AS looks_at_homes_points,  -- Looks at homes
        CAST(CASE
            WHEN source IS NULL THEN -2000
            WHEN source = 'Referral' THEN 10000
            WHEN source = 'Portals' THEN 5000
            ELSE 0
        END AS BIGINT) AS where_it_s_from_points  -- Where it's from
    FROM products
),

-- The sums of groups
sums AS (
    SELECT
        *,
        opens_our_emails_points + answers_quickly_points AS sum_engagement  -- Engagement level
    FROM points
),

-- What groups count, within their bounds
`groups` AS (
    SELECT
        *,
        CASE WHEN sum_engagement > 40000 THEN 40000 ELSE sum_engagement END AS group_engagement  -- Engagement level, at most 40
    FROM sums
),

-- Groups and rules without a group together
summed AS (
    SELECT *, group_engagement + looks_at_homes_points + where_it_s_from_points AS sum_of_points
    FROM `groups`
),

-- The total, from 0 to 100: what leads are ranked by
totals AS (
    SELECT
        *,
        CASE WHEN sum_of_points < 0 THEN 0 WHEN sum_of_points > 100000 THEN 100000 ELSE sum_of_points END AS total
    FROM summed
),

-- What was set by hand, as far as it is in force
set_by_hand AS (
    SELECT
        *,
        CASE
            WHEN until_day IS NOT NULL
                THEN ' until ' || CAST(DATE_ADD(DATE '1970-01-01', CAST(until_day AS INT)) AS STRING)
            ELSE ''
        END
        || ''
        || '' AS set_until_by,
        CASE
            WHEN until IS NULL OR until_day >= 20758
                THEN CASE
                    WHEN score_by_hand_number >= 1000000000000000000 THEN 1000000000000000
                    WHEN score_by_hand_number <= -1000000000000000000 THEN -1000000000000000
                    ELSE CASE
                        WHEN score_by_hand_number < 0 THEN 0 - (0 - score_by_hand_number + 500) DIV 1000
                        ELSE (score_by_hand_number + 500) DIV 1000
                    END
                END
        END AS set_score
    FROM totals
),

-- The same in words
said_by_hand AS (
    SELECT
        *,
        CASE
            WHEN set_score IS NOT NULL
                THEN 'score '
                || CASE
                    WHEN set_score < 0
                        THEN '-'
                        || CAST((0 - set_score) DIV 1000 AS STRING)
                        || CASE
                            WHEN (0 - set_score) % 1000 = 0 THEN ''
                            ELSE TRIM(BOTH '0' FROM '.'
                            || SUBSTR(CAST((0 - set_score) % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                        END
                    ELSE CAST(set_score DIV 1000 AS STRING)
                    || CASE
                        WHEN set_score % 1000 = 0 THEN ''
                        ELSE TRIM(BOTH '0' FROM '.' || SUBSTR(CAST(set_score % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                    END
                END
                || set_until_by
        END AS said_score
    FROM set_by_hand
),

nobody AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody, CAST(NULL AS STRING) AS said_by_nobody
    FROM said_by_hand
),

nobody_2 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_2, CAST(NULL AS STRING) AS said_by_nobody_2
    FROM nobody
),

nobody_3 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_3, CAST(NULL AS STRING) AS said_by_nobody_3
    FROM nobody_2
),

nobody_4 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_4, CAST(NULL AS STRING) AS said_by_nobody_4
    FROM nobody_3
),

nobody_5 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_5, CAST(NULL AS STRING) AS said_by_nobody_5
    FROM nobody_4
),

-- The total after what was set by hand: score
after_score AS (
    SELECT *, COALESCE(set_score, total) AS total_after_score
    FROM nobody_5
),

-- The total after what was set by hand: add
after_add AS (
    SELECT *, total_after_score + COALESCE(set_by_nobody_2, 0) AS total_after_add
    FROM after_score
),

-- The total after what was set by hand: floor
after_floor AS (
    SELECT
        *,
        CASE WHEN set_by_nobody_3 > total_after_add THEN set_by_nobody_3 ELSE total_after_add END AS total_after_floor
    FROM after_add
),

-- The total after what was set by hand: ceiling
after_ceiling AS (
    SELECT
        *,
        CASE WHEN set_by_nobody_4 < total_after_floor THEN set_by_nobody_4 ELSE total_after_floor END AS total_after_ceiling
    FROM after_floor
),

-- Within the bounds of the score again
after_bounds AS (
    SELECT
        *,
        CASE
            WHEN total_after_ceiling < 0 THEN 0
            WHEN total_after_ceiling > 100000 THEN 100000
            ELSE total_after_ceiling
        END AS total_at_last
    FROM after_ceiling
),

-- The score, as it is shown and compared
scored AS (
    SELECT *, (total_at_last + 500) DIV 1000 AS score
    FROM after_bounds
),

-- The checklist
checked AS (
    SELECT
        *,
        CASE WHEN budget_number >= 150000000000 THEN TRUE ELSE FALSE END AS checklist_budget  -- Budget sufficient
    FROM scored
),

-- The score before anything was set by hand
computed AS (
    SELECT *, (total + 500) DIV 1000 AS computed_score
    FROM checked
),

-- What temperatures require, by that score
checked_2 AS (
    SELECT
        *,
        CASE WHEN budget_number >= 150000000000 THEN TRUE ELSE FALSE END AS computed_checklist_budget  -- Budget sufficient
    FROM computed
),

-- What the score is called
named AS (
    SELECT
        *,
        CAST(CASE WHEN computed_score >= 50 AND computed_checklist_budget THEN 0 ELSE 1 END AS BIGINT) AS computed_temperature_number,  -- 0 hot, 1 cold
        COALESCE(set_by_nobody, CASE WHEN score >= 50 AND checklist_budget THEN 0 ELSE 1 END) AS temperature_number
    FROM checked_2
),

-- Why a lead is pursued no more
qualified AS (
    SELECT
        *,
        CASE
            WHEN set_by_nobody_5 IS NOT NULL THEN 'excluded'
            WHEN quiet > 365 AND unsubscribed_yes THEN 'left us'
        END AS disqualified
    FROM named
),

-- A lead that is pursued no more has no score, and the lowest temperature
counted AS (
    SELECT
        *,
        CASE WHEN disqualified IS NOT NULL THEN 0 ELSE total_at_last END AS total_counted,
        CASE WHEN disqualified IS NOT NULL THEN 0 ELSE score END AS score_counted,
        CASE WHEN disqualified IS NOT NULL THEN 1 ELSE temperature_number END AS temperature_counted,
        CASE
            WHEN disqualified IS NOT NULL AND NOT (set_by_nobody_5 IS NOT NULL) THEN 1
            ELSE computed_temperature_number
        END AS computed_temperature_counted
    FROM qualified
),

-- How far a lead has come
staged AS (
    SELECT *, CASE WHEN disqualified IS NOT NULL THEN NULL WHEN score_counted >= 20 THEN 'MQL' END AS stage
    FROM counted
),

-- Where a lead goes
routed AS (
    SELECT
        *,
        CAST(CASE
            WHEN disqualified IS NOT NULL THEN NULL
            WHEN CASE WHEN temperature_counted = 0 THEN 'hot' WHEN temperature_counted = 1 THEN 'cold' END = 'hot'
                THEN 0
        END AS BIGINT) AS route_number  -- 0 Sales
    FROM staged
),

-- The order of the list
ranked AS (
    SELECT
        *,
        CAST(ROW_NUMBER() OVER (ORDER BY CASE WHEN disqualified IS NOT NULL THEN 1 ELSE 0 END, total_counted DESC, COALESCE(last_event, -1) DESC, lead_id) AS BIGINT) AS place
    FROM routed
),

-- Within a route leads are taken in turn, by rank
turns AS (
    SELECT *, CAST(ROW_NUMBER() OVER (PARTITION BY route_number ORDER BY place) AS BIGINT) AS turn
    FROM ranked
),

-- What is missing
missing AS (
    SELECT *, CASE WHEN NOT checklist_budget THEN '; Budget sufficient' ELSE '' END AS missing
    FROM turns
),

-- What the score alone would be called
by_score AS (
    SELECT *, CAST(CASE WHEN score_counted >= 50 THEN 0 ELSE 1 END AS BIGINT) AS temperature_by_score
    FROM missing
),

-- The rule that gives most, of those behind the one before: its points and its number in one
reason_1 AS (
    SELECT
        *,
        GREATEST(
            opens_our_emails_points * 5 + 4, answers_quickly_points * 5 + 3, looks_at_homes_points * 5 + 2,
            where_it_s_from_points * 5 + 1
        ) AS reason_1
    FROM by_score
),

-- The rule that gives most, of those behind the one before: its points and its number in one
reason_2 AS (
    SELECT
        *,
        GREATEST(
            CASE
                WHEN opens_our_emails_points * 5 + 4 < reason_1 THEN opens_our_emails_points * 5 + 4
                ELSE 0
            END,
            CASE WHEN answers_quickly_points * 5 + 3 < reason_1 THEN answers_quickly_points * 5 + 3 ELSE 0 END,
            CASE WHEN looks_at_homes_points * 5 + 2 < reason_1 THEN looks_at_homes_points * 5 + 2 ELSE 0 END,
            CASE WHEN where_it_s_from_points * 5 + 1 < reason_1 THEN where_it_s_from_points * 5 + 1 ELSE 0 END
        ) AS reason_2
    FROM reason_1
),

-- The rule that gives most, of those behind the one before: its points and its number in one
reason_3 AS (
    SELECT
        *,
        GREATEST(
            CASE
                WHEN opens_our_emails_points * 5 + 4 < reason_2 THEN opens_our_emails_points * 5 + 4
                ELSE 0
            END,
            CASE WHEN answers_quickly_points * 5 + 3 < reason_2 THEN answers_quickly_points * 5 + 3 ELSE 0 END,
            CASE WHEN looks_at_homes_points * 5 + 2 < reason_2 THEN looks_at_homes_points * 5 + 2 ELSE 0 END,
            CASE WHEN where_it_s_from_points * 5 + 1 < reason_2 THEN where_it_s_from_points * 5 + 1 ELSE 0 END
        ) AS reason_3
    FROM reason_2
),

-- The rule that takes most
reason_against AS (
    SELECT
        *,
        GREATEST((0 - answers_quickly_points) * 5 + 3, (0 - where_it_s_from_points) * 5 + 1) AS reason_against
    FROM reason_3
),

-- Which rules these are, and what they give or take in thousandths
reason_rules AS (
    SELECT
        *,
        CASE
            WHEN reason_1 % 5 = 4 THEN 'Opens our emails'
            WHEN reason_1 % 5 = 3 THEN 'Answers quickly'
            WHEN reason_1 % 5 = 2 THEN 'Looks at homes'
            WHEN reason_1 % 5 = 1 THEN 'Where it\'s from'
        END AS reason_1_rule,
        CASE WHEN reason_1 >= 5 THEN reason_1 DIV 5 ELSE 0 END AS reason_1_points,
        CASE
            WHEN reason_2 % 5 = 4 THEN 'Opens our emails'
            WHEN reason_2 % 5 = 3 THEN 'Answers quickly'
            WHEN reason_2 % 5 = 2 THEN 'Looks at homes'
            WHEN reason_2 % 5 = 1 THEN 'Where it\'s from'
        END AS reason_2_rule,
        CASE WHEN reason_2 >= 5 THEN reason_2 DIV 5 ELSE 0 END AS reason_2_points,
        CASE
            WHEN reason_3 % 5 = 4 THEN 'Opens our emails'
            WHEN reason_3 % 5 = 3 THEN 'Answers quickly'
            WHEN reason_3 % 5 = 2 THEN 'Looks at homes'
            WHEN reason_3 % 5 = 1 THEN 'Where it\'s from'
        END AS reason_3_rule,
        CASE WHEN reason_3 >= 5 THEN reason_3 DIV 5 ELSE 0 END AS reason_3_points,
        CASE
            WHEN reason_against % 5 = 3 THEN 'Answers quickly'
            WHEN reason_against % 5 = 1 THEN 'Where it\'s from'
        END AS reason_against_rule,
        CASE WHEN reason_against >= 5 THEN reason_against DIV 5 ELSE 0 END AS reason_against_points
    FROM reason_against
),

-- The reasons in words
reasons AS (
    SELECT
        *,
        CASE WHEN set_by_nobody IS NOT NULL THEN '; ' || 'by hand: ' || said_by_nobody ELSE '' END
        || CASE WHEN set_score IS NOT NULL THEN '; ' || 'by hand: ' || said_score ELSE '' END
        || CASE WHEN set_by_nobody_2 IS NOT NULL THEN '; ' || 'by hand: ' || said_by_nobody_2 ELSE '' END
        || CASE WHEN set_by_nobody_3 IS NOT NULL THEN '; ' || 'by hand: ' || said_by_nobody_3 ELSE '' END
        || CASE WHEN set_by_nobody_4 IS NOT NULL THEN '; ' || 'by hand: ' || said_by_nobody_4 ELSE '' END
        || CASE WHEN set_by_nobody_5 IS NOT NULL THEN '; ' || 'by hand: ' || said_by_nobody_5 ELSE '' END
        || CASE
            WHEN temperature_counted = computed_temperature_counted
                AND temperature_by_score <= 0
                AND computed_temperature_counted > 0
                THEN '; '
                || 'not Hot'
                || CASE
                    WHEN NOT checklist_budget
                        THEN ': '
                        || SUBSTR(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END, CAST(3 AS INT), CAST(CAST(LENGTH(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END) AS BIGINT) AS INT))
                        || ' missing'
                    ELSE ''
                END
            ELSE ''
        END
        || CASE
            WHEN reason_1_points > 0
                THEN '; '
                || reason_1_rule
                || ' +'
                || CAST(reason_1_points DIV 1000 AS STRING)
                || CASE
                    WHEN reason_1_points % 1000 = 0 THEN ''
                    ELSE TRIM(BOTH '0' FROM '.'
                    || SUBSTR(CAST(reason_1_points % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                END
            ELSE ''
        END
        || CASE
            WHEN reason_2_points > 0
                THEN '; '
                || reason_2_rule
                || ' +'
                || CAST(reason_2_points DIV 1000 AS STRING)
                || CASE
                    WHEN reason_2_points % 1000 = 0 THEN ''
                    ELSE TRIM(BOTH '0' FROM '.'
                    || SUBSTR(CAST(reason_2_points % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                END
            ELSE ''
        END
        || CASE
            WHEN reason_3_points > 0
                THEN '; '
                || reason_3_rule
                || ' +'
                || CAST(reason_3_points DIV 1000 AS STRING)
                || CASE
                    WHEN reason_3_points % 1000 = 0 THEN ''
                    ELSE TRIM(BOTH '0' FROM '.'
                    || SUBSTR(CAST(reason_3_points % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                END
            ELSE ''
        END
        || CASE
            WHEN reason_against_points > 0
                THEN '; '
                || reason_against_rule
                || ' -'
                || CAST(reason_against_points DIV 1000 AS STRING)
                || CASE
                    WHEN reason_against_points % 1000 = 0 THEN ''
                    ELSE TRIM(BOTH '0' FROM '.'
                    || SUBSTR(CAST(reason_against_points % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
                END
            ELSE ''
        END AS reasons
    FROM reason_rules
),

-- What was set by hand, in words
overrides_said AS (
    SELECT
        *,
        CASE WHEN set_by_nobody IS NOT NULL THEN '; ' || said_by_nobody ELSE '' END
        || CASE WHEN set_score IS NOT NULL THEN '; ' || said_score ELSE '' END
        || CASE WHEN set_by_nobody_2 IS NOT NULL THEN '; ' || said_by_nobody_2 ELSE '' END
        || CASE WHEN set_by_nobody_3 IS NOT NULL THEN '; ' || said_by_nobody_3 ELSE '' END
        || CASE WHEN set_by_nobody_4 IS NOT NULL THEN '; ' || said_by_nobody_4 ELSE '' END
        || CASE WHEN set_by_nobody_5 IS NOT NULL THEN '; ' || said_by_nobody_5 ELSE '' END AS overrides_said
    FROM reasons
)

SELECT
    CASE WHEN disqualified IS NOT NULL THEN NULL ELSE place END AS rank,
    lead_id AS contact_id,
    source,
    score_counted AS score,
    CASE WHEN temperature_counted = 0 THEN 'hot' WHEN temperature_counted = 1 THEN 'cold' END AS temperature,
    stage,
    CASE
        WHEN disqualified IS NOT NULL THEN NULL
        ELSE CASE
            WHEN group_engagement >= 30000 THEN 'A'
            WHEN group_engagement >= 20000 THEN 'B'
            WHEN group_engagement >= 10000 THEN 'C'
            WHEN group_engagement >= 0 THEN 'D'
            ELSE 'D'
        END
    END AS grade,
    CASE WHEN checklist_budget THEN 'budget=yes' ELSE 'budget=no' END AS checklist,
    CASE
        WHEN missing <> '' THEN SUBSTR(missing, CAST(3 AS INT), CAST(CAST(LENGTH(missing) AS BIGINT) AS INT))
    END AS missing,
    CASE WHEN route_number = 0 THEN 'Sales' END AS route,
    CASE
        WHEN route_number = 0 AND (turn - 1) % 2 = 0 THEN 'anna@example.com'
        WHEN route_number = 0 AND (turn - 1) % 2 = 1 THEN 'bram@example.com'
    END AS assigned_to,
    CASE
        WHEN disqualified IS NOT NULL THEN 'Disqualified: ' || disqualified
        ELSE CASE
            WHEN reasons <> ''
                THEN SUBSTR(reasons, CAST(3 AS INT), CAST(CAST(LENGTH(reasons) AS BIGINT) AS INT))
        END
    END AS reasons,
    CAST(DATE_ADD(DATE '1970-01-01', CAST((last_event + 86400000000) DIV 86400000000 - 1 AS INT)) AS STRING)
    || 'T'
    || SUBSTR(CAST(((last_event + 86400000000) DIV 3600000000) % 24 + 100 AS STRING), CAST(2 AS INT), CAST(2 AS INT))
    || ':'
    || SUBSTR(CAST(((last_event + 86400000000) DIV 60000000) % 60 + 100 AS STRING), CAST(2 AS INT), CAST(2 AS INT))
    || ':'
    || SUBSTR(CAST(((last_event + 86400000000) DIV 1000000) % 60 + 100 AS STRING), CAST(2 AS INT), CAST(2 AS INT))
    || CASE
        WHEN (last_event + 86400000000) % 1000000 = 0 THEN ''
        ELSE TRIM(BOTH '0' FROM '.'
        || SUBSTR(CAST((last_event + 86400000000) % 1000000 + 1000000 AS STRING), CAST(2 AS INT), CAST(6 AS INT)))
    END
    || 'Z' AS last_event,
    CASE
        WHEN group_engagement < 0
            THEN '-'
            || CAST((0 - group_engagement) DIV 1000 AS STRING)
            || CASE
                WHEN (0 - group_engagement) % 1000 = 0 THEN ''
                ELSE TRIM(BOTH '0' FROM '.'
                || SUBSTR(CAST((0 - group_engagement) % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
            END
        ELSE CAST(group_engagement DIV 1000 AS STRING)
        || CASE
            WHEN group_engagement % 1000 = 0 THEN ''
            ELSE TRIM(BOTH '0' FROM '.' || SUBSTR(CAST(group_engagement % 1000 + 1000 AS STRING), CAST(2 AS INT), CAST(3 AS INT)))
        END
    END AS engagement,
    CASE
        WHEN computed_temperature_counted = 0 THEN 'hot'
        WHEN computed_temperature_counted = 1 THEN 'cold'
    END AS computed_temperature,
    CASE
        WHEN overrides_said <> ''
            THEN SUBSTR(overrides_said, CAST(3 AS INT), CAST(CAST(LENGTH(overrides_said) AS BIGINT) AS INT))
    END AS override,
    '2026-11-01' AS as_of,
    'A little of everything (8bb132d8)' AS model
FROM overrides_said
ORDER BY place
