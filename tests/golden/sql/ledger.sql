-- A little of everything (8bb132d8): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for duckdb (proven: the tests of hotlist run such queries on this engine and compare every row)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        CASE WHEN LEFT(type, 1) BETWEEN '!' AND '~' AND RIGHT(type, 1) BETWEEN '!' AND '~' THEN type ELSE REGEXP_REPLACE(type, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS type_trimmed,
        type AS type_cell,
        CASE WHEN LEFT(budget, 1) BETWEEN '!' AND '~' AND RIGHT(budget, 1) BETWEEN '!' AND '~' THEN budget ELSE REGEXP_REPLACE(budget, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS budget_trimmed,
        CASE WHEN LEFT(unsubscribed, 1) BETWEEN '!' AND '~' AND RIGHT(unsubscribed, 1) BETWEEN '!' AND '~' THEN unsubscribed ELSE REGEXP_REPLACE(unsubscribed, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS unsubscribed_trimmed,
        CASE WHEN LEFT(source, 1) BETWEEN '!' AND '~' AND RIGHT(source, 1) BETWEEN '!' AND '~' THEN source ELSE REGEXP_REPLACE(source, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS source_trimmed,
        source AS source_cell,
        CASE WHEN LEFT(score_by_hand, 1) BETWEEN '!' AND '~' AND RIGHT(score_by_hand, 1) BETWEEN '!' AND '~' THEN score_by_hand ELSE REGEXP_REPLACE(score_by_hand, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS score_by_hand_trimmed,
        CASE WHEN LEFT(until, 1) BETWEEN '!' AND '~' AND RIGHT(until, 1) BETWEEN '!' AND '~' THEN until ELSE REGEXP_REPLACE(until, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS until_trimmed,
        until AS until_cell,
        CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE REGEXP_REPLACE(contact_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS id_trimmed
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE WHEN type_trimmed = '' THEN NULL ELSE type_cell END AS type,
        CASE
            WHEN REGEXP_MATCHES(budget_trimmed, '^(?:-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$') THEN budget_trimmed
            WHEN REGEXP_MATCHES(budget_trimmed, E'^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN CONTAINS(budget_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(budget_trimmed, E'+-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS budget_digits,
        CASE WHEN STRLEN(unsubscribed_trimmed) = LENGTH(unsubscribed_trimmed) THEN LOWER(unsubscribed_trimmed) ELSE TRANSLATE(unsubscribed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END AS unsubscribed_word,
        CASE WHEN source_trimmed = '' THEN NULL ELSE source_cell END AS source,
        CASE
            WHEN REGEXP_MATCHES(score_by_hand_trimmed, '^(?:-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$')
                THEN score_by_hand_trimmed
            WHEN REGEXP_MATCHES(score_by_hand_trimmed, E'^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN CONTAINS(score_by_hand_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(score_by_hand_trimmed, E'+-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS score_by_hand_digits,
        CASE WHEN until_trimmed = '' THEN NULL ELSE until_cell END AS until,
        CASE
            WHEN SUBSTR(until_trimmed, 5, 1) = '-' AND SUBSTR(until_trimmed, 8, 1) = '-' THEN NULL
            WHEN REGEXP_MATCHES(until_trimmed, E'^(?:(?:[0-9]{1,2}(?:/[0-9]{1,2}/|\\.[0-9]{1,2}\\.|-[0-9]{1,2}-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:(?:,[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*|[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+)(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?|(?:0?[1-9]|1[0-2]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*[AaPp][Mm]))?)$')
                THEN REPLACE(REPLACE(until_trimmed, '.', '/'), '-', '/')
            ELSE NULL
        END AS until_slashed,
        CASE
            WHEN id_trimmed = '' THEN NULL
            WHEN STRLEN(id_trimmed) = LENGTH(id_trimmed) THEN id_trimmed
            WHEN REGEXP_MATCHES(id_trimmed, '^(?:[\t\n\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN id_trimmed
            WHEN id_trimmed IS NOT NULL
                THEN CAST(CAST(ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(id_trimmed, '')) AS BIGINT) AS VARCHAR)
            ELSE NULL
        END AS id_id
    FROM contacts_cells
),

contacts_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN REGEXP_MATCHES(budget_digits, '^(?:[0-9]{1,12})$')
                THEN TRY_CAST(budget_digits AS BIGINT) * 1000000
            WHEN REGEXP_MATCHES(budget_digits, '^(?:-?0*[0-9]{0,12}(?:\.[0-9]+)?)$')
                THEN CAST(CASE WHEN CONTAINS(budget_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(TRIM(budget_digits, '-') || '.', '.', 1), LENGTH(SPLIT_PART(TRIM(budget_digits, '-') || '.', '.', 1)) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(budget_digits, '-') || '.', STRPOS(TRIM(budget_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) // 10)
            WHEN budget_digits IS NOT NULL
                THEN CAST(ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(budget_digits, '')) AS BIGINT)
            ELSE NULL
        END AS budget_number,
        CASE
            WHEN unsubscribed_word IN ('yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked')
                THEN TRUE
            WHEN unsubscribed_word IN ('no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked') THEN FALSE
            ELSE NULL
        END AS unsubscribed_yes,
        CASE
            WHEN REGEXP_MATCHES(score_by_hand_digits, '^(?:[0-9]{1,12})$')
                THEN TRY_CAST(score_by_hand_digits AS BIGINT) * 1000000
            WHEN REGEXP_MATCHES(score_by_hand_digits, '^(?:-?0*[0-9]{0,12}(?:\.[0-9]+)?)$')
                THEN CAST(CASE WHEN CONTAINS(score_by_hand_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(TRIM(score_by_hand_digits, '-') || '.', '.', 1), LENGTH(SPLIT_PART(TRIM(score_by_hand_digits, '-') || '.', '.', 1)) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(score_by_hand_digits, '-') || '.', STRPOS(TRIM(score_by_hand_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) // 10)
            WHEN score_by_hand_digits IS NOT NULL
                THEN CAST(ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(score_by_hand_digits, '')) AS BIGINT)
            ELSE NULL
        END AS score_by_hand_number,
        SPLIT_PART(until_slashed, '/', 1) AS until_first,
        SUBSTR(until_slashed, STRPOS(until_slashed, '/') + 1) AS until_rest,
        CASE
            WHEN CONTAINS(id_id, '@')
                THEN CASE WHEN STRLEN(id_id) = LENGTH(id_id) THEN LOWER(id_id) ELSE TRANSLATE(id_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
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
            WHEN LENGTH(until_first) < 4 THEN SUBSTR(until_behind, 1, 4)
            WHEN REGEXP_MATCHES(until_behind, '^[0-9]{2}') THEN SUBSTR(until_behind, 1, 2)
            ELSE SUBSTR(until_behind, 1, 1)
        END AS until_third,
        TRIM(CASE
            WHEN LENGTH(until_first) < 4 THEN SUBSTR(until_behind, 5, 60)
            WHEN REGEXP_MATCHES(until_behind, '^[0-9]{2}') THEN SUBSTR(until_behind, 3, 60)
            ELSE SUBSTR(until_behind, 2, 60)
        END, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80,') AS until_time
    FROM contacts_cells_4
),

contacts_cells_6 AS (
    SELECT
        *,
        CASE
            WHEN CONTAINS(until_time, ':') THEN TRY_CAST(SPLIT_PART(until_time, ':', 1) AS BIGINT)
            ELSE NULL
        END AS until_hour,
        REPLACE(TRIM(SUBSTR(until_time, STRPOS(until_time, ':') + 1), E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80AaPpMm'), '/', '.') AS until_minutes
    FROM contacts_cells_5
),

contacts_cells_7 AS (
    SELECT
        *,
        CASE
            WHEN until_slashed IS NULL THEN until_trimmed
            ELSE CASE
                WHEN LENGTH(until_first) < 4
                    THEN until_third
                    || '-'
                    || SUBSTR('0' || until_second_part, LENGTH(until_second_part), 2)
                    || '-'
                    || SUBSTR('0' || until_first, LENGTH(until_first), 2)
                ELSE until_first
                || '-'
                || SUBSTR('0' || until_second_part, LENGTH(until_second_part), 2)
                || '-'
                || SUBSTR('0' || until_third, LENGTH(until_third), 2)
            END
            || COALESCE('T'
            || SUBSTR(CAST(CASE
                WHEN REGEXP_MATCHES(until_time, '[Pp]') THEN until_hour % 12 + 12
                WHEN REGEXP_MATCHES(until_time, '[Aa]') THEN until_hour % 12
                ELSE until_hour
            END + 100 AS VARCHAR), 2, 2)
            || ':'
            || until_minutes, '')
        END AS until_written
    FROM contacts_cells_6
),

contacts_cells_8 AS (
    SELECT
        *,
        CASE
            WHEN REGEXP_MATCHES(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?[Zz]?)?)$')
                THEN (TRY_CAST(SUBSTR(until_written, 1, 10) AS DATE) - DATE '1970-01-01')
            WHEN REGEXP_MATCHES(until_written, '^(?:(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$')
                THEN CAST(ERROR('hotlist: whether this day is one from 1900 to 2199 cannot be told by a query: ' || COALESCE(until_written, '')) AS BIGINT)
            WHEN REGEXP_MATCHES(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$')
                THEN ((TRY_CAST(SUBSTR(until_written, 1, 10) AS DATE) - DATE '1970-01-01') * 86400
                + CASE
                    WHEN LENGTH(until_written) > 10
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
                    WHEN REGEXP_MATCHES(SUBSTR(until_written, 17, 40), '^(?:[0-9:.,]*)$') THEN 0
                    WHEN REGEXP_MATCHES(SUBSTR(until_written, 17, 40), '^(?:[0-9:.,]*[Zz])$') THEN 0
                    WHEN REGEXP_MATCHES(SUBSTR(until_written, 17, 40), '^(?:[0-9:.,]*\+[0-9]{2}(?::?[0-9]{2})?)$')
                        THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '+') + 1), ':', ''), 1, 2) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '+') + 1), ':', '')
                        || '00', 3, 2) AS BIGINT) * 60
                    WHEN REGEXP_MATCHES(SUBSTR(until_written, 17, 40), '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)$')
                        THEN 0
                        - (TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '-') + 1), ':', ''), 1, 2) AS BIGINT)
                        * 3600
                        + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(until_written, 17, 40), STRPOS(SUBSTR(until_written, 17, 40), '-') + 1), ':', '')
                        || '00', 3, 2) AS BIGINT) * 60)
                    ELSE 0
                END + 2592000000) // 86400 - 30000
            WHEN REGEXP_MATCHES(until_written, '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)\[.*\])$')
                THEN CAST(ERROR('hotlist: a zone in brackets behind a time cannot be read by a query: ' || COALESCE(until_written, '')) AS BIGINT)
            ELSE NULL
        END AS until_day
    FROM contacts_cells_7
),

