-- A little of everything (8bb132d8): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for redshift (parsed: the tests of hotlist check the syntax of such queries; they do not run them)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        BTRIM(type, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS type_trimmed,
        type AS type_cell,
        BTRIM(budget, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS budget_trimmed,
        BTRIM(unsubscribed, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS unsubscribed_trimmed,
        BTRIM(source, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS source_trimmed,
        source AS source_cell,
        BTRIM(score_by_hand, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS score_by_hand_trimmed,
        BTRIM(until, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS until_trimmed,
        until AS until_cell,
        BTRIM(contact_id, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS id_trimmed
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE WHEN type_trimmed = '' THEN NULL ELSE type_cell END AS type,
        CASE
            WHEN (budget_trimmed ~ '^(-?[0-9]{1,12}(\\.[0-9]{1,6})?)$') THEN budget_trimmed
            WHEN (budget_trimmed ~ '^(([+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)|[+-]?((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)([ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (STRPOS(budget_trimmed, '-') > 0) THEN '-' ELSE '' END
                || REPLACE(BTRIM(budget_trimmed, '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS budget_digits,
        TRANSLATE(unsubscribed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS unsubscribed_word,
        CASE WHEN source_trimmed = '' THEN NULL ELSE source_cell END AS source,
        CASE
            WHEN (score_by_hand_trimmed ~ '^(-?[0-9]{1,12}(\\.[0-9]{1,6})?)$') THEN score_by_hand_trimmed
            WHEN (score_by_hand_trimmed ~ '^(([+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)|[+-]?((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)([ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (STRPOS(score_by_hand_trimmed, '-') > 0) THEN '-' ELSE '' END
                || REPLACE(BTRIM(score_by_hand_trimmed, '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS score_by_hand_digits,
        CASE WHEN until_trimmed = '' THEN NULL ELSE until_cell END AS until,
        CASE
            WHEN SUBSTR(until_trimmed, 5, 1) = '-' AND SUBSTR(until_trimmed, 8, 1) = '-' THEN NULL
            WHEN (until_trimmed ~ '^(([0-9]{1,2}(/[0-9]{1,2}/|\\.[0-9]{1,2}\\.|-[0-9]{1,2}-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})((,[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*|[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)([0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?|(0?[1-9]|1[0-2]):[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?[\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[AaPp][Mm]))?)$')
                THEN REPLACE(REPLACE(until_trimmed, '.', '/'), '-', '/')
            ELSE NULL
        END AS until_slashed,
        CASE
            WHEN id_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(id_trimmed) = CAST(LEN(id_trimmed) AS BIGINT) THEN id_trimmed
            WHEN (id_trimmed ~ '^([\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN id_trimmed
            WHEN id_trimmed IS NOT NULL
                THEN CAST(CAST('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(id_trimmed, '') AS BIGINT) AS VARCHAR(65535))
            ELSE NULL
        END AS id_id
    FROM contacts_cells
),

contacts_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN (budget_digits ~ '^([0-9]{1,12})$') THEN TRY_CAST(budget_digits AS BIGINT) * 1000000
            WHEN (budget_digits ~ '^(-?0*[0-9]{0,12}(\\.[0-9]+)?)$')
                THEN CAST(CASE WHEN (STRPOS(budget_digits, '-') > 0) THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(BTRIM(budget_digits, '-') || '.', '.', 1), CAST(LEN(SPLIT_PART(BTRIM(budget_digits, '-') || '.', '.', 1)) AS BIGINT) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(BTRIM(budget_digits, '-') || '.', STRPOS(BTRIM(budget_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) / 10)
            WHEN budget_digits IS NOT NULL
                THEN CAST('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(budget_digits, '') AS BIGINT)
            ELSE NULL
        END AS budget_number,
        CASE
            WHEN unsubscribed_word IN ('yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked')
                THEN TRUE
            WHEN unsubscribed_word IN ('no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked') THEN FALSE
            ELSE NULL
        END AS unsubscribed_yes,
        CASE
            WHEN (score_by_hand_digits ~ '^([0-9]{1,12})$')
                THEN TRY_CAST(score_by_hand_digits AS BIGINT) * 1000000
            WHEN (score_by_hand_digits ~ '^(-?0*[0-9]{0,12}(\\.[0-9]+)?)$')
                THEN CAST(CASE WHEN (STRPOS(score_by_hand_digits, '-') > 0) THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(BTRIM(score_by_hand_digits, '-') || '.', '.', 1), CAST(LEN(SPLIT_PART(BTRIM(score_by_hand_digits, '-') || '.', '.', 1)) AS BIGINT) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(BTRIM(score_by_hand_digits, '-') || '.', STRPOS(BTRIM(score_by_hand_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) / 10)
            WHEN score_by_hand_digits IS NOT NULL
                THEN CAST('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(score_by_hand_digits, '') AS BIGINT)
            ELSE NULL
        END AS score_by_hand_number,
        SPLIT_PART(until_slashed, '/', 1) AS until_first,
        SUBSTR(until_slashed, STRPOS(until_slashed, '/') + 1) AS until_rest,
        CASE
            WHEN (STRPOS(id_id, '@') > 0)
                THEN TRANSLATE(id_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
            ELSE id_id
        END AS id_key
    FROM contacts_cells_2
),

contacts_cells_4 AS (
    SELECT
        *,
        SPLIT_PART(until_rest, '/', 1) AS until_second_part,
        SUBSTR(until_rest, STRPOS(until_rest, '/') + 1) AS until_behind
    FROM contacts_cells_3
),

contacts_cells_5 AS (
    SELECT
        *,
        CASE
            WHEN CAST(LEN(until_first) AS BIGINT) < 4 THEN SUBSTR(until_behind, 1, 4)
            WHEN (until_behind ~ '^[0-9]{2}') THEN SUBSTR(until_behind, 1, 2)
            ELSE SUBSTR(until_behind, 1, 1)
        END AS until_third,
        BTRIM(CASE
            WHEN CAST(LEN(until_first) AS BIGINT) < 4 THEN SUBSTR(until_behind, 5, 60)
            WHEN (until_behind ~ '^[0-9]{2}') THEN SUBSTR(until_behind, 3, 60)
            ELSE SUBSTR(until_behind, 2, 60)
        END, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000,') AS until_time
    FROM contacts_cells_4
),

contacts_cells_6 AS (
    SELECT
        *,
        CASE
            WHEN (STRPOS(until_time, ':') > 0) THEN TRY_CAST(SPLIT_PART(until_time, ':', 1) AS BIGINT)
            ELSE NULL
        END AS until_hour,
        REPLACE(BTRIM(SUBSTR(until_time, STRPOS(until_time, ':') + 1), '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000AaPpMm'), '/', '.') AS until_minutes
    FROM contacts_cells_5
),

contacts_cells_7 AS (
    SELECT
        *,
        CASE
            WHEN until_slashed IS NULL THEN until_trimmed
            ELSE CASE
                WHEN CAST(LEN(until_first) AS BIGINT) < 4
                    THEN until_third
                    || '-'
                    || SUBSTR('0' || until_second_part, CAST(LEN(until_second_part) AS BIGINT), 2)
                    || '-'
                    || SUBSTR('0' || until_first, CAST(LEN(until_first) AS BIGINT), 2)
                ELSE until_first
                || '-'
                || SUBSTR('0' || until_second_part, CAST(LEN(until_second_part) AS BIGINT), 2)
                || '-'
                || SUBSTR('0' || until_third, CAST(LEN(until_third) AS BIGINT), 2)
            END
            || COALESCE('T'
            || SUBSTR(CAST(CASE
                WHEN (until_time ~ '[Pp]') THEN until_hour % 12 + 12
                WHEN (until_time ~ '[Aa]') THEN until_hour % 12
                ELSE until_hour
            END + 100 AS VARCHAR(65535)), 2, 2)
            || ':'
            || until_minutes, '')
        END AS until_written
    FROM contacts_cells_6
),

contacts_cells_8 AS (
    SELECT
        *,
        CASE
            WHEN (until_written ~ '^(((19|20|21)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]{1,9})?)?[Zz]?)?)$')
                THEN CAST(DATEDIFF(day, DATE '1970-01-01', CAST(SUBSTR(until_written, 1, 10) AS DATE)) AS BIGINT)
            WHEN (until_written ~ '^((1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]{1,9})?)?([+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?))$')
                THEN CAST('hotlist: whether this day is one from 1900 to 2199 cannot be told by a query: ' || COALESCE(until_written, '') AS BIGINT)
            WHEN (until_written ~ '^(((19|20|21)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]{1,9})?)?([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?))$')
                THEN (CAST(DATEDIFF(day, DATE '1970-01-01', CAST(SUBSTR(until_written, 1, 10) AS DATE)) AS BIGINT)
                * 86400
                + CASE
                    WHEN CAST(LEN(until_written) AS BIGINT) > 10
                        THEN TRY_CAST(SUBSTR(until_written, 12, 2) AS BIGINT) * 3600
                        + TRY_CAST(SUBSTR(until_written, 15, 2) AS BIGINT) * 60
                        + CASE
                            WHEN SUBSTR(until_written, 18, 2) = '60' THEN 59
                            WHEN SUBSTR(until_written, 17, 1) = ':'
                                THEN TRY_CAST(SUBSTR(until_written, 18, 2) AS BIGINT)
                            ELSE 0
                        END
                    ELSE 0
                END
                - CASE
                    WHEN SUBSTR(until_written, 20, 1) IN ('Z', 'z') THEN 0
                    WHEN (SUBSTR(until_written, 17, 40) ~ '^([0-9:.,]*)$') THEN 0
                    WHEN (SUBSTR(until_written, 17, 40) ~ '^([0-9:.,]*[Zz])$') THEN 0
                    WHEN (SUBSTR(until_written, 17, 40) ~ '^([0-9:.,]*\\+[0-9]{2}(:?[0-9]{2})?)$')
                        THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '+') + 1), ':', ''), 1, 2) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '+') + 1), ':', '')
                        || '00', 3, 2) AS BIGINT) * 60
                    WHEN (SUBSTR(until_written, 17, 40) ~ '^([0-9:.,]*-[0-9]{2}(:?[0-9]{2})?)$')
                        THEN 0
                        - (TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '-') + 1), ':', ''), 1, 2) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '-') + 1), ':', '')
                        || '00', 3, 2) AS BIGINT) * 60)
                    ELSE 0
                END + 2592000000) / 86400 - 30000
            WHEN (until_written ~ '^([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]{1,9})?)?([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)\\[[^\\n]*\\])$')
                THEN CAST('hotlist: a zone in brackets behind a time cannot be read by a query: ' || COALESCE(until_written, '') AS BIGINT)
            ELSE NULL
        END AS until_day
    FROM contacts_cells_7
),

-- Each once; numbers are in millionths, days are counted from 1970-01-01
contacts_read AS (
    SELECT
        CASE
            WHEN id_id IS NULL
                THEN CAST(CAST('hotlist: a contact has no id' || COALESCE(id_id, '') AS BIGINT) AS VARCHAR(65535))
            WHEN CAST(COUNT(1) OVER (PARTITION BY id_id) AS BIGINT) > 1
                THEN CAST(CAST('hotlist: several contacts have the id ' || COALESCE(id_id, '') AS BIGINT) AS VARCHAR(65535))
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
        BTRIM(price, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS price_trimmed,
        BTRIM(property_id, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS property_id_trimmed,
        property_id AS property_id_cell,
        BTRIM(contact_id, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS contact_trimmed,
        BTRIM(event, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS type_trimmed,
        BTRIM(timestamp, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS time_trimmed,
        BTRIM(event_id, '\t\n\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') AS event_id_trimmed,
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
            WHEN (price_trimmed ~ '^(-?[0-9]{1,12}(\\.[0-9]{1,6})?)$') THEN price_trimmed
            WHEN (price_trimmed ~ '^(([+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \u00a0\u202f]?[+-])((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)|[+-]?((0*[0-9]{1,18}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})(\\.[0-9]+)?|\\.[0-9]+)([ \u00a0\u202f]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (STRPOS(price_trimmed, '-') > 0) THEN '-' ELSE '' END
                || REPLACE(BTRIM(price_trimmed, '+-% \u00a0\u202f$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS price_digits,
        CASE WHEN property_id_trimmed = '' THEN NULL ELSE property_id_cell END AS property_id,
        CASE
            WHEN contact_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(contact_trimmed) = CAST(LEN(contact_trimmed) AS BIGINT) THEN contact_trimmed
            WHEN (contact_trimmed ~ '^([\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN contact_trimmed
            WHEN contact_trimmed IS NOT NULL
                THEN CAST(CAST('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(contact_trimmed, '') AS BIGINT) AS VARCHAR(65535))
            ELSE NULL
        END AS contact_id,
        TRANSLATE(type_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS type_lowered,
        CASE
            WHEN NOT (STRPOS(time_trimmed, '/') > 0) THEN time_trimmed
            WHEN (time_trimmed ~ '^([0-9]{4}/[0-9]{2}/[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?)?)$')
                THEN REPLACE(time_trimmed, '/', '-')
            ELSE time_trimmed
        END AS time_written,
        CASE
            WHEN event_id_trimmed = '' THEN NULL
            WHEN OCTET_LENGTH(event_id_trimmed) = CAST(LEN(event_id_trimmed) AS BIGINT) THEN event_id_trimmed
            WHEN (event_id_trimmed ~ '^([\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN event_id_trimmed
            WHEN event_id_trimmed IS NOT NULL
                THEN CAST(CAST('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(event_id_trimmed, '') AS BIGINT) AS VARCHAR(65535))
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
            WHEN (price_digits ~ '^([0-9]{1,12})$') THEN TRY_CAST(price_digits AS BIGINT) * 1000000
            WHEN (price_digits ~ '^(-?0*[0-9]{0,12}(\\.[0-9]+)?)$')
                THEN CAST(CASE WHEN (STRPOS(price_digits, '-') > 0) THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(BTRIM(price_digits, '-') || '.', '.', 1), CAST(LEN(SPLIT_PART(BTRIM(price_digits, '-') || '.', '.', 1)) AS BIGINT) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(BTRIM(price_digits, '-') || '.', STRPOS(BTRIM(price_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) / 10)
            WHEN price_digits IS NOT NULL
                THEN CAST('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(price_digits, '') AS BIGINT)
            ELSE NULL
        END AS price_number,
        CASE
            WHEN (STRPOS(contact_id, '@') > 0)
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
                        WHEN (type_trimmed ~ '^([a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$') THEN NULL
                        ELSE CAST('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '') AS BIGINT)
                    END
                WHEN OCTET_LENGTH(type_trimmed) = CAST(LEN(type_trimmed) AS BIGINT) THEN NULL
                WHEN (TRANSLATE(type_lowered, ' \t\n\r!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '') ~ '^([^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*)$')
                    AND NOT (type_trimmed ~ '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]')
                    THEN CAST('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '') AS BIGINT)
                ELSE NULL
            END
        END AS type_kind,
        CASE
            WHEN (time_written ~ '^(((19|20|21)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]{1,9})?)?([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?)$')
                THEN CAST(DATEDIFF(day, DATE '1970-01-01', CAST(SUBSTR(time_written, 1, 10) AS DATE)) AS BIGINT)
                * 86400000000
                + CASE
                    WHEN CAST(LEN(time_written) AS BIGINT) > 10
                        THEN TRY_CAST(SUBSTR(time_written, 12, 2) AS BIGINT) * 3600000000
                        + TRY_CAST(SUBSTR(time_written, 15, 2) AS BIGINT) * 60000000
                        + CASE
                            WHEN SUBSTR(time_written, 18, 2) = '60' THEN 59000000
                            WHEN SUBSTR(time_written, 17, 1) = ':'
                                THEN TRY_CAST(SUBSTR(time_written, 18, 2) AS BIGINT) * 1000000
                            ELSE 0
                        END
                    ELSE 0
                END
                + CASE
                    WHEN SUBSTR(time_written, 20, 1) IN ('.', ',')
                        THEN TRY_CAST(SUBSTR(REPLACE(REPLACE(SPLIT_PART(SPLIT_PART(SUBSTR(time_written, 21, 6) || '+', '+', 1) || '-', '-', 1), 'Z', ''), 'z', '')
                        || '00000', 1, 6) AS BIGINT)
                    ELSE 0
                END
            ELSE NULL
        END
        - CASE
            WHEN SUBSTR(time_written, 20, 1) IN ('Z', 'z') THEN 0
            WHEN (SUBSTR(time_written, 17, 40) ~ '^([0-9:.,]*)$') THEN 0
            WHEN (SUBSTR(time_written, 17, 40) ~ '^([0-9:.,]*[Zz])$') THEN 0
            WHEN (SUBSTR(time_written, 17, 40) ~ '^([0-9:.,]*\\+[0-9]{2}(:?[0-9]{2})?)$')
                THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '+') + 1), ':', ''), 1, 2) AS BIGINT)
                * 3600
                + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '+') + 1), ':', '')
                || '00', 3, 2) AS BIGINT) * 60
            WHEN (SUBSTR(time_written, 17, 40) ~ '^([0-9:.,]*-[0-9]{2}(:?[0-9]{2})?)$')
                THEN 0
                - (TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '-') + 1), ':', ''), 1, 2) AS BIGINT)
                * 3600
                + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '-') + 1), ':', '')
                || '00', 3, 2) AS BIGINT) * 60)
            ELSE 0
        END * 1000000 AS time_micros
    FROM events_cells_2
),

events_cells_4 AS (
    SELECT
        *,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros
            WHEN (time_written ~ '^(((0?[1-9]|[12][0-9]|3[01])(/(0?[1-9]|[12][0-9]|3[01])/|\\.(0?[1-9]|[12][0-9]|3[01])\\.|-(0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})([,\\t\\n\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\\n]*)?)$')
                THEN CAST('hotlist: in which order a date stands is not said; set date_order in the model: ' || COALESCE(time_written, '') AS BIGINT)
            ELSE CAST('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ' || COALESCE(time_trimmed, '') AS BIGINT)
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros / 86400000000
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
                THEN CAST('hotlist: events that differ have the id ' || COALESCE(event_id_id, '') AS BIGINT)
            ELSE time_instant
        END AS event_instant,
        ROW_NUMBER() OVER (PARTITION BY event_id_id ORDER BY time_instant) AS event_turn
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
    SELECT CAST(0 AS BIGINT) AS days, CAST(1000000 AS BIGINT) AS weight_1
    UNION ALL SELECT 1, 977160
    UNION ALL SELECT 2, 954842
    UNION ALL SELECT 3, 933033
    UNION ALL SELECT 4, 911722
    UNION ALL SELECT 5, 890899
    UNION ALL SELECT 6, 870551
    UNION ALL SELECT 7, 850667
    UNION ALL SELECT 8, 831238
    UNION ALL SELECT 9, 812252
    UNION ALL SELECT 10, 793701
    UNION ALL SELECT 11, 775572
    UNION ALL SELECT 12, 757858
    UNION ALL SELECT 13, 740549
    UNION ALL SELECT 14, 723635
    UNION ALL SELECT 15, 707107
    UNION ALL SELECT 16, 690956
    UNION ALL SELECT 17, 675175
    UNION ALL SELECT 18, 659754
    UNION ALL SELECT 19, 644685
    UNION ALL SELECT 20, 629961
    UNION ALL SELECT 21, 615572
    UNION ALL SELECT 22, 601513
    UNION ALL SELECT 23, 587774
    UNION ALL SELECT 24, 574349
    UNION ALL SELECT 25, 561231
    UNION ALL SELECT 26, 548412
    UNION ALL SELECT 27, 535887
    UNION ALL SELECT 28, 523647
    UNION ALL SELECT 29, 511687
    UNION ALL SELECT 30, 500000
    UNION ALL SELECT 31, 488580
    UNION ALL SELECT 32, 477421
    UNION ALL SELECT 33, 466516
    UNION ALL SELECT 34, 455861
    UNION ALL SELECT 35, 445449
    UNION ALL SELECT 36, 435275
    UNION ALL SELECT 37, 425334
    UNION ALL SELECT 38, 415619
    UNION ALL SELECT 39, 406126
    UNION ALL SELECT 40, 396850
    UNION ALL SELECT 41, 387786
    UNION ALL SELECT 42, 378929
    UNION ALL SELECT 43, 370274
    UNION ALL SELECT 44, 361817
    UNION ALL SELECT 45, 353553
    UNION ALL SELECT 46, 345478
    UNION ALL SELECT 47, 337587
    UNION ALL SELECT 48, 329877
    UNION ALL SELECT 49, 322343
    UNION ALL SELECT 50, 314980
    UNION ALL SELECT 51, 307786
    UNION ALL SELECT 52, 300756
    UNION ALL SELECT 53, 293887
    UNION ALL SELECT 54, 287175
    UNION ALL SELECT 55, 280616
    UNION ALL SELECT 56, 274206
    UNION ALL SELECT 57, 267943
    UNION ALL SELECT 58, 261824
    UNION ALL SELECT 59, 255843
    UNION ALL SELECT 60, 250000
    UNION ALL SELECT 61, 244290
    UNION ALL SELECT 62, 238710
    UNION ALL SELECT 63, 233258
    UNION ALL SELECT 64, 227931
    UNION ALL SELECT 65, 222725
    UNION ALL SELECT 66, 217638
    UNION ALL SELECT 67, 212667
    UNION ALL SELECT 68, 207809
    UNION ALL SELECT 69, 203063
    UNION ALL SELECT 70, 198425
    UNION ALL SELECT 71, 193893
    UNION ALL SELECT 72, 189465
    UNION ALL SELECT 73, 185137
    UNION ALL SELECT 74, 180909
    UNION ALL SELECT 75, 176777
    UNION ALL SELECT 76, 172739
    UNION ALL SELECT 77, 168794
    UNION ALL SELECT 78, 164938
    UNION ALL SELECT 79, 161171
    UNION ALL SELECT 80, 157490
    UNION ALL SELECT 81, 153893
    UNION ALL SELECT 82, 150378
    UNION ALL SELECT 83, 146943
    UNION ALL SELECT 84, 143587
    UNION ALL SELECT 85, 140308
    UNION ALL SELECT 86, 137103
    UNION ALL SELECT 87, 133972
    UNION ALL SELECT 88, 130912
    UNION ALL SELECT 89, 127922
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
        ROW_NUMBER() OVER (PARTITION BY contact, day, opens_taken ORDER BY instant DESC) AS opens_turn,
        LAG(instant) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_before,
        LAG(answer_side) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_side_before
    FROM events_taken
),

-- Answers right behind a question, with the minutes between
events_answering AS (
    SELECT
        *,
        CASE WHEN answer_side = 1 AND answer_side_before = 0 THEN (instant - answer_before) / 60000000 END AS answer_minutes
    FROM events_in_turn
),

-- Answers in their order
answers_in_order AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY contact, answer_minutes IS NULL ORDER BY answer_minutes) AS answer_place,
        CAST(COUNT(answer_minutes) OVER (PARTITION BY contact) AS BIGINT) AS answer_pairs
    FROM events_answering
),

-- Each contact's events together
activity AS (
    SELECT
        contact,
        MAX(instant) AS last_event,
        CAST(SUM(CASE WHEN opens_taken AND opens_turn <= 3 THEN COALESCE(weight_1, 0) END) AS BIGINT) AS opens,  -- signal opens
        COUNT(DISTINCT CASE
            WHEN event_type = 1 AND price_number >= 1000000000 AND property_id IS NOT NULL THEN property_id
        END) AS homes,  -- signal homes
        MIN(CASE WHEN answer_place = (answer_pairs + 1) / 2 THEN answer_minutes END) AS answer,  -- signal answer
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
        COALESCE((opens + 200) / 400, 0) AS opens_our_emails_product  -- Opens our emails
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
        CAST(CASE WHEN homes >= 2 AND (source ~ '^(Referral|Portal)$') THEN 30000 ELSE 0 END AS BIGINT) AS looks_at_homes_points,  -- Looks at homes
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
"groups" AS (
    SELECT
        *,
        CASE WHEN sum_engagement > 40000 THEN 40000 ELSE sum_engagement END AS group_engagement  -- Engagement level, at most 40
    FROM sums
),

-- Groups and rules without a group together
summed AS (
    SELECT *, group_engagement + looks_at_homes_points + where_it_s_from_points AS sum_of_points
    FROM "groups"
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
                THEN ' until ' || TO_CHAR(DATEADD(day, until_day, DATE '1970-01-01'), 'YYYY-MM-DD')
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
                        WHEN score_by_hand_number < 0 THEN 0 - (0 - score_by_hand_number + 500) / 1000
                        ELSE (score_by_hand_number + 500) / 1000
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
                        || CAST((0 - set_score) / 1000 AS VARCHAR(65535))
                        || CASE
                            WHEN (0 - set_score) % 1000 = 0 THEN ''
                            ELSE BTRIM('.' || SUBSTR(CAST((0 - set_score) % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
                        END
                    ELSE CAST(set_score / 1000 AS VARCHAR(65535))
                    || CASE
                        WHEN set_score % 1000 = 0 THEN ''
                        ELSE BTRIM('.' || SUBSTR(CAST(set_score % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
                    END
                END
                || set_until_by
        END AS said_score
    FROM set_by_hand
),

nobody AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody, CAST(NULL AS VARCHAR(65535)) AS said_by_nobody
    FROM said_by_hand
),

nobody_2 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_2, CAST(NULL AS VARCHAR(65535)) AS said_by_nobody_2
    FROM nobody
),

nobody_3 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_3, CAST(NULL AS VARCHAR(65535)) AS said_by_nobody_3
    FROM nobody_2
),

nobody_4 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_4, CAST(NULL AS VARCHAR(65535)) AS said_by_nobody_4
    FROM nobody_3
),

nobody_5 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_5, CAST(NULL AS VARCHAR(65535)) AS said_by_nobody_5
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
    SELECT *, (total_at_last + 500) / 1000 AS score
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
    SELECT *, (total + 500) / 1000 AS computed_score
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
        ROW_NUMBER() OVER (ORDER BY CASE WHEN disqualified IS NOT NULL THEN 1 ELSE 0 END, total_counted DESC, COALESCE(last_event, -1) DESC, lead_id) AS place
    FROM routed
),

-- Within a route leads are taken in turn, by rank
turns AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY route_number ORDER BY place) AS turn
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
        CASE WHEN reason_1 >= 5 THEN reason_1 / 5 ELSE 0 END AS reason_1_points,
        CASE
            WHEN reason_2 % 5 = 4 THEN 'Opens our emails'
            WHEN reason_2 % 5 = 3 THEN 'Answers quickly'
            WHEN reason_2 % 5 = 2 THEN 'Looks at homes'
            WHEN reason_2 % 5 = 1 THEN 'Where it\'s from'
        END AS reason_2_rule,
        CASE WHEN reason_2 >= 5 THEN reason_2 / 5 ELSE 0 END AS reason_2_points,
        CASE
            WHEN reason_3 % 5 = 4 THEN 'Opens our emails'
            WHEN reason_3 % 5 = 3 THEN 'Answers quickly'
            WHEN reason_3 % 5 = 2 THEN 'Looks at homes'
            WHEN reason_3 % 5 = 1 THEN 'Where it\'s from'
        END AS reason_3_rule,
        CASE WHEN reason_3 >= 5 THEN reason_3 / 5 ELSE 0 END AS reason_3_points,
        CASE
            WHEN reason_against % 5 = 3 THEN 'Answers quickly'
            WHEN reason_against % 5 = 1 THEN 'Where it\'s from'
        END AS reason_against_rule,
        CASE WHEN reason_against >= 5 THEN reason_against / 5 ELSE 0 END AS reason_against_points
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
                        || SUBSTR(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END, 3, CAST(LEN(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END) AS BIGINT))
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
                || CAST(reason_1_points / 1000 AS VARCHAR(65535))
                || CASE
                    WHEN reason_1_points % 1000 = 0 THEN ''
                    ELSE BTRIM('.' || SUBSTR(CAST(reason_1_points % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_2_points > 0
                THEN '; '
                || reason_2_rule
                || ' +'
                || CAST(reason_2_points / 1000 AS VARCHAR(65535))
                || CASE
                    WHEN reason_2_points % 1000 = 0 THEN ''
                    ELSE BTRIM('.' || SUBSTR(CAST(reason_2_points % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_3_points > 0
                THEN '; '
                || reason_3_rule
                || ' +'
                || CAST(reason_3_points / 1000 AS VARCHAR(65535))
                || CASE
                    WHEN reason_3_points % 1000 = 0 THEN ''
                    ELSE BTRIM('.' || SUBSTR(CAST(reason_3_points % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_against_points > 0
                THEN '; '
                || reason_against_rule
                || ' -'
                || CAST(reason_against_points / 1000 AS VARCHAR(65535))
                || CASE
                    WHEN reason_against_points % 1000 = 0 THEN ''
                    ELSE BTRIM('.' || SUBSTR(CAST(reason_against_points % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
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
    CASE WHEN missing <> '' THEN SUBSTR(missing, 3, CAST(LEN(missing) AS BIGINT)) END AS missing,
    CASE WHEN route_number = 0 THEN 'Sales' END AS route,
    CASE
        WHEN route_number = 0 AND (turn - 1) % 2 = 0 THEN 'anna@example.com'
        WHEN route_number = 0 AND (turn - 1) % 2 = 1 THEN 'bram@example.com'
    END AS assigned_to,
    CASE
        WHEN disqualified IS NOT NULL THEN 'Disqualified: ' || disqualified
        ELSE CASE WHEN reasons <> '' THEN SUBSTR(reasons, 3, CAST(LEN(reasons) AS BIGINT)) END
    END AS reasons,
    TO_CHAR(DATEADD(day, (last_event + 86400000000) / 86400000000 - 1, DATE '1970-01-01'), 'YYYY-MM-DD')
    || 'T'
    || SUBSTR(CAST(((last_event + 86400000000) / 3600000000) % 24 + 100 AS VARCHAR(65535)), 2, 2)
    || ':'
    || SUBSTR(CAST(((last_event + 86400000000) / 60000000) % 60 + 100 AS VARCHAR(65535)), 2, 2)
    || ':'
    || SUBSTR(CAST(((last_event + 86400000000) / 1000000) % 60 + 100 AS VARCHAR(65535)), 2, 2)
    || CASE
        WHEN (last_event + 86400000000) % 1000000 = 0 THEN ''
        ELSE BTRIM('.' || SUBSTR(CAST((last_event + 86400000000) % 1000000 + 1000000 AS VARCHAR(65535)), 2, 6), '0')
    END
    || 'Z' AS last_event,
    CASE
        WHEN group_engagement < 0
            THEN '-'
            || CAST((0 - group_engagement) / 1000 AS VARCHAR(65535))
            || CASE
                WHEN (0 - group_engagement) % 1000 = 0 THEN ''
                ELSE BTRIM('.' || SUBSTR(CAST((0 - group_engagement) % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
            END
        ELSE CAST(group_engagement / 1000 AS VARCHAR(65535))
        || CASE
            WHEN group_engagement % 1000 = 0 THEN ''
            ELSE BTRIM('.' || SUBSTR(CAST(group_engagement % 1000 + 1000 AS VARCHAR(65535)), 2, 3), '0')
        END
    END AS engagement,
    CASE
        WHEN computed_temperature_counted = 0 THEN 'hot'
        WHEN computed_temperature_counted = 1 THEN 'cold'
    END AS computed_temperature,
    CASE WHEN overrides_said <> '' THEN SUBSTR(overrides_said, 3, CAST(LEN(overrides_said) AS BIGINT)) END AS override,
    '2026-11-01' AS as_of,
    'A little of everything (8bb132d8)' AS model
FROM overrides_said
ORDER BY place
