-- A little of everything (8bb132d8): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for clickhouse (proven: the tests of hotlist run such queries on this engine and compare every row)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        replaceRegexpAll(type, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS type_trimmed,
        type AS type_cell,
        replaceRegexpAll(budget, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS budget_trimmed,
        replaceRegexpAll(unsubscribed, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS unsubscribed_trimmed,
        replaceRegexpAll(source, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS source_trimmed,
        source AS source_cell,
        replaceRegexpAll(score_by_hand, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS score_by_hand_trimmed,
        replaceRegexpAll(until, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS until_trimmed,
        until AS until_cell,
        replaceRegexpAll(contact_id, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS id_trimmed
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE WHEN type_trimmed = '' THEN NULL ELSE type_cell END AS type,
        CASE
            WHEN match(budget_trimmed, '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)$') THEN budget_trimmed
            WHEN match(budget_trimmed, '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (position(budget_trimmed, '-') > 0) THEN '-' ELSE '' END
                || replaceAll(replaceRegexpAll(budget_trimmed, '^[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+|[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+$', ''), ',', '')
            ELSE NULL
        END AS budget_digits,
        lower(unsubscribed_trimmed) AS unsubscribed_word,
        CASE WHEN source_trimmed = '' THEN NULL ELSE source_cell END AS source,
        CASE
            WHEN match(score_by_hand_trimmed, '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)$')
                THEN score_by_hand_trimmed
            WHEN match(score_by_hand_trimmed, '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (position(score_by_hand_trimmed, '-') > 0) THEN '-' ELSE '' END
                || replaceAll(replaceRegexpAll(score_by_hand_trimmed, '^[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+|[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+$', ''), ',', '')
            ELSE NULL
        END AS score_by_hand_digits,
        CASE WHEN until_trimmed = '' THEN NULL ELSE until_cell END AS until,
        CASE
            WHEN substringUTF8(until_trimmed, 5, 1) = '-' AND substringUTF8(until_trimmed, 8, 1) = '-'
                THEN NULL
            WHEN match(until_trimmed, '^(?:(?:[0-9]{1,2}(?:/[0-9]{1,2}/|\\.[0-9]{1,2}\\.|-[0-9]{1,2}-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:(?:,[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*|[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+)(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?|(?:0?[1-9]|1[0-2]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*[AaPp][Mm]))?)$')
                THEN replaceAll(replaceAll(until_trimmed, '.', '/'), '-', '/')
            ELSE NULL
        END AS until_slashed,
        CASE
            WHEN id_trimmed = '' THEN NULL
            WHEN toInt64(length(id_trimmed)) = toInt64(lengthUTF8(id_trimmed)) THEN id_trimmed
            WHEN match(id_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN id_trimmed
            WHEN id_trimmed IS NOT NULL
                THEN toString(toInt64(assumeNotNull(if(CASE WHEN id_trimmed = '' THEN FALSE WHEN toInt64(length(id_trimmed)) = toInt64(lengthUTF8(id_trimmed)) THEN FALSE WHEN match(id_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$') THEN FALSE WHEN id_trimmed IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ', COALESCE(id_trimmed, '')), '0'))))
            ELSE NULL
        END AS id_id
    FROM contacts_cells
),

contacts_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN match(budget_digits, '^(?:[0-9]{1,12})$') THEN toInt64OrNull(budget_digits) * 1000000
            WHEN match(budget_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$')
                THEN CASE WHEN (position(budget_digits, '-') > 0) THEN toInt64(-1) ELSE toInt64(1) END
                * (toInt64OrNull(substringUTF8('000000000000'
                || substring(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1), toInt64(lengthUTF8(substring(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1)))
                + 1, 12)) * 1000000
                + intDiv(toInt64OrNull(substringUTF8(replaceAll(substring(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', position(replaceRegexpAll(budget_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7)) + 5, 10))
            WHEN budget_digits IS NOT NULL
                THEN toInt64(assumeNotNull(if(CASE WHEN match(budget_digits, '^(?:[0-9]{1,12})$') THEN FALSE WHEN match(budget_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$') THEN FALSE WHEN budget_digits IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ', COALESCE(budget_digits, '')), '0')))
            ELSE NULL
        END AS budget_number,
        CASE
            WHEN unsubscribed_word IN ('yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked')
                THEN TRUE
            WHEN unsubscribed_word IN ('no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked') THEN FALSE
            ELSE NULL
        END AS unsubscribed_yes,
        CASE
            WHEN match(score_by_hand_digits, '^(?:[0-9]{1,12})$')
                THEN toInt64OrNull(score_by_hand_digits) * 1000000
            WHEN match(score_by_hand_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$')
                THEN CASE WHEN (position(score_by_hand_digits, '-') > 0) THEN toInt64(-1) ELSE toInt64(1) END
                * (toInt64OrNull(substringUTF8('000000000000'
                || substring(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1), toInt64(lengthUTF8(substring(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1)))
                + 1, 12)) * 1000000
                + intDiv(toInt64OrNull(substringUTF8(replaceAll(substring(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', position(replaceRegexpAll(score_by_hand_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7)) + 5, 10))
            WHEN score_by_hand_digits IS NOT NULL
                THEN toInt64(assumeNotNull(if(CASE WHEN match(score_by_hand_digits, '^(?:[0-9]{1,12})$') THEN FALSE WHEN match(score_by_hand_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$') THEN FALSE WHEN score_by_hand_digits IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ', COALESCE(score_by_hand_digits, '')), '0')))
            ELSE NULL
        END AS score_by_hand_number,
        substring(until_slashed, 1, position(until_slashed, '/') - 1) AS until_first,
        substring(until_slashed, position(until_slashed, '/') + 1) AS until_rest,
        CASE WHEN (position(id_id, '@') > 0) THEN lower(id_id) ELSE id_id END AS id_key
    FROM contacts_cells_2
),

contacts_cells_4 AS (
    SELECT
        *,
        substring(until_rest, 1, position(until_rest, '/') - 1) AS until_second_part,
        substring(until_rest, position(until_rest, '/') + 1) AS until_behind
    FROM contacts_cells_3
),

contacts_cells_5 AS (
    SELECT
        *,
        CASE
            WHEN toInt64(lengthUTF8(until_first)) < 4 THEN substringUTF8(until_behind, 1, 4)
            WHEN match(until_behind, '^[0-9]{2}') THEN substringUTF8(until_behind, 1, 2)
            ELSE substringUTF8(until_behind, 1, 1)
        END AS until_third,
        replaceRegexpAll(CASE
            WHEN toInt64(lengthUTF8(until_first)) < 4 THEN substringUTF8(until_behind, 5, 60)
            WHEN match(until_behind, '^[0-9]{2}') THEN substringUTF8(until_behind, 3, 60)
            ELSE substringUTF8(until_behind, 2, 60)
        END, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80,]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80,]+$', '') AS until_time
    FROM contacts_cells_4
),

contacts_cells_6 AS (
    SELECT
        *,
        CASE
            WHEN (position(until_time, ':') > 0)
                THEN toInt64OrNull(substring(until_time, 1, position(until_time, ':') - 1))
            ELSE NULL
        END AS until_hour,
        replaceAll(replaceRegexpAll(substring(until_time, position(until_time, ':') + 1), '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80AaPpMm]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80AaPpMm]+$', ''), '/', '.') AS until_minutes
    FROM contacts_cells_5
),

contacts_cells_7 AS (
    SELECT
        *,
        CASE
            WHEN until_slashed IS NULL THEN until_trimmed
            ELSE CASE
                WHEN toInt64(lengthUTF8(until_first)) < 4
                    THEN until_third
                    || '-'
                    || substringUTF8('0' || until_second_part, toInt64(lengthUTF8(until_second_part)), 2)
                    || '-'
                    || substringUTF8('0' || until_first, toInt64(lengthUTF8(until_first)), 2)
                ELSE until_first
                || '-'
                || substringUTF8('0' || until_second_part, toInt64(lengthUTF8(until_second_part)), 2)
                || '-'
                || substringUTF8('0' || until_third, toInt64(lengthUTF8(until_third)), 2)
            END
            || COALESCE('T'
            || substringUTF8(toString(CASE
                WHEN match(until_time, '[Pp]') THEN toInt64(modulo(until_hour, 12)) + 12
                WHEN match(until_time, '[Aa]') THEN toInt64(modulo(until_hour, 12))
                ELSE until_hour
            END + 100), 2, 2)
            || ':'
            || until_minutes, '')
        END AS until_written
    FROM contacts_cells_6
),

contacts_cells_8 AS (
    SELECT
        *,
        CASE
            WHEN match(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?[Zz]?)?)$')
                THEN toInt64(toInt32(toDate32OrNull(substringUTF8(until_written, 1, 10))))
            WHEN match(until_written, '^(?:(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$')
                THEN toInt64(assumeNotNull(if(CASE WHEN match(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?[Zz]?)?)$') THEN FALSE WHEN match(until_written, '^(?:(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$') THEN TRUE ELSE FALSE END, concat('hotlist: whether this day is one from 1900 to 2199 cannot be told by a query: ', COALESCE(until_written, '')), '0')))
            WHEN match(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$')
                THEN intDiv(toInt64(toInt32(toDate32OrNull(substringUTF8(until_written, 1, 10)))) * 86400
                + CASE
                    WHEN toInt64(lengthUTF8(until_written)) > 10
                        THEN toInt64OrNull(substringUTF8(until_written, 12, 2)) * 3600
                        + toInt64OrNull(substringUTF8(until_written, 15, 2)) * 60
                        + CASE
                            WHEN substringUTF8(until_written, 18, 2) = '60' THEN toInt64(59)
                            WHEN substringUTF8(until_written, 17, 1) = ':'
                                THEN toInt64OrNull(substringUTF8(until_written, 18, 2))
                            ELSE toInt64(0)
                        END
                    ELSE toInt64(0)
                END
                - CASE
                    WHEN substringUTF8(until_written, 20, 1) IN ('Z', 'z') THEN toInt64(0)
                    WHEN match(substringUTF8(until_written, 17, 40), '^(?:[0-9:.,]*)$') THEN toInt64(0)
                    WHEN match(substringUTF8(until_written, 17, 40), '^(?:[0-9:.,]*[Zz])$') THEN toInt64(0)
                    WHEN match(substringUTF8(until_written, 17, 40), '^(?:[0-9:.,]*\\+[0-9]{2}(?::?[0-9]{2})?)$')
                        THEN toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(until_written, 17, 40), position(substringUTF8(until_written, 17, 40), '+') + 1), ':', ''), 1, 2))
                        * 3600
                        + toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(until_written, 17, 40), position(substringUTF8(until_written, 17, 40), '+') + 1), ':', '')
                        || '00', 3, 2)) * 60
                    WHEN match(substringUTF8(until_written, 17, 40), '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)$')
                        THEN 0
                        - (toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(until_written, 17, 40), position(substringUTF8(until_written, 17, 40), '-') + 1), ':', ''), 1, 2))
                        * 3600
                        + toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(until_written, 17, 40), position(substringUTF8(until_written, 17, 40), '-') + 1), ':', '')
                        || '00', 3, 2)) * 60)
                    ELSE toInt64(0)
                END + 2592000000, 86400) - 30000
            WHEN match(until_written, '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)\\[[^\\n]*\\])$')
                THEN toInt64(assumeNotNull(if(CASE WHEN match(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?[Zz]?)?)$') THEN FALSE WHEN match(until_written, '^(?:(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$') THEN FALSE WHEN match(until_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?))$') THEN FALSE WHEN match(until_written, '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)\\[[^\\n]*\\])$') THEN TRUE ELSE FALSE END, concat('hotlist: a zone in brackets behind a time cannot be read by a query: ', COALESCE(until_written, '')), '0')))
            ELSE NULL
        END AS until_day
    FROM contacts_cells_7
),

-- Each once; numbers are in millionths, days are counted from 1970-01-01
contacts_read AS (
    SELECT
        CASE
            WHEN id_id IS NULL
                THEN toString(toInt64(assumeNotNull(if(CASE WHEN id_id IS NULL THEN TRUE ELSE FALSE END, concat('hotlist: a contact has no id', COALESCE(id_id, '')), '0'))))
            WHEN CAST(COUNT(1) OVER (PARTITION BY id_id) AS Nullable(Int64)) > 1
                THEN toString(toInt64(assumeNotNull(if(CASE WHEN id_id IS NULL THEN FALSE WHEN CAST(COUNT(1) OVER (PARTITION BY id_id) AS Nullable(Int64)) > 1 THEN TRUE ELSE FALSE END, concat('hotlist: several contacts have the id ', COALESCE(id_id, '')), '0'))))
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
        replaceRegexpAll(price, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS price_trimmed,
        replaceRegexpAll(property_id, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS property_id_trimmed,
        property_id AS property_id_cell,
        replaceRegexpAll(contact_id, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS contact_trimmed,
        replaceRegexpAll(event, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS type_trimmed,
        replaceRegexpAll(timestamp, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS time_trimmed,
        replaceRegexpAll(event_id, '^[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+|[\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]+$', '') AS event_id_trimmed,
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
            WHEN match(price_trimmed, '^(?:-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)$') THEN price_trimmed
            WHEN match(price_trimmed, '^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN (position(price_trimmed, '-') > 0) THEN '-' ELSE '' END
                || replaceAll(replaceRegexpAll(price_trimmed, '^[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+|[+\\-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰]+$', ''), ',', '')
            ELSE NULL
        END AS price_digits,
        CASE WHEN property_id_trimmed = '' THEN NULL ELSE property_id_cell END AS property_id,
        CASE
            WHEN contact_trimmed = '' THEN NULL
            WHEN toInt64(length(contact_trimmed)) = toInt64(lengthUTF8(contact_trimmed)) THEN contact_trimmed
            WHEN match(contact_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN contact_trimmed
            WHEN contact_trimmed IS NOT NULL
                THEN toString(toInt64(assumeNotNull(if(CASE WHEN contact_trimmed = '' THEN FALSE WHEN toInt64(length(contact_trimmed)) = toInt64(lengthUTF8(contact_trimmed)) THEN FALSE WHEN match(contact_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$') THEN FALSE WHEN contact_trimmed IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ', COALESCE(contact_trimmed, '')), '0'))))
            ELSE NULL
        END AS contact_id,
        lower(type_trimmed) AS type_lowered,
        CASE
            WHEN NOT (position(time_trimmed, '/') > 0) THEN time_trimmed
            WHEN match(time_trimmed, '^(?:[0-9]{4}/[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?)$')
                THEN replaceAll(time_trimmed, '/', '-')
            ELSE time_trimmed
        END AS time_written,
        CASE
            WHEN event_id_trimmed = '' THEN NULL
            WHEN toInt64(length(event_id_trimmed)) = toInt64(lengthUTF8(event_id_trimmed))
                THEN event_id_trimmed
            WHEN match(event_id_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN event_id_trimmed
            WHEN event_id_trimmed IS NOT NULL
                THEN toString(toInt64(assumeNotNull(if(CASE WHEN event_id_trimmed = '' THEN FALSE WHEN toInt64(length(event_id_trimmed)) = toInt64(lengthUTF8(event_id_trimmed)) THEN FALSE WHEN match(event_id_trimmed, '^(?:[\\t\\n\\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$') THEN FALSE WHEN event_id_trimmed IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ', COALESCE(event_id_trimmed, '')), '0'))))
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
            WHEN match(price_digits, '^(?:[0-9]{1,12})$') THEN toInt64OrNull(price_digits) * 1000000
            WHEN match(price_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$')
                THEN CASE WHEN (position(price_digits, '-') > 0) THEN toInt64(-1) ELSE toInt64(1) END
                * (toInt64OrNull(substringUTF8('000000000000'
                || substring(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1), toInt64(lengthUTF8(substring(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', 1, position(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') - 1)))
                + 1, 12)) * 1000000
                + intDiv(toInt64OrNull(substringUTF8(replaceAll(substring(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', position(replaceRegexpAll(price_digits, '^[\\-]+|[\\-]+$', '') || '.', '.') + 1), '.', '')
                || '0000000', 1, 7)) + 5, 10))
            WHEN price_digits IS NOT NULL
                THEN toInt64(assumeNotNull(if(CASE WHEN match(price_digits, '^(?:[0-9]{1,12})$') THEN FALSE WHEN match(price_digits, '^(?:-?0*[0-9]{0,12}(?:\\.[0-9]+)?)$') THEN FALSE WHEN price_digits IS NOT NULL THEN TRUE ELSE FALSE END, concat('hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ', COALESCE(price_digits, '')), '0')))
            ELSE NULL
        END AS price_number,
        CASE WHEN (position(contact_id, '@') > 0) THEN lower(contact_id) ELSE contact_id END AS contact_key,
        CASE
            WHEN type_lowered IN ('email opened', 'open') THEN toInt64(0)
            ELSE CASE
                WHEN type_trimmed IN (
                        'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open',
                        'Email open', 'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN',
                        'emailOpen', 'EmailOpen'
                    ) THEN toInt64(0)
                WHEN type_trimmed IN (
                        'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view',
                        'Property View', 'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View',
                        'Property-view', 'PROPERTY-VIEW', 'propertyView', 'PropertyView'
                    ) THEN toInt64(1)
                WHEN type_trimmed IN ('outreach', 'Outreach', 'OUTREACH') THEN toInt64(2)
                WHEN type_trimmed IN ('reply', 'Reply', 'REPLY') THEN toInt64(3)
                WHEN replaceRegexpAll(type_lowered, '[ \t\n\r!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]\\^_`{|}~]', '') IN (
                        'emailopen', 'outreach', 'propertyview', 'reply'
                    )
                    THEN CASE
                        WHEN match(type_trimmed, '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$') THEN NULL
                        ELSE toInt64(assumeNotNull(if(CASE WHEN type_lowered IN ('email opened', 'open') THEN FALSE ELSE TRUE END AND CASE WHEN type_trimmed IN (
    'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open', 'Email open',
    'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN', 'emailOpen', 'EmailOpen'
) THEN FALSE WHEN type_trimmed IN (
    'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view', 'Property View',
    'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View', 'Property-view', 'PROPERTY-VIEW',
    'propertyView', 'PropertyView'
) THEN FALSE WHEN type_trimmed IN ('outreach', 'Outreach', 'OUTREACH') THEN FALSE WHEN type_trimmed IN ('reply', 'Reply', 'REPLY') THEN FALSE WHEN replaceRegexpAll(type_lowered, '[ \t\n\r!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]\\^_`{|}~]', '') IN (
    'emailopen', 'outreach', 'propertyview', 'reply'
) THEN TRUE ELSE FALSE END AND CASE WHEN match(type_trimmed, '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$') THEN FALSE ELSE TRUE END, concat('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ', COALESCE(type_trimmed, '')), '0')))
                    END
                WHEN toInt64(length(type_trimmed)) = toInt64(lengthUTF8(type_trimmed)) THEN NULL
                WHEN match(replaceRegexpAll(type_lowered, '[ \t\n\r!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]\\^_`{|}~]', ''), '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*)$')
                    AND NOT match(type_trimmed, '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]')
                    THEN toInt64(assumeNotNull(if(CASE WHEN type_lowered IN ('email opened', 'open') THEN FALSE ELSE TRUE END AND CASE WHEN type_trimmed IN (
    'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open', 'Email open',
    'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN', 'emailOpen', 'EmailOpen'
) THEN FALSE WHEN type_trimmed IN (
    'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view', 'Property View',
    'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View', 'Property-view', 'PROPERTY-VIEW',
    'propertyView', 'PropertyView'
) THEN FALSE WHEN type_trimmed IN ('outreach', 'Outreach', 'OUTREACH') THEN FALSE WHEN type_trimmed IN ('reply', 'Reply', 'REPLY') THEN FALSE WHEN replaceRegexpAll(type_lowered, '[ \t\n\r!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]\\^_`{|}~]', '') IN (
    'emailopen', 'outreach', 'propertyview', 'reply'
) THEN FALSE WHEN toInt64(length(type_trimmed)) = toInt64(lengthUTF8(type_trimmed)) THEN FALSE WHEN match(replaceRegexpAll(type_lowered, '[ \t\n\r!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]\\^_`{|}~]', ''), '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*)$')
AND NOT match(type_trimmed, '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]') THEN TRUE ELSE FALSE END, concat('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ', COALESCE(type_trimmed, '')), '0')))
                ELSE NULL
            END
        END AS type_kind,
        CASE
            WHEN match(time_written, '^(?:(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?)$')
                THEN toInt64(toInt32(toDate32OrNull(substringUTF8(time_written, 1, 10)))) * 86400000000
                + CASE
                    WHEN toInt64(lengthUTF8(time_written)) > 10
                        THEN toInt64OrNull(substringUTF8(time_written, 12, 2)) * 3600000000
                        + toInt64OrNull(substringUTF8(time_written, 15, 2)) * 60000000
                        + CASE
                            WHEN substringUTF8(time_written, 18, 2) = '60' THEN toInt64(59000000)
                            WHEN substringUTF8(time_written, 17, 1) = ':'
                                THEN toInt64OrNull(substringUTF8(time_written, 18, 2)) * 1000000
                            ELSE toInt64(0)
                        END
                    ELSE toInt64(0)
                END
                + CASE
                    WHEN substringUTF8(time_written, 20, 1) IN ('.', ',')
                        THEN toInt64OrNull(substringUTF8(replaceAll(replaceAll(substring(substring(substringUTF8(time_written, 21, 6) || '+', 1, position(substringUTF8(time_written, 21, 6) || '+', '+') - 1)
                        || '-', 1, position(substring(substringUTF8(time_written, 21, 6) || '+', 1, position(substringUTF8(time_written, 21, 6) || '+', '+') - 1)
                        || '-', '-') - 1), 'Z', ''), 'z', '')
                        || '00000', 1, 6))
                    ELSE toInt64(0)
                END
            ELSE NULL
        END
        - CASE
            WHEN substringUTF8(time_written, 20, 1) IN ('Z', 'z') THEN toInt64(0)
            WHEN match(substringUTF8(time_written, 17, 40), '^(?:[0-9:.,]*)$') THEN toInt64(0)
            WHEN match(substringUTF8(time_written, 17, 40), '^(?:[0-9:.,]*[Zz])$') THEN toInt64(0)
            WHEN match(substringUTF8(time_written, 17, 40), '^(?:[0-9:.,]*\\+[0-9]{2}(?::?[0-9]{2})?)$')
                THEN toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(time_written, 17, 40), position(substringUTF8(time_written, 17, 40), '+') + 1), ':', ''), 1, 2))
                * 3600
                + toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(time_written, 17, 40), position(substringUTF8(time_written, 17, 40), '+') + 1), ':', '')
                || '00', 3, 2)) * 60
            WHEN match(substringUTF8(time_written, 17, 40), '^(?:[0-9:.,]*-[0-9]{2}(?::?[0-9]{2})?)$')
                THEN 0
                - (toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(time_written, 17, 40), position(substringUTF8(time_written, 17, 40), '-') + 1), ':', ''), 1, 2))
                * 3600
                + toInt64OrNull(substringUTF8(replaceAll(substring(substringUTF8(time_written, 17, 40), position(substringUTF8(time_written, 17, 40), '-') + 1), ':', '')
                || '00', 3, 2)) * 60)
            ELSE toInt64(0)
        END * 1000000 AS time_micros
    FROM events_cells_2
),

events_cells_4 AS (
    SELECT
        *,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros
            WHEN match(time_written, '^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80][^\\n]*)?)$')
                THEN toInt64(assumeNotNull(if(CASE WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN FALSE WHEN match(time_written, '^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80][^\\n]*)?)$') THEN TRUE ELSE FALSE END, concat('hotlist: in which order a date stands is not said; set date_order in the model: ', COALESCE(time_written, '')), '0')))
            ELSE toInt64(assumeNotNull(if(CASE WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN FALSE WHEN match(time_written, '^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80][^\\n]*)?)$') THEN FALSE ELSE TRUE END, concat('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ', COALESCE(time_trimmed, '')), '0')))
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN intDiv(time_micros, 86400000000)
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
                THEN toInt64(assumeNotNull(if(CASE WHEN event_id_id IS NOT NULL
AND MIN(event_cells_together) OVER (PARTITION BY event_id_id) <> MAX(event_cells_together) OVER (PARTITION BY event_id_id) THEN TRUE ELSE FALSE END, concat('hotlist: events that differ have the id ', COALESCE(event_id_id, '')), '0')))
            ELSE time_instant
        END AS event_instant,
        toInt64(row_number() OVER (PARTITION BY event_id_id ORDER BY time_instant)) AS event_turn
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
    SELECT * FROM values('days Nullable(Int64), weight_1 Nullable(Int64)',
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
)
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
        CASE WHEN event_type IN (2, 3) THEN CASE WHEN event_type = 3 THEN toInt64(1) ELSE toInt64(0) END END AS answer_side  -- signal answer: whether it asks or answers
    FROM events_weighed
),

-- Their turn among those
events_in_turn AS (
    SELECT
        *,
        toInt64(row_number() OVER (PARTITION BY contact, day, opens_taken ORDER BY instant DESC)) AS opens_turn,
        lagInFrame(toNullable(instant)) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS answer_before,
        lagInFrame(toNullable(answer_side)) OVER (PARTITION BY contact, answer_side IS NULL ORDER BY instant, answer_side ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS answer_side_before
    FROM events_taken
),

-- Answers right behind a question, with the minutes between
events_answering AS (
    SELECT
        *,
        CASE
            WHEN answer_side = 1 AND answer_side_before = 0 THEN intDiv(instant - answer_before, 60000000)
        END AS answer_minutes
    FROM events_in_turn
),

-- Answers in their order
answers_in_order AS (
    SELECT
        *,
        toInt64(row_number() OVER (PARTITION BY contact, answer_minutes IS NULL ORDER BY answer_minutes)) AS answer_place,
        CAST(COUNT(answer_minutes) OVER (PARTITION BY contact) AS Nullable(Int64)) AS answer_pairs
    FROM events_answering
),

-- Each contact's events together
activity AS (
    SELECT
        contact,
        MAX(instant) AS last_event,
        sum(CASE WHEN opens_taken AND opens_turn <= 3 THEN COALESCE(weight_1, toInt64(0)) END) AS opens,  -- signal opens
        toInt64(uniqExact(CASE
            WHEN event_type = 1 AND price_number >= 1000000000 AND property_id IS NOT NULL THEN property_id
        END)) AS homes,  -- signal homes
        MIN(CASE WHEN answer_place = intDiv(answer_pairs + 1, 2) THEN answer_minutes END) AS answer,  -- signal answer
        MIN(CASE WHEN event_type = 3 THEN age END) AS quiet  -- signal quiet
    FROM answers_in_order
    GROUP BY contact
),

-- The leads with their signals
signals AS (
    SELECT
        leads.*,
        activity.last_event,
        COALESCE(activity.opens, toInt64(0)) AS opens,  -- millionths of events
        COALESCE(activity.homes, toInt64(0)) AS homes,  -- different values
        activity.answer,  -- minutes
        activity.quiet  -- days
    FROM leads
    LEFT JOIN activity ON leads.id_key = activity.contact
),

-- What each rule gives before its bounds
products AS (
    SELECT
        *,
        COALESCE(intDiv(opens + 200, 400), toInt64(0)) AS opens_our_emails_product  -- Opens our emails
    FROM signals
),

-- What each rule gives, in thousandths of a point
points AS (
    SELECT
        *,
        CASE WHEN opens_our_emails_product > 10000 THEN toInt64(10000) ELSE opens_our_emails_product END AS opens_our_emails_points,  -- Opens our emails
        CASE
            WHEN answer IS NULL THEN toInt64(-1000)
            WHEN answer <= 60 THEN toInt64(10000)
            WHEN answer <= 1440 THEN toInt64(4000)
            ELSE toInt64(0)
        END AS answers_quickly_points,  -- Answers quickly
        CASE WHEN homes >= 2 AND match(source, '^(Referral|Portal)$') THEN toInt64(30000) ELSE toInt64(0) END AS looks_at_homes_points,  -- Looks at homes
        CASE
            WHEN source IS NULL THEN toInt64(-2000)
            WHEN source = 'Referral' THEN toInt64(10000)
            WHEN source = 'Portals' THEN toInt64(5000)
            ELSE toInt64(0)
        END AS where_it_s_from_points  -- Where it's from
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
        CASE WHEN sum_engagement > 40000 THEN toInt64(40000) ELSE sum_engagement END AS group_engagement  -- Engagement level, at most 40
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
        CASE
            WHEN sum_of_points < 0 THEN toInt64(0)
            WHEN sum_of_points > 100000 THEN toInt64(100000)
            ELSE sum_of_points
        END AS total
    FROM summed
),

-- What was set by hand, as far as it is in force
set_by_hand AS (
    SELECT
        *,
        CASE
            WHEN until_day IS NOT NULL THEN ' until ' || toString(addDays(toDate32('1970-01-01'), until_day))
            ELSE ''
        END
        || ''
        || '' AS set_until_by,
        CASE
            WHEN until IS NULL OR until_day >= 20758
                THEN CASE
                    WHEN score_by_hand_number >= 1000000000000000000 THEN toInt64(1000000000000000)
                    WHEN score_by_hand_number <= -1000000000000000000 THEN toInt64(-1000000000000000)
                    ELSE CASE
                        WHEN score_by_hand_number < 0 THEN 0 - intDiv(0 - score_by_hand_number + 500, 1000)
                        ELSE intDiv(score_by_hand_number + 500, 1000)
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
                        || toString(intDiv(0 - set_score, 1000))
                        || CASE
                            WHEN toInt64(modulo(0 - set_score, 1000)) = 0 THEN ''
                            ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(0 - set_score, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
                        END
                    ELSE toString(intDiv(set_score, 1000))
                    || CASE
                        WHEN toInt64(modulo(set_score, 1000)) = 0 THEN ''
                        ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(set_score, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
                    END
                END
                || set_until_by
        END AS said_score
    FROM set_by_hand
),

nobody AS (
    SELECT
        *,
        CAST(NULL AS Nullable(Int64)) AS set_by_nobody,
        CAST(NULL AS Nullable(String)) AS said_by_nobody
    FROM said_by_hand
),

nobody_2 AS (
    SELECT
        *,
        CAST(NULL AS Nullable(Int64)) AS set_by_nobody_2,
        CAST(NULL AS Nullable(String)) AS said_by_nobody_2
    FROM nobody
),

nobody_3 AS (
    SELECT
        *,
        CAST(NULL AS Nullable(Int64)) AS set_by_nobody_3,
        CAST(NULL AS Nullable(String)) AS said_by_nobody_3
    FROM nobody_2
),

nobody_4 AS (
    SELECT
        *,
        CAST(NULL AS Nullable(Int64)) AS set_by_nobody_4,
        CAST(NULL AS Nullable(String)) AS said_by_nobody_4
    FROM nobody_3
),

nobody_5 AS (
    SELECT
        *,
        CAST(NULL AS Nullable(Int64)) AS set_by_nobody_5,
        CAST(NULL AS Nullable(String)) AS said_by_nobody_5
    FROM nobody_4
),

-- The total after what was set by hand: score
after_score AS (
    SELECT *, COALESCE(set_score, total) AS total_after_score
    FROM nobody_5
),

-- The total after what was set by hand: add
after_add AS (
    SELECT *, total_after_score + COALESCE(set_by_nobody_2, toInt64(0)) AS total_after_add
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
            WHEN total_after_ceiling < 0 THEN toInt64(0)
            WHEN total_after_ceiling > 100000 THEN toInt64(100000)
            ELSE total_after_ceiling
        END AS total_at_last
    FROM after_ceiling
),

-- The score, as it is shown and compared
scored AS (
    SELECT *, intDiv(total_at_last + 500, 1000) AS score
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
    SELECT *, intDiv(total + 500, 1000) AS computed_score
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
        CASE WHEN computed_score >= 50 AND computed_checklist_budget THEN toInt64(0) ELSE toInt64(1) END AS computed_temperature_number,  -- 0 hot, 1 cold
        COALESCE(set_by_nobody, CASE WHEN score >= 50 AND checklist_budget THEN toInt64(0) ELSE toInt64(1) END) AS temperature_number
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
        CASE WHEN disqualified IS NOT NULL THEN toInt64(0) ELSE total_at_last END AS total_counted,
        CASE WHEN disqualified IS NOT NULL THEN toInt64(0) ELSE score END AS score_counted,
        CASE WHEN disqualified IS NOT NULL THEN toInt64(1) ELSE temperature_number END AS temperature_counted,
        CASE
            WHEN disqualified IS NOT NULL AND NOT (set_by_nobody_5 IS NOT NULL) THEN toInt64(1)
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
        CASE
            WHEN disqualified IS NOT NULL THEN NULL
            WHEN CASE WHEN temperature_counted = 0 THEN 'hot' WHEN temperature_counted = 1 THEN 'cold' END = 'hot'
                THEN toInt64(0)
        END AS route_number  -- 0 Sales
    FROM staged
),

-- The order of the list
ranked AS (
    SELECT
        *,
        toInt64(row_number() OVER (ORDER BY CASE WHEN disqualified IS NOT NULL THEN toInt64(1) ELSE toInt64(0) END, total_counted DESC, COALESCE(last_event, toInt64(-1)) DESC, lead_id)) AS place
    FROM routed
),

-- Within a route leads are taken in turn, by rank
turns AS (
    SELECT *, toInt64(row_number() OVER (PARTITION BY route_number ORDER BY place)) AS turn
    FROM ranked
),

-- What is missing
missing AS (
    SELECT *, CASE WHEN NOT checklist_budget THEN '; Budget sufficient' ELSE '' END AS missing
    FROM turns
),

-- What the score alone would be called
by_score AS (
    SELECT *, CASE WHEN score_counted >= 50 THEN toInt64(0) ELSE toInt64(1) END AS temperature_by_score
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
                ELSE toInt64(0)
            END,
            CASE
                WHEN answers_quickly_points * 5 + 3 < reason_1 THEN answers_quickly_points * 5 + 3
                ELSE toInt64(0)
            END,
            CASE
                WHEN looks_at_homes_points * 5 + 2 < reason_1 THEN looks_at_homes_points * 5 + 2
                ELSE toInt64(0)
            END,
            CASE
                WHEN where_it_s_from_points * 5 + 1 < reason_1 THEN where_it_s_from_points * 5 + 1
                ELSE toInt64(0)
            END
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
                ELSE toInt64(0)
            END,
            CASE
                WHEN answers_quickly_points * 5 + 3 < reason_2 THEN answers_quickly_points * 5 + 3
                ELSE toInt64(0)
            END,
            CASE
                WHEN looks_at_homes_points * 5 + 2 < reason_2 THEN looks_at_homes_points * 5 + 2
                ELSE toInt64(0)
            END,
            CASE
                WHEN where_it_s_from_points * 5 + 1 < reason_2 THEN where_it_s_from_points * 5 + 1
                ELSE toInt64(0)
            END
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
            WHEN toInt64(modulo(reason_1, 5)) = 4 THEN 'Opens our emails'
            WHEN toInt64(modulo(reason_1, 5)) = 3 THEN 'Answers quickly'
            WHEN toInt64(modulo(reason_1, 5)) = 2 THEN 'Looks at homes'
            WHEN toInt64(modulo(reason_1, 5)) = 1 THEN 'Where it\'s from'
        END AS reason_1_rule,
        CASE WHEN reason_1 >= 5 THEN intDiv(reason_1, 5) ELSE toInt64(0) END AS reason_1_points,
        CASE
            WHEN toInt64(modulo(reason_2, 5)) = 4 THEN 'Opens our emails'
            WHEN toInt64(modulo(reason_2, 5)) = 3 THEN 'Answers quickly'
            WHEN toInt64(modulo(reason_2, 5)) = 2 THEN 'Looks at homes'
            WHEN toInt64(modulo(reason_2, 5)) = 1 THEN 'Where it\'s from'
        END AS reason_2_rule,
        CASE WHEN reason_2 >= 5 THEN intDiv(reason_2, 5) ELSE toInt64(0) END AS reason_2_points,
        CASE
            WHEN toInt64(modulo(reason_3, 5)) = 4 THEN 'Opens our emails'
            WHEN toInt64(modulo(reason_3, 5)) = 3 THEN 'Answers quickly'
            WHEN toInt64(modulo(reason_3, 5)) = 2 THEN 'Looks at homes'
            WHEN toInt64(modulo(reason_3, 5)) = 1 THEN 'Where it\'s from'
        END AS reason_3_rule,
        CASE WHEN reason_3 >= 5 THEN intDiv(reason_3, 5) ELSE toInt64(0) END AS reason_3_points,
        CASE
            WHEN toInt64(modulo(reason_against, 5)) = 3 THEN 'Answers quickly'
            WHEN toInt64(modulo(reason_against, 5)) = 1 THEN 'Where it\'s from'
        END AS reason_against_rule,
        CASE WHEN reason_against >= 5 THEN intDiv(reason_against, 5) ELSE toInt64(0) END AS reason_against_points
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
                        || substringUTF8(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END, 3, toInt64(lengthUTF8(CASE WHEN NOT checklist_budget THEN ', Budget sufficient' ELSE '' END)))
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
                || toString(intDiv(reason_1_points, 1000))
                || CASE
                    WHEN toInt64(modulo(reason_1_points, 1000)) = 0 THEN ''
                    ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(reason_1_points, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_2_points > 0
                THEN '; '
                || reason_2_rule
                || ' +'
                || toString(intDiv(reason_2_points, 1000))
                || CASE
                    WHEN toInt64(modulo(reason_2_points, 1000)) = 0 THEN ''
                    ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(reason_2_points, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_3_points > 0
                THEN '; '
                || reason_3_rule
                || ' +'
                || toString(intDiv(reason_3_points, 1000))
                || CASE
                    WHEN toInt64(modulo(reason_3_points, 1000)) = 0 THEN ''
                    ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(reason_3_points, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_against_points > 0
                THEN '; '
                || reason_against_rule
                || ' -'
                || toString(intDiv(reason_against_points, 1000))
                || CASE
                    WHEN toInt64(modulo(reason_against_points, 1000)) = 0 THEN ''
                    ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(reason_against_points, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
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
    CASE WHEN missing <> '' THEN substringUTF8(missing, 3, toInt64(lengthUTF8(missing))) END AS missing,
    CASE WHEN route_number = 0 THEN 'Sales' END AS route,
    CASE
        WHEN route_number = 0 AND toInt64(modulo(turn - 1, 2)) = 0 THEN 'anna@example.com'
        WHEN route_number = 0 AND toInt64(modulo(turn - 1, 2)) = 1 THEN 'bram@example.com'
    END AS assigned_to,
    CASE
        WHEN disqualified IS NOT NULL THEN 'Disqualified: ' || disqualified
        ELSE CASE WHEN reasons <> '' THEN substringUTF8(reasons, 3, toInt64(lengthUTF8(reasons))) END
    END AS reasons,
    toString(addDays(toDate32('1970-01-01'), intDiv(last_event + 86400000000, 86400000000) - 1))
    || 'T'
    || substringUTF8(toString(toInt64(modulo(intDiv(last_event + 86400000000, 3600000000), 24)) + 100), 2, 2)
    || ':'
    || substringUTF8(toString(toInt64(modulo(intDiv(last_event + 86400000000, 60000000), 60)) + 100), 2, 2)
    || ':'
    || substringUTF8(toString(toInt64(modulo(intDiv(last_event + 86400000000, 1000000), 60)) + 100), 2, 2)
    || CASE
        WHEN toInt64(modulo(last_event + 86400000000, 1000000)) = 0 THEN ''
        ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(last_event + 86400000000, 1000000)) + 1000000), 2, 6), '^[0]+|[0]+$', '')
    END
    || 'Z' AS last_event,
    CASE
        WHEN group_engagement < 0
            THEN '-'
            || toString(intDiv(0 - group_engagement, 1000))
            || CASE
                WHEN toInt64(modulo(0 - group_engagement, 1000)) = 0 THEN ''
                ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(0 - group_engagement, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
            END
        ELSE toString(intDiv(group_engagement, 1000))
        || CASE
            WHEN toInt64(modulo(group_engagement, 1000)) = 0 THEN ''
            ELSE replaceRegexpAll('.' || substringUTF8(toString(toInt64(modulo(group_engagement, 1000)) + 1000), 2, 3), '^[0]+|[0]+$', '')
        END
    END AS engagement,
    CASE
        WHEN computed_temperature_counted = 0 THEN 'hot'
        WHEN computed_temperature_counted = 1 THEN 'cold'
    END AS computed_temperature,
    CASE
        WHEN overrides_said <> '' THEN substringUTF8(overrides_said, 3, toInt64(lengthUTF8(overrides_said)))
    END AS override,
    '2026-11-01' AS as_of,
    'A little of everything (8bb132d8)' AS model
FROM overrides_said
ORDER BY place
SETTINGS join_use_nulls = 1, short_circuit_function_evaluation = 'force_enable', prefer_column_name_to_alias = 1