-- Each once; numbers are in millionths, days are counted from 1970-01-01
contacts_read AS (
    SELECT
        CASE
            WHEN id_id IS NULL
                THEN CAST(CAST(ERROR('hotlist: a contact has no id' || COALESCE(id_id, '')) AS BIGINT) AS VARCHAR)
            WHEN CAST(COUNT(1) OVER (PARTITION BY id_id) AS BIGINT) > 1
                THEN CAST(CAST(ERROR('hotlist: several contacts have the id ' || COALESCE(id_id, '')) AS BIGINT) AS VARCHAR)
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
        CASE WHEN LEFT(price, 1) BETWEEN '!' AND '~' AND RIGHT(price, 1) BETWEEN '!' AND '~' THEN price ELSE REGEXP_REPLACE(price, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS price_trimmed,
        CASE WHEN LEFT(property_id, 1) BETWEEN '!' AND '~' AND RIGHT(property_id, 1) BETWEEN '!' AND '~' THEN property_id ELSE REGEXP_REPLACE(property_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS property_id_trimmed,
        property_id AS property_id_cell,
        CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE REGEXP_REPLACE(contact_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS contact_trimmed,
        CASE WHEN LEFT(event, 1) BETWEEN '!' AND '~' AND RIGHT(event, 1) BETWEEN '!' AND '~' THEN event ELSE REGEXP_REPLACE(event, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS type_trimmed,
        CASE WHEN LEFT(timestamp, 1) BETWEEN '!' AND '~' AND RIGHT(timestamp, 1) BETWEEN '!' AND '~' THEN timestamp ELSE REGEXP_REPLACE(timestamp, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS time_trimmed,
        CASE WHEN LEFT(event_id, 1) BETWEEN '!' AND '~' AND RIGHT(event_id, 1) BETWEEN '!' AND '~' THEN event_id ELSE REGEXP_REPLACE(event_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS event_id_trimmed,
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
            WHEN REGEXP_MATCHES(price_trimmed, '^(?:-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$') THEN price_trimmed
            WHEN REGEXP_MATCHES(price_trimmed, E'^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN CONTAINS(price_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(price_trimmed, E'+-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS price_digits,
        CASE WHEN property_id_trimmed = '' THEN NULL ELSE property_id_cell END AS property_id,
        CASE
            WHEN contact_trimmed = '' THEN NULL
            WHEN STRLEN(contact_trimmed) = LENGTH(contact_trimmed) THEN contact_trimmed
            WHEN REGEXP_MATCHES(contact_trimmed, '^(?:[\t\n\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN contact_trimmed
            WHEN contact_trimmed IS NOT NULL
                THEN CAST(CAST(ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(contact_trimmed, '')) AS BIGINT) AS VARCHAR)
            ELSE NULL
        END AS contact_id,
        CASE WHEN STRLEN(type_trimmed) = LENGTH(type_trimmed) THEN LOWER(type_trimmed) ELSE TRANSLATE(type_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END AS type_lowered,
        CASE
            WHEN NOT CONTAINS(time_trimmed, '/') THEN time_trimmed
            WHEN REGEXP_MATCHES(time_trimmed, '^(?:[0-9]{4}/[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?)$')
                THEN REPLACE(time_trimmed, '/', '-')
            ELSE time_trimmed
        END AS time_written,
        CASE
            WHEN event_id_trimmed = '' THEN NULL
            WHEN STRLEN(event_id_trimmed) = LENGTH(event_id_trimmed) THEN event_id_trimmed
            WHEN REGEXP_MATCHES(event_id_trimmed, '^(?:[\t\n\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN event_id_trimmed
            WHEN event_id_trimmed IS NOT NULL
                THEN CAST(CAST(ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(event_id_trimmed, '')) AS BIGINT) AS VARCHAR)
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
            WHEN REGEXP_MATCHES(price_digits, '^(?:[0-9]{1,12})$')
                THEN TRY_CAST(price_digits AS BIGINT) * 1000000
            WHEN REGEXP_MATCHES(price_digits, '^(?:-?0*[0-9]{0,12}(?:\.[0-9]+)?)$')
                THEN CAST(CASE WHEN CONTAINS(price_digits, '-') THEN -1 ELSE 1 END AS BIGINT)
                * (TRY_CAST(SUBSTR('000000000000' || SPLIT_PART(TRIM(price_digits, '-') || '.', '.', 1), LENGTH(SPLIT_PART(TRIM(price_digits, '-') || '.', '.', 1)) + 1, 12) AS BIGINT)
                * 1000000
                + (TRY_CAST(SUBSTR(REPLACE(SUBSTR(TRIM(price_digits, '-') || '.', STRPOS(TRIM(price_digits, '-') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7) AS BIGINT) + 5) // 10)
            WHEN price_digits IS NOT NULL
                THEN CAST(ERROR('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ' || COALESCE(price_digits, '')) AS BIGINT)
            ELSE NULL
        END AS price_number,
        CASE
            WHEN CONTAINS(contact_id, '@')
                THEN CASE WHEN STRLEN(contact_id) = LENGTH(contact_id) THEN LOWER(contact_id) ELSE TRANSLATE(contact_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
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
                WHEN TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', '') IN (
                        'emailopen', 'outreach', 'propertyview', 'reply'
                    )
                    THEN CASE
                        WHEN REGEXP_MATCHES(type_trimmed, '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$')
                            THEN NULL
                        ELSE CAST(ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '')) AS BIGINT)
                    END
                WHEN STRLEN(type_trimmed) = LENGTH(type_trimmed) THEN NULL
                WHEN REGEXP_MATCHES(TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', ''), '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*)$')
                    AND NOT REGEXP_MATCHES(type_trimmed, '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]')
                    THEN CAST(ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '')) AS BIGINT)
                ELSE NULL
            END
        END AS type_kind,
        CASE
            WHEN REGEXP_MATCHES(time_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?)$')
                THEN (TRY_CAST(SUBSTR(time_written, 1, 10) AS DATE) - DATE '1970-01-01') * 86400000000
                + CASE
                    WHEN LENGTH(time_written) > 10
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
            WHEN REGEXP_MATCHES(SUBSTR(time_written, 17, 40), '^(?:[0-9:.,]*)$') THEN 0
            WHEN REGEXP_MATCHES(SUBSTR(time_written, 17, 40), '^(?:[0-9:.,]*[Zz])$') THEN 0
            WHEN REGEXP_MATCHES(SUBSTR(time_written, 17, 40), '^(?:[0-9:.,]*\+[0-9]{2}(?::?[0-9]{2})?)$')
                THEN TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '+') + 1), ':', ''), 1, 2) AS BIGINT)
                * 3600
                + TRY_CAST(SUBSTR(REPLACE(SUBSTR(SUBSTR(time_written, 17, 40), STRPOS(SUBSTR(time_written, 17, 40), '+') + 1), ':', '')
                || '00', 3, 2) AS BIGINT) * 60
            WHEN REGEXP_MATCHES(SUBSTR(time_written, 17, 40), '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)$')
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
            WHEN REGEXP_MATCHES(time_written, E'^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80].*)?)$')
                THEN CAST(ERROR('hotlist: in which order a date stands is not said; set date_order in the model: ' || COALESCE(time_written, '')) AS BIGINT)
            ELSE CAST(ERROR('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ' || COALESCE(time_trimmed, '')) AS BIGINT)
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros // 86400000000
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
                THEN CAST(ERROR('hotlist: events that differ have the id ' || COALESCE(event_id_id, '')) AS BIGINT)
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
        ROW_NUMBER() OVER (PARTITION BY contact, day, opens_taken ORDER BY instant DESC) AS opens_turn,
        LAG(instant) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_before,
        LAG(answer_side) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side) AS answer_side_before
    FROM events_taken
),

-- Answers right behind a question, with the minutes between
events_answering AS (
    SELECT
        *,
        CASE WHEN answer_side = 1 AND answer_side_before = 0 THEN (instant - answer_before) // 60000000 END AS answer_minutes
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
        MIN(CASE WHEN answer_place = (answer_pairs + 1) // 2 THEN answer_minutes END) AS answer,  -- signal answer
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
        COALESCE((opens + 200) // 400, 0) AS opens_our_emails_product  -- Opens our emails
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
        CAST(CASE WHEN homes >= 2 AND REGEXP_MATCHES(source, '^(Referral|Portal)$') THEN 30000 ELSE 0 END AS BIGINT) AS looks_at_homes_points,  -- Looks at homes
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
                THEN ' until ' || CAST(DATE '1970-01-01' + CAST(until_day AS INTEGER) AS VARCHAR)
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
                        WHEN score_by_hand_number < 0 THEN 0 - (0 - score_by_hand_number + 500) // 1000
                        ELSE (score_by_hand_number + 500) // 1000
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
                        || CAST((0 - set_score) // 1000 AS VARCHAR)
                        || CASE
                            WHEN (0 - set_score) % 1000 = 0 THEN ''
                            ELSE TRIM('.' || SUBSTR(CAST((0 - set_score) % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                        END
                    ELSE CAST(set_score // 1000 AS VARCHAR)
                    || CASE
                        WHEN set_score % 1000 = 0 THEN ''
                        ELSE TRIM('.' || SUBSTR(CAST(set_score % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                    END
                END
                || set_until_by
        END AS said_score
    FROM set_by_hand
),

nobody AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody, CAST(NULL AS VARCHAR) AS said_by_nobody
    FROM said_by_hand
),

nobody_2 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_2, CAST(NULL AS VARCHAR) AS said_by_nobody_2
    FROM nobody
),

nobody_3 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_3, CAST(NULL AS VARCHAR) AS said_by_nobody_3
    FROM nobody_2
),

nobody_4 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_4, CAST(NULL AS VARCHAR) AS said_by_nobody_4
    FROM nobody_3
),

nobody_5 AS (
    SELECT *, CAST(NULL AS BIGINT) AS set_by_nobody_5, CAST(NULL AS VARCHAR) AS said_by_nobody_5
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
    SELECT *, (total_at_last + 500) // 1000 AS score
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
    SELECT *, (total + 500) // 1000 AS computed_score
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

-- What a ledger can hold, in its order
entries AS (
    SELECT CAST(entry_number AS BIGINT) AS entry_number, entry_kind, entry_name, entry_label FROM (VALUES
    (0, 'rule', 'opens-our-emails', 'Opens our emails'), (100, 'rule', 'answers-quickly', 'Answers quickly'),
    (200, 'rule', 'looks-at-homes', 'Looks at homes'), (300, 'rule', 'where-it-s-from', 'Where it''s from'),
    (400, 'group', 'engagement', 'Engagement level: at most 40'),
    (500, 'score', 'score-at-most-100', 'Score: at most 100'),
    (600, 'score', 'score-at-least-0', 'Score: at least 0'), (700, 'override', 'score', ''),
    (800, 'override', 'add', ''), (900, 'override', 'floor', ''), (1000, 'override', 'ceiling', ''),
    (1100, 'score', 'score-at-most-100', 'Score: at most 100'),
    (1200, 'score', 'score-at-least-0', 'Score: at least 0'), (1300, 'score', 'rounding', 'Rounding'),
    (1400, 'disqualified', '', '')
) AS t (entry_number, entry_kind, entry_name, entry_label)
),

-- Every lead with every entry
ledger_rows AS (
    SELECT
        lead_id,
        place,
        entry_number,
        entry_kind,
        CASE
            WHEN entry_number = 700 THEN 'score'
            WHEN entry_number = 800 THEN 'add'
            WHEN entry_number = 900 THEN 'floor'
            WHEN entry_number = 1000 THEN 'ceiling'
            WHEN entry_number = 1400 THEN disqualified
            ELSE entry_name
        END AS told_name,
        CASE
            WHEN entry_number = 700 THEN 'By hand: ' || said_score
            WHEN entry_number = 800 THEN 'By hand: ' || said_by_nobody_2
            WHEN entry_number = 900 THEN 'By hand: ' || said_by_nobody_3
            WHEN entry_number = 1000 THEN 'By hand: ' || said_by_nobody_4
            WHEN entry_number = 1400 THEN 'Disqualified: ' || disqualified
            ELSE entry_label
        END AS told_label,
        CASE
            WHEN entry_number = 0 THEN opens_our_emails_points
            WHEN entry_number = 100 THEN answers_quickly_points
            WHEN entry_number = 200 THEN looks_at_homes_points
            WHEN entry_number = 300 THEN where_it_s_from_points
            WHEN entry_number = 400
                THEN CASE
                    WHEN group_engagement - sum_engagement < 0 THEN group_engagement - sum_engagement
                    ELSE 0
                END
            WHEN entry_number = 500
                THEN CASE WHEN total - sum_of_points < 0 THEN total - sum_of_points ELSE 0 END
            WHEN entry_number = 600
                THEN CASE WHEN total - sum_of_points > 0 THEN total - sum_of_points ELSE 0 END
            WHEN entry_number = 700 THEN total_after_score - total
            WHEN entry_number = 800 THEN total_after_add - total_after_score
            WHEN entry_number = 900 THEN total_after_floor - total_after_add
            WHEN entry_number = 1000 THEN total_after_ceiling - total_after_floor
            WHEN entry_number = 1100
                THEN CASE
                    WHEN total_at_last - total_after_ceiling < 0 THEN total_at_last - total_after_ceiling
                    ELSE 0
                END
            WHEN entry_number = 1200
                THEN CASE
                    WHEN total_at_last - total_after_ceiling > 0 THEN total_at_last - total_after_ceiling
                    ELSE 0
                END
            WHEN entry_number = 1300 THEN score * 1000 - total_at_last
            WHEN entry_number = 1400 THEN CASE WHEN disqualified IS NOT NULL THEN 0 - score * 1000 ELSE 0 END
            ELSE 0
        END AS entry_points
    FROM turns
    CROSS JOIN entries
),

-- Those that are not nothing
ledger AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY lead_id ORDER BY entry_number) AS ordinal
    FROM ledger_rows
    WHERE entry_points <> 0
)

SELECT
    lead_id AS contact_id,
    ordinal,
    entry_kind AS kind,
    told_name AS entry,
    told_label AS label,
    CASE
        WHEN entry_points < 0
            THEN '-'
            || CAST((0 - entry_points) // 1000 AS VARCHAR)
            || CASE
                WHEN (0 - entry_points) % 1000 = 0 THEN ''
                ELSE TRIM('.' || SUBSTR(CAST((0 - entry_points) % 1000 + 1000 AS VARCHAR), 2, 3), '0')
            END
        ELSE CAST(entry_points // 1000 AS VARCHAR)
        || CASE
            WHEN entry_points % 1000 = 0 THEN ''
            ELSE TRIM('.' || SUBSTR(CAST(entry_points % 1000 + 1000 AS VARCHAR), 2, 3), '0')
        END
    END AS points
FROM ledger
ORDER BY place, ordinal
