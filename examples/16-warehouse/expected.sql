-- Real-estate leads 1 (1c4f907d): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for duckdb (proven: the tests of hotlist run such queries on this engine and compare every row)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        CASE
            WHEN CASE WHEN LEFT(type, 1) BETWEEN '!' AND '~' AND RIGHT(type, 1) BETWEEN '!' AND '~' THEN type ELSE TRIM(type, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE type
        END AS type,
        CASE
            WHEN CASE WHEN LEFT("timing.timeline_max", 1) BETWEEN '!' AND '~' AND RIGHT("timing.timeline_max", 1) BETWEEN '!' AND '~' THEN "timing.timeline_max" ELSE TRIM("timing.timeline_max", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE "timing.timeline_max"
        END AS timeline,
        CASE
            WHEN CASE WHEN LEFT(budget_confirmed, 1) BETWEEN '!' AND '~' AND RIGHT(budget_confirmed, 1) BETWEEN '!' AND '~' THEN budget_confirmed ELSE TRIM(budget_confirmed, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE CASE WHEN LEFT(budget_confirmed, 1) BETWEEN '!' AND '~' AND RIGHT(budget_confirmed, 1) BETWEEN '!' AND '~' THEN budget_confirmed ELSE TRIM(budget_confirmed, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END
        END AS budget_confirmed_trimmed,
        CASE
            WHEN CASE WHEN LEFT("property_details.price_max", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.price_max", 1) BETWEEN '!' AND '~' THEN "property_details.price_max" ELSE TRIM("property_details.price_max", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE CASE WHEN LEFT("property_details.price_max", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.price_max", 1) BETWEEN '!' AND '~' THEN "property_details.price_max" ELSE TRIM("property_details.price_max", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END
        END AS budget_trimmed,
        CASE
            WHEN CASE WHEN LEFT(tags, 1) BETWEEN '!' AND '~' AND RIGHT(tags, 1) BETWEEN '!' AND '~' THEN tags ELSE TRIM(tags, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE tags
        END AS tags,
        CASE
            WHEN CASE WHEN LEFT("property_details.type", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.type", 1) BETWEEN '!' AND '~' THEN "property_details.type" ELSE TRIM("property_details.type", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE "property_details.type"
        END AS home_type,
        CASE
            WHEN CASE WHEN LEFT("property_details.location", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.location", 1) BETWEEN '!' AND '~' THEN "property_details.location" ELSE TRIM("property_details.location", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE "property_details.location"
        END AS location,
        CASE
            WHEN CASE WHEN LEFT(email, 1) BETWEEN '!' AND '~' AND RIGHT(email, 1) BETWEEN '!' AND '~' THEN email ELSE TRIM(email, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE email
        END AS email,
        CASE
            WHEN CASE WHEN LEFT(phone, 1) BETWEEN '!' AND '~' AND RIGHT(phone, 1) BETWEEN '!' AND '~' THEN phone ELSE TRIM(phone, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE phone
        END AS phone,
        CASE
            WHEN CASE WHEN LEFT(first_name, 1) BETWEEN '!' AND '~' AND RIGHT(first_name, 1) BETWEEN '!' AND '~' THEN first_name ELSE TRIM(first_name, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE first_name
        END AS first_name,
        CASE
            WHEN CASE WHEN LEFT(last_name, 1) BETWEEN '!' AND '~' AND RIGHT(last_name, 1) BETWEEN '!' AND '~' THEN last_name ELSE TRIM(last_name, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE last_name
        END AS last_name,
        CASE
            WHEN CASE WHEN LEFT(email, 1) BETWEEN '!' AND '~' AND RIGHT(email, 1) BETWEEN '!' AND '~' THEN email ELSE TRIM(email, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE email
        END AS email_2,
        CASE
            WHEN CASE WHEN LEFT(owner_email, 1) BETWEEN '!' AND '~' AND RIGHT(owner_email, 1) BETWEEN '!' AND '~' THEN owner_email ELSE TRIM(owner_email, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE owner_email
        END AS owner,
        CASE
            WHEN CASE WHEN LEFT("lead.source", 1) BETWEEN '!' AND '~' AND RIGHT("lead.source", 1) BETWEEN '!' AND '~' THEN "lead.source" ELSE TRIM("lead.source", E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '', '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE "lead.source"
        END AS source,
        CASE
            WHEN CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE TRIM(contact_id, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END IN (
                    '-', 'N/A', 'Select', 'n/a'
                ) THEN NULL
            ELSE CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE TRIM(contact_id, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END
        END AS id_trimmed_id
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE
            WHEN CASE WHEN STRLEN(budget_confirmed_trimmed) = LENGTH(budget_confirmed_trimmed) THEN LOWER(budget_confirmed_trimmed) ELSE TRANSLATE(budget_confirmed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END IN (
                    'yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked'
                ) THEN TRUE
            WHEN CASE WHEN STRLEN(budget_confirmed_trimmed) = LENGTH(budget_confirmed_trimmed) THEN LOWER(budget_confirmed_trimmed) ELSE TRANSLATE(budget_confirmed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END IN (
                    'no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked'
                ) THEN FALSE
            ELSE NULL
        END AS budget_confirmed_yes,
        CASE
            WHEN REGEXP_MATCHES(budget_trimmed, '^(?:-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$') THEN budget_trimmed
            WHEN REGEXP_MATCHES(budget_trimmed, E'^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN CONTAINS(budget_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(budget_trimmed, E'+-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS budget_digits,
        CASE
            WHEN id_trimmed_id = '' THEN NULL
            WHEN STRLEN(id_trimmed_id) = LENGTH(id_trimmed_id) THEN id_trimmed_id
            WHEN REGEXP_MATCHES(id_trimmed_id, '^(?:[\t\n\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN id_trimmed_id
            WHEN id_trimmed_id IS NOT NULL
                THEN CAST(CAST(ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(id_trimmed_id, '')) AS BIGINT) AS VARCHAR)
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
        END AS budget_number
    FROM contacts_cells_2
),

contacts_cells_4 AS (
    SELECT
        *,
        CASE
            WHEN CONTAINS(id_id, '@')
                THEN CASE WHEN STRLEN(id_id) = LENGTH(id_id) THEN LOWER(id_id) ELSE TRANSLATE(id_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
            ELSE id_id
        END AS id_key
    FROM contacts_cells_3
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
        budget_confirmed_yes,
        budget_number,
        email,
        email_2,
        first_name,
        home_type,
        id_id,
        id_key,
        last_name,
        location,
        owner,
        phone,
        source,
        tags,
        timeline,
        type
    FROM contacts_cells_4
),

-- Those who are leads
leads AS (
    SELECT *
    FROM contacts_read
    WHERE COALESCE(type, 'lead') = 'lead'
),

-- The events; what is blank is NULL
events_cells AS (
    SELECT
        CASE
            WHEN CASE WHEN LEFT(property_id, 1) BETWEEN '!' AND '~' AND RIGHT(property_id, 1) BETWEEN '!' AND '~' THEN property_id ELSE TRIM(property_id, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END = ''
                THEN NULL
            ELSE property_id
        END AS property_id,
        CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE TRIM(contact_id, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END AS contact_trimmed_id,
        CASE WHEN LEFT(event, 1) BETWEEN '!' AND '~' AND RIGHT(event, 1) BETWEEN '!' AND '~' THEN event ELSE TRIM(event, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END AS type_cell,
        CASE WHEN LEFT(timestamp, 1) BETWEEN '!' AND '~' AND RIGHT(timestamp, 1) BETWEEN '!' AND '~' THEN timestamp ELSE TRIM(timestamp, E'\t\n\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x81\xE2\x80\x82\xE2\x80\x83\xE2\x80\x84\xE2\x80\x85\xE2\x80\x86\xE2\x80\x87\xE2\x80\x88\xE2\x80\x89\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80') END AS time_cell
    FROM events AS event_rows
),

events_cells_2 AS (
    SELECT
        *,
        CASE
            WHEN contact_trimmed_id = '' THEN NULL
            WHEN STRLEN(contact_trimmed_id) = LENGTH(contact_trimmed_id) THEN contact_trimmed_id
            WHEN REGEXP_MATCHES(contact_trimmed_id, '^(?:[\t\n\r -~¡-ʸΑ-ΡΣ-ωЀ-ҁא-תء-ي‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]*)$')
                THEN contact_trimmed_id
            WHEN contact_trimmed_id IS NOT NULL
                THEN CAST(CAST(ERROR('hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ' || COALESCE(contact_trimmed_id, '')) AS BIGINT) AS VARCHAR)
            ELSE NULL
        END AS contact_id,
        CASE WHEN STRLEN(type_cell) = LENGTH(type_cell) THEN LOWER(type_cell) ELSE TRANSLATE(type_cell, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END AS type_lowered,
        CASE
            WHEN NOT CONTAINS(time_cell, '/') THEN time_cell
            WHEN REGEXP_MATCHES(time_cell, '^(?:[0-9]{4}/[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?)$')
                THEN REPLACE(time_cell, '/', '-')
            ELSE time_cell
        END AS time_written
    FROM events_cells
),

events_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN type_lowered IN ('email opened', 'open', 'email_open', 'opened') THEN 0
            WHEN type_lowered IN ('email clicked', 'click', 'email_click', 'clicked') THEN 1
            WHEN type_lowered IN ('website visit', 'visited website', 'page_view', 'viewed page') THEN 2
            WHEN type_lowered IN ('property viewed', 'viewed property', 'property_view') THEN 3
            WHEN type_lowered IN ('viewing requested', 'viewing_requested', 'requested viewing') THEN 6
            WHEN type_lowered IN ('information requested', 'information_requested', 'property inquiry') THEN 7
            WHEN type_lowered IN ('inquiry', 'general inquiry', 'incoming call', 'registration') THEN 8
            WHEN type_lowered IN ('email sent', 'call made', 'whatsapp sent', 'outreach_sent') THEN 4
            WHEN type_lowered IN ('email reply', 'whatsapp reply', 'reply') THEN 5
            WHEN type_lowered IN ('unsubscribed', 'unsubscribe') THEN 9
            WHEN type_lowered IN ('email bounced', 'bounce', 'bounced') THEN 10
            ELSE CASE
                WHEN type_cell IN (
                        'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open',
                        'Email open', 'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN',
                        'emailOpen', 'EmailOpen'
                    ) THEN 0
                WHEN type_cell IN (
                        'email_click', 'Email_Click', 'Email_click', 'EMAIL_CLICK', 'email click',
                        'Email Click', 'Email click', 'EMAIL CLICK', 'email-click', 'Email-Click',
                        'Email-click', 'EMAIL-CLICK', 'emailClick', 'EmailClick'
                    ) THEN 1
                WHEN type_cell IN (
                        'website_visit', 'Website_Visit', 'Website_visit', 'WEBSITE_VISIT', 'website visit',
                        'Website Visit', 'Website visit', 'WEBSITE VISIT', 'website-visit', 'Website-Visit',
                        'Website-visit', 'WEBSITE-VISIT', 'websiteVisit', 'WebsiteVisit'
                    ) THEN 2
                WHEN type_cell IN (
                        'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view',
                        'Property View', 'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View',
                        'Property-view', 'PROPERTY-VIEW', 'propertyView', 'PropertyView'
                    ) THEN 3
                WHEN type_cell IN ('outreach', 'Outreach', 'OUTREACH') THEN 4
                WHEN type_cell IN ('reply', 'Reply', 'REPLY') THEN 5
                WHEN type_cell IN (
                        'viewing_requested', 'Viewing_Requested', 'Viewing_requested', 'VIEWING_REQUESTED',
                        'viewing requested', 'Viewing Requested', 'Viewing requested', 'VIEWING REQUESTED',
                        'viewing-requested', 'Viewing-Requested', 'Viewing-requested', 'VIEWING-REQUESTED',
                        'viewingRequested', 'ViewingRequested'
                    ) THEN 6
                WHEN type_cell IN (
                        'information_requested', 'Information_Requested', 'Information_requested',
                        'INFORMATION_REQUESTED', 'information requested', 'Information Requested',
                        'Information requested', 'INFORMATION REQUESTED', 'information-requested',
                        'Information-Requested', 'Information-requested', 'INFORMATION-REQUESTED',
                        'informationRequested', 'InformationRequested'
                    ) THEN 7
                WHEN type_cell IN ('inquiry', 'Inquiry', 'INQUIRY') THEN 8
                WHEN type_cell IN ('unsubscribe', 'Unsubscribe', 'UNSUBSCRIBE') THEN 9
                WHEN type_cell IN (
                        'email_bounced', 'Email_Bounced', 'Email_bounced', 'EMAIL_BOUNCED', 'email bounced',
                        'Email Bounced', 'Email bounced', 'EMAIL BOUNCED', 'email-bounced', 'Email-Bounced',
                        'Email-bounced', 'EMAIL-BOUNCED', 'emailBounced', 'EmailBounced'
                    ) THEN 10
                WHEN TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', '') IN (
                        'emailbounced', 'emailclick', 'emailopen', 'informationrequested', 'inquiry',
                        'outreach', 'propertyview', 'reply', 'unsubscribe', 'viewingrequested', 'websitevisit'
                    )
                    THEN CASE
                        WHEN REGEXP_MATCHES(type_cell, '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$')
                            THEN NULL
                        ELSE CAST(ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_cell, '')) AS BIGINT)
                    END
                WHEN STRLEN(type_cell) = LENGTH(type_cell) THEN NULL
                WHEN REGEXP_MATCHES(TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', ''), '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-ac-~][^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-mo-~][^!-~]*[^!-bd-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-bd-~][^!-~]*[^!-km-~][^!-~]*[^!-hj-~][^!-~]*[^!-bd-~][^!-~]*[^!-jl-~][^!-~]*|[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-eg-~][^!-~]*[^!-np-~][^!-~]*[^!-qs-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-su-~][^!-~]*[^!-hj-~][^!-~]*[^!-np-~][^!-~]*[^!-mo-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-df-~][^!-~]*[^!-rt-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-hj-~][^!-~]*[^!-qs-~][^!-~]*[^!-xz-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*|[^!-~]*[^!-tv-~][^!-~]*[^!-mo-~][^!-~]*[^!-rt-~][^!-~]*[^!-tv-~][^!-~]*[^!-ac-~][^!-~]*[^!-rt-~][^!-~]*[^!-bd-~][^!-~]*[^!-qs-~][^!-~]*[^!-hj-~][^!-~]*[^!-ac-~][^!-~]*[^!-df-~][^!-~]*|[^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-fh-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-df-~][^!-~]*[^!-rt-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-vx-~][^!-~]*[^!-df-~][^!-~]*[^!-ac-~][^!-~]*[^!-rt-~][^!-~]*[^!-hj-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-rt-~][^!-~]*[^!-hj-~][^!-~]*[^!-su-~][^!-~]*)$')
                    AND NOT REGEXP_MATCHES(type_cell, '[Ѐ-ҁא-תء-يぁ-ゖァ-ヺ一-鿿가-힣]')
                    THEN CAST(ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_cell, '')) AS BIGINT)
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
        END AS time_clock,
        CASE
            WHEN SUBSTR(time_written, 20, 1) IN ('Z', 'z') THEN 0
            WHEN REGEXP_MATCHES(SUBSTR(time_written, 17, 40), '^(?:[0-9:.,]*)$') THEN NULL
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
            ELSE NULL
        END AS time_offset
    FROM events_cells_2
),

-- Europe/Madrid: seconds ahead of UTC, by local times
zone_local_offsets AS (
    SELECT CAST(zone_piece AS BIGINT) AS zone_piece, CAST(zone_ahead AS BIGINT) AS zone_ahead, CAST(zone_change_1 AS BIGINT) AS zone_change_1, CAST(zone_ahead_1 AS BIGINT) AS zone_ahead_1 FROM (VALUES
    (263, 3600, 9999999999, 0), (264, 3600, 9999999999, 0), (265, 3600, 9999999999, 0),
    (266, 3600, 9999999999, 0), (267, 3600, 9999999999, 0), (268, 3600, 9999999999, 0),
    (269, 3600, 9999999999, 0), (270, 3600, 9999999999, 0), (271, 3600, 9999999999, 0),
    (272, 3600, 9999999999, 0), (273, 3600, 9999999999, 0), (274, 3600, 9999999999, 0),
    (275, 3600, 9999999999, 0), (276, 3600, 9999999999, 0), (277, 3600, 9999999999, 0),
    (278, 3600, 9999999999, 0), (279, 3600, 9999999999, 0), (280, 3600, 135129600, 7200),
    (281, 7200, 150253200, 3600), (282, 3600, 9999999999, 0), (283, 3600, 166579200, 7200),
    (284, 7200, 9999999999, 0), (285, 7200, 181702800, 3600), (286, 3600, 9999999999, 0),
    (287, 3600, 196819200, 7200), (288, 7200, 9999999999, 0), (289, 7200, 212547600, 3600),
    (290, 3600, 9999999999, 0), (291, 3600, 228873600, 7200), (292, 7200, 9999999999, 0),
    (293, 7200, 243997200, 3600), (294, 3600, 9999999999, 0), (295, 3600, 260334000, 7200),
    (296, 7200, 276058800, 3600), (297, 3600, 9999999999, 0), (298, 3600, 291783600, 7200),
    (299, 7200, 9999999999, 0), (300, 7200, 307508400, 3600), (301, 3600, 9999999999, 0),
    (302, 3600, 323838000, 7200), (303, 7200, 9999999999, 0), (304, 7200, 338958000, 3600),
    (305, 3600, 9999999999, 0), (306, 3600, 354682800, 7200), (307, 7200, 9999999999, 0),
    (308, 7200, 370407600, 3600), (309, 3600, 9999999999, 0), (310, 3600, 386132400, 7200),
    (311, 7200, 401857200, 3600), (312, 3600, 9999999999, 0), (313, 3600, 417582000, 7200),
    (314, 7200, 9999999999, 0), (315, 7200, 433306800, 3600), (316, 3600, 9999999999, 0),
    (317, 3600, 449031600, 7200), (318, 7200, 9999999999, 0), (319, 7200, 465361200, 3600),
    (320, 3600, 9999999999, 0), (321, 3600, 481086000, 7200), (322, 7200, 9999999999, 0),
    (323, 7200, 496810800, 3600), (324, 3600, 9999999999, 0), (325, 3600, 512535600, 7200),
    (326, 7200, 528260400, 3600), (327, 3600, 9999999999, 0), (328, 3600, 543985200, 7200),
    (329, 7200, 9999999999, 0), (330, 7200, 559710000, 3600), (331, 3600, 9999999999, 0),
    (332, 3600, 575434800, 7200), (333, 7200, 9999999999, 0), (334, 7200, 591159600, 3600),
    (335, 3600, 9999999999, 0), (336, 3600, 606884400, 7200), (337, 7200, 9999999999, 0),
    (338, 7200, 622609200, 3600), (339, 3600, 9999999999, 0), (340, 3600, 638334000, 7200),
    (341, 7200, 9999999999, 0), (342, 7200, 654663600, 3600), (343, 3600, 670388400, 7200),
    (344, 7200, 9999999999, 0), (345, 7200, 686113200, 3600), (346, 3600, 9999999999, 0),
    (347, 3600, 701838000, 7200), (348, 7200, 9999999999, 0), (349, 7200, 717562800, 3600),
    (350, 3600, 9999999999, 0), (351, 3600, 733287600, 7200), (352, 7200, 9999999999, 0),
    (353, 7200, 749012400, 3600), (354, 3600, 9999999999, 0), (355, 3600, 764737200, 7200),
    (356, 7200, 9999999999, 0), (357, 7200, 780462000, 3600), (358, 3600, 796186800, 7200),
    (359, 7200, 9999999999, 0), (360, 7200, 811911600, 3600), (361, 3600, 9999999999, 0),
    (362, 3600, 828241200, 7200), (363, 7200, 9999999999, 0), (364, 7200, 846385200, 3600),
    (365, 3600, 9999999999, 0), (366, 3600, 859690800, 7200), (367, 7200, 9999999999, 0),
    (368, 7200, 877834800, 3600), (369, 3600, 9999999999, 0), (370, 3600, 891140400, 7200),
    (371, 7200, 9999999999, 0), (372, 7200, 909284400, 3600), (373, 3600, 922590000, 7200),
    (374, 7200, 9999999999, 0), (375, 7200, 9999999999, 0), (376, 7200, 941338800, 3600),
    (377, 3600, 954039600, 7200), (378, 7200, 9999999999, 0), (379, 7200, 972788400, 3600),
    (380, 3600, 9999999999, 0), (381, 3600, 985489200, 7200), (382, 7200, 9999999999, 0),
    (383, 7200, 1004238000, 3600), (384, 3600, 9999999999, 0), (385, 3600, 1017543600, 7200),
    (386, 7200, 9999999999, 0), (387, 7200, 1035687600, 3600), (388, 3600, 9999999999, 0),
    (389, 3600, 1048993200, 7200), (390, 7200, 9999999999, 0), (391, 7200, 1067137200, 3600),
    (392, 3600, 1080442800, 7200), (393, 7200, 9999999999, 0), (394, 7200, 9999999999, 0),
    (395, 7200, 1099191600, 3600), (396, 3600, 1111892400, 7200), (397, 7200, 9999999999, 0),
    (398, 7200, 1130641200, 3600), (399, 3600, 9999999999, 0), (400, 3600, 1143342000, 7200),
    (401, 7200, 9999999999, 0), (402, 7200, 1162090800, 3600), (403, 3600, 9999999999, 0),
    (404, 3600, 1174791600, 7200), (405, 7200, 9999999999, 0), (406, 7200, 1193540400, 3600),
    (407, 3600, 1206846000, 7200), (408, 7200, 9999999999, 0), (409, 7200, 9999999999, 0),
    (410, 7200, 1224990000, 3600), (411, 3600, 1238295600, 7200), (412, 7200, 9999999999, 0),
    (413, 7200, 1256439600, 3600), (414, 3600, 9999999999, 0), (415, 3600, 1269745200, 7200),
    (416, 7200, 9999999999, 0), (417, 7200, 1288494000, 3600), (418, 3600, 9999999999, 0),
    (419, 3600, 1301194800, 7200), (420, 7200, 9999999999, 0), (421, 7200, 1319943600, 3600),
    (422, 3600, 1332644400, 7200), (423, 7200, 9999999999, 0), (424, 7200, 9999999999, 0),
    (425, 7200, 1351393200, 3600), (426, 3600, 1364698800, 7200), (427, 7200, 9999999999, 0),
    (428, 7200, 1382842800, 3600), (429, 3600, 9999999999, 0), (430, 3600, 1396148400, 7200),
    (431, 7200, 9999999999, 0), (432, 7200, 1414292400, 3600), (433, 3600, 9999999999, 0),
    (434, 3600, 1427598000, 7200), (435, 7200, 9999999999, 0), (436, 7200, 1445742000, 3600),
    (437, 3600, 1459047600, 7200), (438, 7200, 9999999999, 0), (439, 7200, 9999999999, 0),
    (440, 7200, 1477796400, 3600), (441, 3600, 1490497200, 7200), (442, 7200, 9999999999, 0),
    (443, 7200, 1509246000, 3600), (444, 3600, 9999999999, 0), (445, 3600, 1521946800, 7200),
    (446, 7200, 9999999999, 0), (447, 7200, 1540695600, 3600), (448, 3600, 9999999999, 0),
    (449, 3600, 1554001200, 7200), (450, 7200, 9999999999, 0), (451, 7200, 1572145200, 3600),
    (452, 3600, 9999999999, 0), (453, 3600, 1585450800, 7200), (454, 7200, 9999999999, 0),
    (455, 7200, 1603594800, 3600), (456, 3600, 1616900400, 7200), (457, 7200, 9999999999, 0),
    (458, 7200, 1635649200, 3600), (459, 3600, 9999999999, 0), (460, 3600, 1648350000, 7200),
    (461, 7200, 9999999999, 0), (462, 7200, 1667098800, 3600), (463, 3600, 9999999999, 0),
    (464, 3600, 1679799600, 7200), (465, 7200, 9999999999, 0), (466, 7200, 1698548400, 3600),
    (467, 3600, 9999999999, 0), (468, 3600, 1711854000, 7200), (469, 7200, 9999999999, 0),
    (470, 7200, 1729998000, 3600), (471, 3600, 1743303600, 7200), (472, 7200, 9999999999, 0),
    (473, 7200, 1761447600, 3600), (474, 3600, 9999999999, 0), (475, 3600, 1774753200, 7200),
    (476, 7200, 9999999999, 0), (477, 7200, 1792897200, 3600), (478, 3600, 9999999999, 0),
    (479, 3600, 1806202800, 7200), (480, 7200, 9999999999, 0), (481, 7200, 1824951600, 3600),
    (482, 3600, 9999999999, 0), (483, 3600, 1837652400, 7200), (484, 7200, 9999999999, 0),
    (485, 7200, 1856401200, 3600), (486, 3600, 1869102000, 7200), (487, 7200, 9999999999, 0),
    (488, 7200, 9999999999, 0), (489, 7200, 1887850800, 3600), (490, 3600, 1901156400, 7200),
    (491, 7200, 9999999999, 0), (492, 7200, 1919300400, 3600), (493, 3600, 9999999999, 0),
    (494, 3600, 1932606000, 7200), (495, 7200, 9999999999, 0), (496, 7200, 1950750000, 3600),
    (497, 3600, 9999999999, 0), (498, 3600, 1964055600, 7200), (499, 7200, 9999999999, 0),
    (500, 7200, 1982804400, 3600), (501, 3600, 1995505200, 7200), (502, 7200, 9999999999, 0),
    (503, 7200, 9999999999, 0), (504, 7200, 2014254000, 3600), (505, 3600, 2026954800, 7200),
    (506, 7200, 9999999999, 0), (507, 7200, 2045703600, 3600), (508, 3600, 9999999999, 0),
    (509, 3600, 2058404400, 7200), (510, 7200, 9999999999, 0), (511, 7200, 2077153200, 3600),
    (512, 3600, 9999999999, 0), (513, 3600, 2090458800, 7200), (514, 7200, 9999999999, 0),
    (515, 7200, 2108602800, 3600), (516, 3600, 2121908400, 7200), (517, 7200, 9999999999, 0),
    (518, 7200, 9999999999, 0), (519, 7200, 2140052400, 3600), (520, 3600, 2153358000, 7200),
    (521, 7200, 9999999999, 0), (522, 7200, 2172106800, 3600), (523, 3600, 9999999999, 0),
    (524, 3600, 2184807600, 7200), (525, 7200, 9999999999, 0), (526, 7200, 2203556400, 3600),
    (527, 3600, 9999999999, 0), (528, 3600, 2216257200, 7200), (529, 7200, 9999999999, 0),
    (530, 7200, 2235006000, 3600), (531, 3600, 9999999999, 0), (532, 3600, 2248311600, 7200),
    (533, 7200, 9999999999, 0), (534, 7200, 2266455600, 3600), (535, 3600, 2279761200, 7200),
    (536, 7200, 9999999999, 0), (537, 7200, 2297905200, 3600), (538, 3600, 9999999999, 0),
    (539, 3600, 2311210800, 7200), (540, 7200, 9999999999, 0), (541, 7200, 2329354800, 3600),
    (542, 3600, 9999999999, 0), (543, 3600, 2342660400, 7200), (544, 7200, 9999999999, 0),
    (545, 7200, 2361409200, 3600), (546, 3600, 9999999999, 0), (547, 3600, 2374110000, 7200),
    (548, 7200, 9999999999, 0), (549, 7200, 2392858800, 3600), (550, 3600, 2405559600, 7200),
    (551, 7200, 9999999999, 0), (552, 7200, 9999999999, 0), (553, 7200, 2424308400, 3600),
    (554, 3600, 2437614000, 7200), (555, 7200, 9999999999, 0), (556, 7200, 2455758000, 3600),
    (557, 3600, 9999999999, 0), (558, 3600, 2469063600, 7200), (559, 7200, 9999999999, 0),
    (560, 7200, 2487207600, 3600), (561, 3600, 9999999999, 0), (562, 3600, 2500513200, 7200),
    (563, 7200, 9999999999, 0), (564, 7200, 2519262000, 3600), (565, 3600, 2531962800, 7200),
    (566, 7200, 9999999999, 0), (567, 7200, 9999999999, 0), (568, 7200, 2550711600, 3600),
    (569, 3600, 2563412400, 7200), (570, 7200, 9999999999, 0), (571, 7200, 2582161200, 3600),
    (572, 3600, 9999999999, 0), (573, 3600, 2595466800, 7200), (574, 7200, 9999999999, 0),
    (575, 7200, 2613610800, 3600), (576, 3600, 9999999999, 0), (577, 3600, 2626916400, 7200),
    (578, 7200, 9999999999, 0), (579, 7200, 2645060400, 3600), (580, 3600, 2658366000, 7200),
    (581, 7200, 9999999999, 0), (582, 7200, 9999999999, 0), (583, 7200, 2676510000, 3600),
    (584, 3600, 2689815600, 7200), (585, 7200, 9999999999, 0), (586, 7200, 2708564400, 3600),
    (587, 3600, 9999999999, 0), (588, 3600, 2721265200, 7200), (589, 7200, 9999999999, 0),
    (590, 7200, 2740014000, 3600), (591, 3600, 9999999999, 0), (592, 3600, 2752714800, 7200),
    (593, 7200, 9999999999, 0), (594, 7200, 2771463600, 3600), (595, 3600, 2784769200, 7200),
    (596, 7200, 9999999999, 0), (597, 7200, 9999999999, 0), (598, 7200, 2802913200, 3600),
    (599, 3600, 2816218800, 7200), (600, 7200, 9999999999, 0), (601, 7200, 2834362800, 3600),
    (602, 3600, 9999999999, 0), (603, 3600, 2847668400, 7200), (604, 7200, 9999999999, 0),
    (605, 7200, 2866417200, 3600), (606, 3600, 9999999999, 0), (607, 3600, 2879118000, 7200),
    (608, 7200, 9999999999, 0), (609, 7200, 2897866800, 3600), (610, 3600, 2910567600, 7200),
    (611, 7200, 9999999999, 0), (612, 7200, 9999999999, 0), (613, 7200, 2929316400, 3600),
    (614, 3600, 2942017200, 7200), (615, 7200, 9999999999, 0), (616, 7200, 2960766000, 3600),
    (617, 3600, 9999999999, 0), (618, 3600, 2974071600, 7200), (619, 7200, 9999999999, 0),
    (620, 7200, 2992215600, 3600), (621, 3600, 9999999999, 0), (622, 3600, 3005521200, 7200),
    (623, 7200, 9999999999, 0), (624, 7200, 3023665200, 3600), (625, 3600, 9999999999, 0),
    (626, 3600, 3036970800, 7200), (627, 7200, 9999999999, 0), (628, 7200, 3055719600, 3600),
    (629, 3600, 3068420400, 7200), (630, 7200, 9999999999, 0), (631, 7200, 9999999999, 0),
    (632, 7200, 3087169200, 3600), (633, 3600, 3099870000, 7200), (634, 7200, 9999999999, 0),
    (635, 7200, 3118618800, 3600), (636, 3600, 9999999999, 0), (637, 3600, 3131924400, 7200),
    (638, 7200, 9999999999, 0), (639, 7200, 3150068400, 3600), (640, 3600, 9999999999, 0),
    (641, 3600, 3163374000, 7200), (642, 7200, 9999999999, 0), (643, 7200, 3181518000, 3600),
    (644, 3600, 3194823600, 7200), (645, 7200, 9999999999, 0), (646, 7200, 9999999999, 0),
    (647, 7200, 3212967600, 3600), (648, 3600, 3226273200, 7200), (649, 7200, 9999999999, 0),
    (650, 7200, 3245022000, 3600), (651, 3600, 9999999999, 0), (652, 3600, 3257722800, 7200),
    (653, 7200, 9999999999, 0), (654, 7200, 3276471600, 3600), (655, 3600, 9999999999, 0),
    (656, 3600, 3289172400, 7200), (657, 7200, 9999999999, 0), (658, 7200, 3307921200, 3600),
    (659, 3600, 3321226800, 7200), (660, 7200, 9999999999, 0), (661, 7200, 9999999999, 0),
    (662, 7200, 3339370800, 3600), (663, 3600, 3352676400, 7200), (664, 7200, 9999999999, 0),
    (665, 7200, 3370820400, 3600), (666, 3600, 9999999999, 0), (667, 3600, 3384126000, 7200),
    (668, 7200, 9999999999, 0), (669, 7200, 3402874800, 3600), (670, 3600, 9999999999, 0),
    (671, 3600, 3415575600, 7200), (672, 7200, 9999999999, 0), (673, 7200, 3434324400, 3600),
    (674, 3600, 3447025200, 7200), (675, 7200, 9999999999, 0), (676, 7200, 9999999999, 0),
    (677, 7200, 3465774000, 3600), (678, 3600, 3479079600, 7200), (679, 7200, 9999999999, 0),
    (680, 7200, 3497223600, 3600), (681, 3600, 9999999999, 0), (682, 3600, 3510529200, 7200),
    (683, 7200, 9999999999, 0), (684, 7200, 3528673200, 3600), (685, 3600, 9999999999, 0),
    (686, 3600, 3541978800, 7200), (687, 7200, 9999999999, 0), (688, 7200, 3560122800, 3600),
    (689, 3600, 3573428400, 7200), (690, 7200, 9999999999, 0), (691, 7200, 9999999999, 0),
    (692, 7200, 3592177200, 3600), (693, 3600, 3604878000, 7200), (694, 7200, 9999999999, 0),
    (695, 7200, 3623626800, 3600), (696, 3600, 9999999999, 0), (697, 3600, 3636327600, 7200),
    (698, 7200, 9999999999, 0), (699, 7200, 3655076400, 3600), (700, 3600, 9999999999, 0),
    (701, 3600, 3668382000, 7200), (702, 7200, 9999999999, 0), (703, 7200, 3686526000, 3600),
    (704, 3600, 9999999999, 0), (705, 3600, 3699831600, 7200), (706, 7200, 9999999999, 0),
    (707, 7200, 3717975600, 3600), (708, 3600, 3731281200, 7200), (709, 7200, 9999999999, 0),
    (710, 7200, 9999999999, 0), (711, 7200, 3750030000, 3600), (712, 3600, 3762730800, 7200),
    (713, 7200, 9999999999, 0), (714, 7200, 3781479600, 3600), (715, 3600, 9999999999, 0),
    (716, 3600, 3794180400, 7200), (717, 7200, 9999999999, 0), (718, 7200, 3812929200, 3600),
    (719, 3600, 9999999999, 0), (720, 3600, 3825630000, 7200), (721, 7200, 9999999999, 0),
    (722, 7200, 3844378800, 3600), (723, 3600, 3857684400, 7200), (724, 7200, 9999999999, 0),
    (725, 7200, 9999999999, 0), (726, 7200, 3875828400, 3600), (727, 3600, 3889134000, 7200),
    (728, 7200, 9999999999, 0), (729, 7200, 3907278000, 3600), (730, 3600, 9999999999, 0),
    (731, 3600, 3920583600, 7200), (732, 7200, 9999999999, 0), (733, 7200, 3939332400, 3600),
    (734, 3600, 9999999999, 0), (735, 3600, 3952033200, 7200), (736, 7200, 9999999999, 0),
    (737, 7200, 3970782000, 3600), (738, 3600, 3983482800, 7200), (739, 7200, 9999999999, 0),
    (740, 7200, 9999999999, 0), (741, 7200, 4002231600, 3600), (742, 3600, 4015537200, 7200),
    (743, 7200, 9999999999, 0), (744, 7200, 4033681200, 3600), (745, 3600, 9999999999, 0),
    (746, 3600, 4046986800, 7200), (747, 7200, 9999999999, 0), (748, 7200, 4065130800, 3600),
    (749, 3600, 9999999999, 0), (750, 3600, 4078436400, 7200), (751, 7200, 9999999999, 0),
    (752, 7200, 4096580400, 3600), (753, 3600, 4109886000, 7200)
) AS t (zone_piece, zone_ahead, zone_change_1, zone_ahead_1)
),

events_cells_4 AS (
    SELECT
        events_cells_3.*,
        CASE
            WHEN CONTAINS(contact_id, '@')
                THEN CASE WHEN STRLEN(contact_id) = LENGTH(contact_id) THEN LOWER(contact_id) ELSE TRANSLATE(contact_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
            ELSE contact_id
        END AS contact_key,
        time_clock
        - COALESCE(time_offset, CASE
            WHEN time_clock >= -86400000000 AND time_clock < 4102531200000000
                THEN CASE
                    WHEN (time_clock + 86400000000) // 1000000 - 86400 >= time_clock_zone.zone_change_1
                        THEN time_clock_zone.zone_ahead_1
                    ELSE time_clock_zone.zone_ahead
                END
            ELSE NULL
        END) * 1000000 AS time_micros
    FROM events_cells_3
    LEFT JOIN zone_local_offsets AS time_clock_zone ON CASE
            WHEN time_offset IS NULL AND time_clock >= -86400000000 AND time_clock < 4102531200000000
                THEN ((time_clock + 86400000000) // 1000000 - 86400 + 2214592512) // 8388608
            ELSE NULL
        END = time_clock_zone.zone_piece
),

-- Europe/Madrid: seconds ahead of UTC, by instants
zone_offsets AS (
    SELECT CAST(zone_piece AS BIGINT) AS zone_piece, CAST(zone_ahead AS BIGINT) AS zone_ahead, CAST(zone_change_1 AS BIGINT) AS zone_change_1, CAST(zone_ahead_1 AS BIGINT) AS zone_ahead_1 FROM (VALUES
    (263, 3600, 9999999999, 0), (264, 3600, 9999999999, 0), (265, 3600, 9999999999, 0),
    (266, 3600, 9999999999, 0), (267, 3600, 9999999999, 0), (268, 3600, 9999999999, 0),
    (269, 3600, 9999999999, 0), (270, 3600, 9999999999, 0), (271, 3600, 9999999999, 0),
    (272, 3600, 9999999999, 0), (273, 3600, 9999999999, 0), (274, 3600, 9999999999, 0),
    (275, 3600, 9999999999, 0), (276, 3600, 9999999999, 0), (277, 3600, 9999999999, 0),
    (278, 3600, 9999999999, 0), (279, 3600, 9999999999, 0), (280, 3600, 135122400, 7200),
    (281, 7200, 150246000, 3600), (282, 3600, 9999999999, 0), (283, 3600, 166572000, 7200),
    (284, 7200, 9999999999, 0), (285, 7200, 181695600, 3600), (286, 3600, 9999999999, 0),
    (287, 3600, 196812000, 7200), (288, 7200, 9999999999, 0), (289, 7200, 212540400, 3600),
    (290, 3600, 9999999999, 0), (291, 3600, 228866400, 7200), (292, 7200, 9999999999, 0),
    (293, 7200, 243990000, 3600), (294, 3600, 9999999999, 0), (295, 3600, 260326800, 7200),
    (296, 7200, 276051600, 3600), (297, 3600, 9999999999, 0), (298, 3600, 291776400, 7200),
    (299, 7200, 9999999999, 0), (300, 7200, 307501200, 3600), (301, 3600, 9999999999, 0),
    (302, 3600, 323830800, 7200), (303, 7200, 9999999999, 0), (304, 7200, 338950800, 3600),
    (305, 3600, 9999999999, 0), (306, 3600, 354675600, 7200), (307, 7200, 9999999999, 0),
    (308, 7200, 370400400, 3600), (309, 3600, 9999999999, 0), (310, 3600, 386125200, 7200),
    (311, 7200, 401850000, 3600), (312, 3600, 9999999999, 0), (313, 3600, 417574800, 7200),
    (314, 7200, 9999999999, 0), (315, 7200, 433299600, 3600), (316, 3600, 9999999999, 0),
    (317, 3600, 449024400, 7200), (318, 7200, 9999999999, 0), (319, 7200, 465354000, 3600),
    (320, 3600, 9999999999, 0), (321, 3600, 481078800, 7200), (322, 7200, 9999999999, 0),
    (323, 7200, 496803600, 3600), (324, 3600, 9999999999, 0), (325, 3600, 512528400, 7200),
    (326, 7200, 528253200, 3600), (327, 3600, 9999999999, 0), (328, 3600, 543978000, 7200),
    (329, 7200, 9999999999, 0), (330, 7200, 559702800, 3600), (331, 3600, 9999999999, 0),
    (332, 3600, 575427600, 7200), (333, 7200, 9999999999, 0), (334, 7200, 591152400, 3600),
    (335, 3600, 9999999999, 0), (336, 3600, 606877200, 7200), (337, 7200, 9999999999, 0),
    (338, 7200, 622602000, 3600), (339, 3600, 9999999999, 0), (340, 3600, 638326800, 7200),
    (341, 7200, 9999999999, 0), (342, 7200, 654656400, 3600), (343, 3600, 670381200, 7200),
    (344, 7200, 9999999999, 0), (345, 7200, 686106000, 3600), (346, 3600, 9999999999, 0),
    (347, 3600, 701830800, 7200), (348, 7200, 9999999999, 0), (349, 7200, 717555600, 3600),
    (350, 3600, 9999999999, 0), (351, 3600, 733280400, 7200), (352, 7200, 9999999999, 0),
    (353, 7200, 749005200, 3600), (354, 3600, 9999999999, 0), (355, 3600, 764730000, 7200),
    (356, 7200, 9999999999, 0), (357, 7200, 780454800, 3600), (358, 3600, 796179600, 7200),
    (359, 7200, 9999999999, 0), (360, 7200, 811904400, 3600), (361, 3600, 9999999999, 0),
    (362, 3600, 828234000, 7200), (363, 7200, 9999999999, 0), (364, 7200, 846378000, 3600),
    (365, 3600, 9999999999, 0), (366, 3600, 859683600, 7200), (367, 7200, 9999999999, 0),
    (368, 7200, 877827600, 3600), (369, 3600, 9999999999, 0), (370, 3600, 891133200, 7200),
    (371, 7200, 9999999999, 0), (372, 7200, 909277200, 3600), (373, 3600, 922582800, 7200),
    (374, 7200, 9999999999, 0), (375, 7200, 9999999999, 0), (376, 7200, 941331600, 3600),
    (377, 3600, 954032400, 7200), (378, 7200, 9999999999, 0), (379, 7200, 972781200, 3600),
    (380, 3600, 9999999999, 0), (381, 3600, 985482000, 7200), (382, 7200, 9999999999, 0),
    (383, 7200, 1004230800, 3600), (384, 3600, 9999999999, 0), (385, 3600, 1017536400, 7200),
    (386, 7200, 9999999999, 0), (387, 7200, 1035680400, 3600), (388, 3600, 9999999999, 0),
    (389, 3600, 1048986000, 7200), (390, 7200, 9999999999, 0), (391, 7200, 1067130000, 3600),
    (392, 3600, 1080435600, 7200), (393, 7200, 9999999999, 0), (394, 7200, 9999999999, 0),
    (395, 7200, 1099184400, 3600), (396, 3600, 1111885200, 7200), (397, 7200, 9999999999, 0),
    (398, 7200, 1130634000, 3600), (399, 3600, 9999999999, 0), (400, 3600, 1143334800, 7200),
    (401, 7200, 9999999999, 0), (402, 7200, 1162083600, 3600), (403, 3600, 9999999999, 0),
    (404, 3600, 1174784400, 7200), (405, 7200, 9999999999, 0), (406, 7200, 1193533200, 3600),
    (407, 3600, 1206838800, 7200), (408, 7200, 9999999999, 0), (409, 7200, 9999999999, 0),
    (410, 7200, 1224982800, 3600), (411, 3600, 1238288400, 7200), (412, 7200, 9999999999, 0),
    (413, 7200, 1256432400, 3600), (414, 3600, 9999999999, 0), (415, 3600, 1269738000, 7200),
    (416, 7200, 9999999999, 0), (417, 7200, 1288486800, 3600), (418, 3600, 9999999999, 0),
    (419, 3600, 1301187600, 7200), (420, 7200, 9999999999, 0), (421, 7200, 1319936400, 3600),
    (422, 3600, 1332637200, 7200), (423, 7200, 9999999999, 0), (424, 7200, 9999999999, 0),
    (425, 7200, 1351386000, 3600), (426, 3600, 1364691600, 7200), (427, 7200, 9999999999, 0),
    (428, 7200, 1382835600, 3600), (429, 3600, 9999999999, 0), (430, 3600, 1396141200, 7200),
    (431, 7200, 9999999999, 0), (432, 7200, 1414285200, 3600), (433, 3600, 9999999999, 0),
    (434, 3600, 1427590800, 7200), (435, 7200, 9999999999, 0), (436, 7200, 1445734800, 3600),
    (437, 3600, 1459040400, 7200), (438, 7200, 9999999999, 0), (439, 7200, 9999999999, 0),
    (440, 7200, 1477789200, 3600), (441, 3600, 1490490000, 7200), (442, 7200, 9999999999, 0),
    (443, 7200, 1509238800, 3600), (444, 3600, 9999999999, 0), (445, 3600, 1521939600, 7200),
    (446, 7200, 9999999999, 0), (447, 7200, 1540688400, 3600), (448, 3600, 9999999999, 0),
    (449, 3600, 1553994000, 7200), (450, 7200, 9999999999, 0), (451, 7200, 1572138000, 3600),
    (452, 3600, 1585443600, 7200), (453, 7200, 9999999999, 0), (454, 7200, 9999999999, 0),
    (455, 7200, 1603587600, 3600), (456, 3600, 1616893200, 7200), (457, 7200, 9999999999, 0),
    (458, 7200, 1635642000, 3600), (459, 3600, 9999999999, 0), (460, 3600, 1648342800, 7200),
    (461, 7200, 9999999999, 0), (462, 7200, 1667091600, 3600), (463, 3600, 9999999999, 0),
    (464, 3600, 1679792400, 7200), (465, 7200, 9999999999, 0), (466, 7200, 1698541200, 3600),
    (467, 3600, 9999999999, 0), (468, 3600, 1711846800, 7200), (469, 7200, 9999999999, 0),
    (470, 7200, 1729990800, 3600), (471, 3600, 1743296400, 7200), (472, 7200, 9999999999, 0),
    (473, 7200, 1761440400, 3600), (474, 3600, 9999999999, 0), (475, 3600, 1774746000, 7200),
    (476, 7200, 9999999999, 0), (477, 7200, 1792890000, 3600), (478, 3600, 9999999999, 0),
    (479, 3600, 1806195600, 7200), (480, 7200, 9999999999, 0), (481, 7200, 1824944400, 3600),
    (482, 3600, 9999999999, 0), (483, 3600, 1837645200, 7200), (484, 7200, 9999999999, 0),
    (485, 7200, 1856394000, 3600), (486, 3600, 1869094800, 7200), (487, 7200, 9999999999, 0),
    (488, 7200, 9999999999, 0), (489, 7200, 1887843600, 3600), (490, 3600, 1901149200, 7200),
    (491, 7200, 9999999999, 0), (492, 7200, 1919293200, 3600), (493, 3600, 9999999999, 0),
    (494, 3600, 1932598800, 7200), (495, 7200, 9999999999, 0), (496, 7200, 1950742800, 3600),
    (497, 3600, 9999999999, 0), (498, 3600, 1964048400, 7200), (499, 7200, 9999999999, 0),
    (500, 7200, 1982797200, 3600), (501, 3600, 1995498000, 7200), (502, 7200, 9999999999, 0),
    (503, 7200, 9999999999, 0), (504, 7200, 2014246800, 3600), (505, 3600, 2026947600, 7200),
    (506, 7200, 9999999999, 0), (507, 7200, 2045696400, 3600), (508, 3600, 9999999999, 0),
    (509, 3600, 2058397200, 7200), (510, 7200, 9999999999, 0), (511, 7200, 2077146000, 3600),
    (512, 3600, 9999999999, 0), (513, 3600, 2090451600, 7200), (514, 7200, 9999999999, 0),
    (515, 7200, 2108595600, 3600), (516, 3600, 2121901200, 7200), (517, 7200, 9999999999, 0),
    (518, 7200, 9999999999, 0), (519, 7200, 2140045200, 3600), (520, 3600, 2153350800, 7200),
    (521, 7200, 9999999999, 0), (522, 7200, 2172099600, 3600), (523, 3600, 9999999999, 0),
    (524, 3600, 2184800400, 7200), (525, 7200, 9999999999, 0), (526, 7200, 2203549200, 3600),
    (527, 3600, 9999999999, 0), (528, 3600, 2216250000, 7200), (529, 7200, 9999999999, 0),
    (530, 7200, 2234998800, 3600), (531, 3600, 9999999999, 0), (532, 3600, 2248304400, 7200),
    (533, 7200, 9999999999, 0), (534, 7200, 2266448400, 3600), (535, 3600, 2279754000, 7200),
    (536, 7200, 9999999999, 0), (537, 7200, 2297898000, 3600), (538, 3600, 9999999999, 0),
    (539, 3600, 2311203600, 7200), (540, 7200, 9999999999, 0), (541, 7200, 2329347600, 3600),
    (542, 3600, 9999999999, 0), (543, 3600, 2342653200, 7200), (544, 7200, 9999999999, 0),
    (545, 7200, 2361402000, 3600), (546, 3600, 9999999999, 0), (547, 3600, 2374102800, 7200),
    (548, 7200, 9999999999, 0), (549, 7200, 2392851600, 3600), (550, 3600, 2405552400, 7200),
    (551, 7200, 9999999999, 0), (552, 7200, 2424301200, 3600), (553, 3600, 9999999999, 0),
    (554, 3600, 2437606800, 7200), (555, 7200, 9999999999, 0), (556, 7200, 2455750800, 3600),
    (557, 3600, 9999999999, 0), (558, 3600, 2469056400, 7200), (559, 7200, 9999999999, 0),
    (560, 7200, 2487200400, 3600), (561, 3600, 9999999999, 0), (562, 3600, 2500506000, 7200),
    (563, 7200, 9999999999, 0), (564, 7200, 2519254800, 3600), (565, 3600, 2531955600, 7200),
    (566, 7200, 9999999999, 0), (567, 7200, 9999999999, 0), (568, 7200, 2550704400, 3600),
    (569, 3600, 2563405200, 7200), (570, 7200, 9999999999, 0), (571, 7200, 2582154000, 3600),
    (572, 3600, 9999999999, 0), (573, 3600, 2595459600, 7200), (574, 7200, 9999999999, 0),
    (575, 7200, 2613603600, 3600), (576, 3600, 9999999999, 0), (577, 3600, 2626909200, 7200),
    (578, 7200, 9999999999, 0), (579, 7200, 2645053200, 3600), (580, 3600, 2658358800, 7200),
    (581, 7200, 9999999999, 0), (582, 7200, 9999999999, 0), (583, 7200, 2676502800, 3600),
    (584, 3600, 2689808400, 7200), (585, 7200, 9999999999, 0), (586, 7200, 2708557200, 3600),
    (587, 3600, 9999999999, 0), (588, 3600, 2721258000, 7200), (589, 7200, 9999999999, 0),
    (590, 7200, 2740006800, 3600), (591, 3600, 9999999999, 0), (592, 3600, 2752707600, 7200),
    (593, 7200, 9999999999, 0), (594, 7200, 2771456400, 3600), (595, 3600, 2784762000, 7200),
    (596, 7200, 9999999999, 0), (597, 7200, 9999999999, 0), (598, 7200, 2802906000, 3600),
    (599, 3600, 2816211600, 7200), (600, 7200, 9999999999, 0), (601, 7200, 2834355600, 3600),
    (602, 3600, 9999999999, 0), (603, 3600, 2847661200, 7200), (604, 7200, 9999999999, 0),
    (605, 7200, 2866410000, 3600), (606, 3600, 9999999999, 0), (607, 3600, 2879110800, 7200),
    (608, 7200, 9999999999, 0), (609, 7200, 2897859600, 3600), (610, 3600, 2910560400, 7200),
    (611, 7200, 9999999999, 0), (612, 7200, 9999999999, 0), (613, 7200, 2929309200, 3600),
    (614, 3600, 2942010000, 7200), (615, 7200, 9999999999, 0), (616, 7200, 2960758800, 3600),
    (617, 3600, 9999999999, 0), (618, 3600, 2974064400, 7200), (619, 7200, 9999999999, 0),
    (620, 7200, 2992208400, 3600), (621, 3600, 9999999999, 0), (622, 3600, 3005514000, 7200),
    (623, 7200, 9999999999, 0), (624, 7200, 3023658000, 3600), (625, 3600, 9999999999, 0),
    (626, 3600, 3036963600, 7200), (627, 7200, 9999999999, 0), (628, 7200, 3055712400, 3600),
    (629, 3600, 3068413200, 7200), (630, 7200, 9999999999, 0), (631, 7200, 9999999999, 0),
    (632, 7200, 3087162000, 3600), (633, 3600, 3099862800, 7200), (634, 7200, 9999999999, 0),
    (635, 7200, 3118611600, 3600), (636, 3600, 9999999999, 0), (637, 3600, 3131917200, 7200),
    (638, 7200, 9999999999, 0), (639, 7200, 3150061200, 3600), (640, 3600, 9999999999, 0),
    (641, 3600, 3163366800, 7200), (642, 7200, 9999999999, 0), (643, 7200, 3181510800, 3600),
    (644, 3600, 3194816400, 7200), (645, 7200, 9999999999, 0), (646, 7200, 9999999999, 0),
    (647, 7200, 3212960400, 3600), (648, 3600, 3226266000, 7200), (649, 7200, 9999999999, 0),
    (650, 7200, 3245014800, 3600), (651, 3600, 9999999999, 0), (652, 3600, 3257715600, 7200),
    (653, 7200, 9999999999, 0), (654, 7200, 3276464400, 3600), (655, 3600, 9999999999, 0),
    (656, 3600, 3289165200, 7200), (657, 7200, 9999999999, 0), (658, 7200, 3307914000, 3600),
    (659, 3600, 3321219600, 7200), (660, 7200, 9999999999, 0), (661, 7200, 9999999999, 0),
    (662, 7200, 3339363600, 3600), (663, 3600, 3352669200, 7200), (664, 7200, 9999999999, 0),
    (665, 7200, 3370813200, 3600), (666, 3600, 9999999999, 0), (667, 3600, 3384118800, 7200),
    (668, 7200, 9999999999, 0), (669, 7200, 3402867600, 3600), (670, 3600, 9999999999, 0),
    (671, 3600, 3415568400, 7200), (672, 7200, 9999999999, 0), (673, 7200, 3434317200, 3600),
    (674, 3600, 3447018000, 7200), (675, 7200, 9999999999, 0), (676, 7200, 9999999999, 0),
    (677, 7200, 3465766800, 3600), (678, 3600, 3479072400, 7200), (679, 7200, 9999999999, 0),
    (680, 7200, 3497216400, 3600), (681, 3600, 9999999999, 0), (682, 3600, 3510522000, 7200),
    (683, 7200, 9999999999, 0), (684, 7200, 3528666000, 3600), (685, 3600, 9999999999, 0),
    (686, 3600, 3541971600, 7200), (687, 7200, 9999999999, 0), (688, 7200, 3560115600, 3600),
    (689, 3600, 3573421200, 7200), (690, 7200, 9999999999, 0), (691, 7200, 9999999999, 0),
    (692, 7200, 3592170000, 3600), (693, 3600, 3604870800, 7200), (694, 7200, 9999999999, 0),
    (695, 7200, 3623619600, 3600), (696, 3600, 9999999999, 0), (697, 3600, 3636320400, 7200),
    (698, 7200, 9999999999, 0), (699, 7200, 3655069200, 3600), (700, 3600, 9999999999, 0),
    (701, 3600, 3668374800, 7200), (702, 7200, 9999999999, 0), (703, 7200, 3686518800, 3600),
    (704, 3600, 9999999999, 0), (705, 3600, 3699824400, 7200), (706, 7200, 9999999999, 0),
    (707, 7200, 3717968400, 3600), (708, 3600, 3731274000, 7200), (709, 7200, 9999999999, 0),
    (710, 7200, 9999999999, 0), (711, 7200, 3750022800, 3600), (712, 3600, 3762723600, 7200),
    (713, 7200, 9999999999, 0), (714, 7200, 3781472400, 3600), (715, 3600, 9999999999, 0),
    (716, 3600, 3794173200, 7200), (717, 7200, 9999999999, 0), (718, 7200, 3812922000, 3600),
    (719, 3600, 9999999999, 0), (720, 3600, 3825622800, 7200), (721, 7200, 9999999999, 0),
    (722, 7200, 3844371600, 3600), (723, 3600, 3857677200, 7200), (724, 7200, 9999999999, 0),
    (725, 7200, 9999999999, 0), (726, 7200, 3875821200, 3600), (727, 3600, 3889126800, 7200),
    (728, 7200, 9999999999, 0), (729, 7200, 3907270800, 3600), (730, 3600, 9999999999, 0),
    (731, 3600, 3920576400, 7200), (732, 7200, 9999999999, 0), (733, 7200, 3939325200, 3600),
    (734, 3600, 9999999999, 0), (735, 3600, 3952026000, 7200), (736, 7200, 9999999999, 0),
    (737, 7200, 3970774800, 3600), (738, 3600, 3983475600, 7200), (739, 7200, 9999999999, 0),
    (740, 7200, 9999999999, 0), (741, 7200, 4002224400, 3600), (742, 3600, 4015530000, 7200),
    (743, 7200, 9999999999, 0), (744, 7200, 4033674000, 3600), (745, 3600, 9999999999, 0),
    (746, 3600, 4046979600, 7200), (747, 7200, 9999999999, 0), (748, 7200, 4065123600, 3600),
    (749, 3600, 9999999999, 0), (750, 3600, 4078429200, 7200), (751, 7200, 9999999999, 0),
    (752, 7200, 4096573200, 3600), (753, 3600, 4109878800, 7200)
) AS t (zone_piece, zone_ahead, zone_change_1, zone_ahead_1)
),

events_cells_5 AS (
    SELECT
        events_cells_4.*,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros
            WHEN REGEXP_MATCHES(time_written, E'^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80].*)?)$')
                THEN CAST(ERROR('hotlist: in which order a date stands is not said; set date_order in the model: ' || COALESCE(time_written, '')) AS BIGINT)
            ELSE CAST(ERROR('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ' || COALESCE(time_cell, '')) AS BIGINT)
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000
                THEN (time_micros // 1000000
                + CASE
                    WHEN time_micros // 1000000 >= time_zone.zone_change_1 THEN time_zone.zone_ahead_1
                    ELSE time_zone.zone_ahead
                END + 2592000000) // 86400 - 30000
            ELSE NULL
        END AS time_day
    FROM events_cells_4
    LEFT JOIN zone_offsets AS time_zone ON CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000
                THEN (time_micros // 1000000 + 2214592512) // 8388608
            ELSE NULL
        END = time_zone.zone_piece
),

-- Those up to as-of, with their type, day and age
events_read AS (
    SELECT
        contact_key AS contact,
        type_kind AS event_type,  -- 0 email_open, 1 email_click, 2 website_visit, 3 property_view, 4 outreach, 5 reply, 6 viewing_requested, 7 information_requested, 8 inquiry, 9 unsubscribe, 10 email_bounced
        time_instant AS instant,  -- microseconds since 1970
        time_day AS day,  -- days since 1970-01-01
        20758 - time_day AS age,  -- in days
        property_id
    FROM events_cells_5
    WHERE time_instant <= 1793573999999999
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

-- signal opens: the newest 3 of each day count
opens_in_turn AS (
    SELECT
        contact,
        COALESCE(weight_1, 0) AS counts,
        ROW_NUMBER() OVER (PARTITION BY contact, day ORDER BY instant DESC) AS place
    FROM events_weighed
    WHERE event_type = 0 AND age < 90
),

opens_counted AS (
    SELECT contact, CAST(SUM(counts) AS BIGINT) AS opens
    FROM opens_in_turn
    WHERE place <= 3
    GROUP BY contact
),

-- signal clicks: the newest 3 of each day count
clicks_in_turn AS (
    SELECT
        contact,
        COALESCE(weight_1, 0) AS counts,
        ROW_NUMBER() OVER (PARTITION BY contact, day ORDER BY instant DESC) AS place
    FROM events_weighed
    WHERE event_type = 1 AND age < 90
),

clicks_counted AS (
    SELECT contact, CAST(SUM(counts) AS BIGINT) AS clicks
    FROM clicks_in_turn
    WHERE place <= 3
    GROUP BY contact
),

-- signal visits: the newest 5 of each day count
visits_in_turn AS (
    SELECT
        contact,
        COALESCE(weight_1, 0) AS counts,
        ROW_NUMBER() OVER (PARTITION BY contact, day ORDER BY instant DESC) AS place
    FROM events_weighed
    WHERE event_type = 2 AND age < 90
),

visits_counted AS (
    SELECT contact, CAST(SUM(counts) AS BIGINT) AS visits
    FROM visits_in_turn
    WHERE place <= 5
    GROUP BY contact
),

-- signal homes
homes_counted AS (
    SELECT contact, COUNT(DISTINCT property_id) AS homes
    FROM events_weighed
    WHERE event_type = 3 AND age < 60 AND property_id IS NOT NULL
    GROUP BY contact
),

-- signal answer: questions and answers
answer_turns AS (
    SELECT contact, instant, CAST(CASE WHEN event_type = 5 THEN 1 ELSE 0 END AS BIGINT) AS answers
    FROM events_weighed
    WHERE event_type IN (4, 5) AND age < 180
),

-- each turn with the one before it
answer_beside AS (
    SELECT
        *,
        LAG(instant) OVER (PARTITION BY contact ORDER BY instant, answers) AS "before",
        LAG(answers) OVER (PARTITION BY contact ORDER BY instant, answers) AS answers_before
    FROM answer_turns
),

-- answers right behind a question, with the minutes between
answer_pairs AS (
    SELECT contact, instant, (instant - "before") // 60000000 AS minutes
    FROM answer_beside
    WHERE answers = 1 AND answers_before = 0
),

-- in their order
answer_ordered AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY contact ORDER BY minutes) AS place,
        CAST(COUNT(1) OVER (PARTITION BY contact) AS BIGINT) AS pairs
    FROM answer_pairs
),

answer_measured AS (
    SELECT contact, MIN(minutes) AS answer
    FROM answer_ordered
    WHERE place = (pairs + 1) // 2
    GROUP BY contact
),

-- Each contact's events together
activity AS (
    SELECT
        contact,
        MAX(instant) AS last_event,
        COUNT(CASE WHEN event_type = 6 AND age < 90 THEN 1 END) AS viewings,  -- signal viewings
        COUNT(CASE WHEN event_type = 7 AND age < 90 THEN 1 END) AS questions,  -- signal questions
        COUNT(CASE WHEN event_type = 5 AND age < 60 THEN 1 END) AS replies,  -- signal replies
        COUNT(CASE WHEN event_type = 8 AND age < 180 THEN 1 END) AS inquiries,  -- signal inquiries
        COUNT(CASE WHEN event_type = 9 THEN 1 END) AS goodbyes,  -- signal goodbyes
        COUNT(CASE WHEN event_type = 10 AND age < 90 THEN 1 END) AS bounces  -- signal bounces
    FROM events_weighed
    GROUP BY contact
),

-- The leads with their signals
signals AS (
    SELECT
        leads.*,
        activity.last_event,
        COALESCE(opens_counted.opens, 0) AS opens,  -- millionths of events
        COALESCE(clicks_counted.clicks, 0) AS clicks,  -- millionths of events
        COALESCE(visits_counted.visits, 0) AS visits,  -- millionths of events
        COALESCE(homes_counted.homes, 0) AS homes,  -- different values
        answer_measured.answer,  -- minutes
        COALESCE(activity.viewings, 0) AS viewings,  -- events
        COALESCE(activity.questions, 0) AS questions,  -- events
        COALESCE(activity.replies, 0) AS replies,  -- events
        COALESCE(activity.inquiries, 0) AS inquiries,  -- events
        COALESCE(activity.goodbyes, 0) AS goodbyes,  -- events
        COALESCE(activity.bounces, 0) AS bounces  -- events
    FROM leads
    LEFT JOIN activity ON leads.id_key = activity.contact
    LEFT JOIN opens_counted ON leads.id_key = opens_counted.contact
    LEFT JOIN clicks_counted ON leads.id_key = clicks_counted.contact
    LEFT JOIN visits_counted ON leads.id_key = visits_counted.contact
    LEFT JOIN homes_counted ON leads.id_key = homes_counted.contact
    LEFT JOIN answer_measured ON leads.id_key = answer_measured.contact
),

-- What each rule gives before its bounds
products AS (
    SELECT
        *,
        COALESCE((opens * 3 + 1000) // 2000, 0) AS opens_our_emails_product,  -- Opens our emails
        COALESCE((clicks * 3 + 500) // 1000, 0) AS clicks_in_our_emails_product,  -- Clicks in our emails
        COALESCE((visits * 3 + 1000) // 2000, 0) AS visits_the_website_product  -- Visits the website
    FROM signals
),

-- What each rule gives, in thousandths of a point
points AS (
    SELECT
        *,
        CASE WHEN opens_our_emails_product > 8000 THEN 8000 ELSE opens_our_emails_product END AS opens_our_emails_points,  -- Opens our emails
        CASE WHEN clicks_in_our_emails_product > 10000 THEN 10000 ELSE clicks_in_our_emails_product END AS clicks_in_our_emails_points,  -- Clicks in our emails
        CASE WHEN visits_the_website_product > 10000 THEN 10000 ELSE visits_the_website_product END AS visits_the_website_points,  -- Visits the website
        CASE WHEN COALESCE(homes * 2000, 0) > 12000 THEN 12000 ELSE COALESCE(homes * 2000, 0) END AS looks_at_properties_points,  -- Looks at properties
        CAST(CASE
            WHEN answer IS NULL THEN 0
            WHEN answer <= 60 THEN 10000
            WHEN answer <= 240 THEN 7000
            WHEN answer <= 1440 THEN 4000
            ELSE 0
        END AS BIGINT) AS answers_quickly_points,  -- Answers quickly
        CAST(CASE WHEN budget_confirmed_yes THEN 10000 ELSE 0 END AS BIGINT) AS budget_confirmed_points,  -- Budget confirmed
        CAST(CASE
            WHEN timeline IS NULL THEN 0
            WHEN timeline = 'now' THEN 10000
            WHEN timeline = '1 month' THEN 10000
            WHEN timeline = '3 months' THEN 8000
            WHEN timeline = '6 months' THEN 6000
            WHEN timeline = '12 months' THEN 3000
            ELSE 0
        END AS BIGINT) AS timeline_clear_points,  -- Timeline clear
        CAST(CASE WHEN home_type IS NOT NULL AND location IS NOT NULL THEN 5000 ELSE 0 END AS BIGINT) AS preferences_known_points,  -- Preferences known
        CAST(CASE
            WHEN REGEXP_MATCHES(email, '^(?:[A-Za-z0-9.!#$%&''*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24})$')
                AND REGEXP_MATCHES(phone, E'^(?:[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80./()-]*(?:\\+[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80./()-]*|0[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80./()-]*0[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80./()-]*)?(?:[0-9][\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80./()-]*){7,15})$')
                THEN 5000
            ELSE 0
        END AS BIGINT) AS contact_details_complete_points,  -- Contact details complete
        CAST(CASE WHEN viewings >= 1 THEN 12000 ELSE 0 END AS BIGINT) AS requested_a_viewing_points,  -- Requested a viewing
        CAST(CASE WHEN questions >= 1 THEN 6000 ELSE 0 END AS BIGINT) AS asked_for_more_information_points,  -- Asked for more information
        CASE WHEN COALESCE(replies * 3000, 0) > 9000 THEN 9000 ELSE COALESCE(replies * 3000, 0) END AS responded_to_our_outreach_points,  -- Responded to our outreach
        CAST(CASE WHEN inquiries >= 1 THEN 6000 ELSE 0 END AS BIGINT) AS initiated_contact_points,  -- Initiated contact
        CAST(CASE WHEN goodbyes >= 1 THEN -25000 ELSE 0 END AS BIGINT) AS unsubscribed_points  -- Unsubscribed
    FROM products
),

-- The sums of groups
sums AS (
    SELECT
        *,
        opens_our_emails_points + clicks_in_our_emails_points + visits_the_website_points
        + looks_at_properties_points + answers_quickly_points AS sum_engagement,  -- Engagement level
        budget_confirmed_points + timeline_clear_points + preferences_known_points
        + contact_details_complete_points AS sum_completeness,  -- Profile completeness
        requested_a_viewing_points + asked_for_more_information_points + responded_to_our_outreach_points
        + initiated_contact_points AS sum_behaviour  -- Behaviour signals
    FROM points
),

-- What groups count, within their bounds
"groups" AS (
    SELECT
        *,
        CASE WHEN sum_engagement > 40000 THEN 40000 ELSE sum_engagement END AS group_engagement,  -- Engagement level, at most 40
        CASE WHEN sum_completeness > 30000 THEN 30000 ELSE sum_completeness END AS group_completeness,  -- Profile completeness, at most 30
        CASE WHEN sum_behaviour > 30000 THEN 30000 ELSE sum_behaviour END AS group_behaviour  -- Behaviour signals, at most 30
    FROM sums
),

-- Groups and rules without a group together
summed AS (
    SELECT *, group_engagement + group_completeness + group_behaviour + unsubscribed_points AS sum_of_points
    FROM "groups"
),

-- The total, from 0 to 100: what leads are ranked by
totals AS (
    SELECT
        *,
        CASE WHEN sum_of_points < 0 THEN 0 WHEN sum_of_points > 100000 THEN 100000 ELSE sum_of_points END AS total
    FROM summed
),

-- The score, as it is shown and compared
scored AS (
    SELECT *, (total + 500) // 1000 AS score
    FROM totals
),

-- The checklist
checked AS (
    SELECT
        *,
        CASE WHEN timeline IN ('now', '1 month') THEN TRUE ELSE FALSE END AS checklist_urgency,  -- Ready within a month
        CASE WHEN budget_confirmed_yes AND budget_number >= 150000000000 THEN TRUE ELSE FALSE END AS checklist_budget,  -- Budget confirmed and sufficient
        CASE WHEN replies >= 1 THEN TRUE ELSE FALSE END AS checklist_engagement,  -- Actively responding
        CASE WHEN viewings >= 1 OR inquiries >= 2 THEN TRUE ELSE FALSE END AS checklist_decision  -- Ready to decide
    FROM scored
),

-- What the score is called
named AS (
    SELECT
        *,
        CAST(CASE
            WHEN score >= 80
                AND checklist_urgency
                AND checklist_budget
                AND checklist_engagement
                AND checklist_decision THEN 0
            WHEN score >= 50 THEN 1
            ELSE 2
        END AS BIGINT) AS temperature_number  -- 0 hot, 1 warm, 2 cold
    FROM checked
),

-- Why a lead is pursued no more
qualified AS (
    SELECT
        *,
        CASE
            WHEN REGEXP_MATCHES(tags, E'(?:^|[,;])[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*Do not contact[\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]*(?:$|[,;])')
                THEN 'do-not-contact'
        END AS disqualified
    FROM named
),

-- A lead that is pursued no more has no score, and the lowest temperature
counted AS (
    SELECT
        *,
        CASE WHEN disqualified IS NOT NULL THEN 0 ELSE total END AS total_counted,
        CASE WHEN disqualified IS NOT NULL THEN 0 ELSE score END AS score_counted,
        CASE WHEN disqualified IS NOT NULL THEN 2 ELSE temperature_number END AS temperature_counted
    FROM qualified
),

-- How far a lead has come
staged AS (
    SELECT
        *,
        CASE
            WHEN disqualified IS NOT NULL THEN NULL
            WHEN score_counted >= 50 AND checklist_budget AND checklist_decision THEN 'SQL'
            WHEN score_counted >= 50 OR viewings >= 1 THEN 'MQL'
        END AS stage
    FROM counted
),

-- The order of the list
ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (ORDER BY CASE WHEN disqualified IS NOT NULL THEN 1 ELSE 0 END, total_counted DESC, COALESCE(last_event, -1) DESC, lead_id) AS place
    FROM staged
),

-- What is missing
missing AS (
    SELECT
        *,
        CASE WHEN NOT checklist_urgency THEN '; Ready within a month' ELSE '' END
        || CASE WHEN NOT checklist_budget THEN '; Budget confirmed and sufficient' ELSE '' END
        || CASE WHEN NOT checklist_engagement THEN '; Actively responding' ELSE '' END
        || CASE WHEN NOT checklist_decision THEN '; Ready to decide' ELSE '' END AS missing
    FROM ranked
),

-- What the score alone would be called
by_score AS (
    SELECT
        *,
        CAST(CASE WHEN score_counted >= 80 THEN 0 WHEN score_counted >= 50 THEN 1 ELSE 2 END AS BIGINT) AS temperature_by_score
    FROM missing
),

-- The rule that gives most, of those behind the one before: its points and its number in one
reason_1 AS (
    SELECT
        *,
        GREATEST(
            opens_our_emails_points * 15 + 14, clicks_in_our_emails_points * 15 + 13,
            visits_the_website_points * 15 + 12, looks_at_properties_points * 15 + 11,
            answers_quickly_points * 15 + 10, budget_confirmed_points * 15 + 9,
            timeline_clear_points * 15 + 8, preferences_known_points * 15 + 7,
            contact_details_complete_points * 15 + 6, requested_a_viewing_points * 15 + 5,
            asked_for_more_information_points * 15 + 4, responded_to_our_outreach_points * 15 + 3,
            initiated_contact_points * 15 + 2
        ) AS reason_1
    FROM by_score
),

-- The rule that gives most, of those behind the one before: its points and its number in one
reason_2 AS (
    SELECT
        *,
        GREATEST(
            CASE
                WHEN opens_our_emails_points * 15 + 14 < reason_1 THEN opens_our_emails_points * 15 + 14
                ELSE 0
            END,
            CASE
                WHEN clicks_in_our_emails_points * 15 + 13 < reason_1
                    THEN clicks_in_our_emails_points * 15 + 13
                ELSE 0
            END,
            CASE
                WHEN visits_the_website_points * 15 + 12 < reason_1 THEN visits_the_website_points * 15 + 12
                ELSE 0
            END,
            CASE
                WHEN looks_at_properties_points * 15 + 11 < reason_1 THEN looks_at_properties_points * 15 + 11
                ELSE 0
            END,
            CASE
                WHEN answers_quickly_points * 15 + 10 < reason_1 THEN answers_quickly_points * 15 + 10
                ELSE 0
            END,
            CASE
                WHEN budget_confirmed_points * 15 + 9 < reason_1 THEN budget_confirmed_points * 15 + 9
                ELSE 0
            END,
            CASE WHEN timeline_clear_points * 15 + 8 < reason_1 THEN timeline_clear_points * 15 + 8 ELSE 0 END,
            CASE
                WHEN preferences_known_points * 15 + 7 < reason_1 THEN preferences_known_points * 15 + 7
                ELSE 0
            END,
            CASE
                WHEN contact_details_complete_points * 15 + 6 < reason_1
                    THEN contact_details_complete_points * 15 + 6
                ELSE 0
            END,
            CASE
                WHEN requested_a_viewing_points * 15 + 5 < reason_1 THEN requested_a_viewing_points * 15 + 5
                ELSE 0
            END,
            CASE
                WHEN asked_for_more_information_points * 15 + 4 < reason_1
                    THEN asked_for_more_information_points * 15 + 4
                ELSE 0
            END,
            CASE
                WHEN responded_to_our_outreach_points * 15 + 3 < reason_1
                    THEN responded_to_our_outreach_points * 15 + 3
                ELSE 0
            END,
            CASE
                WHEN initiated_contact_points * 15 + 2 < reason_1 THEN initiated_contact_points * 15 + 2
                ELSE 0
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
                WHEN opens_our_emails_points * 15 + 14 < reason_2 THEN opens_our_emails_points * 15 + 14
                ELSE 0
            END,
            CASE
                WHEN clicks_in_our_emails_points * 15 + 13 < reason_2
                    THEN clicks_in_our_emails_points * 15 + 13
                ELSE 0
            END,
            CASE
                WHEN visits_the_website_points * 15 + 12 < reason_2 THEN visits_the_website_points * 15 + 12
                ELSE 0
            END,
            CASE
                WHEN looks_at_properties_points * 15 + 11 < reason_2 THEN looks_at_properties_points * 15 + 11
                ELSE 0
            END,
            CASE
                WHEN answers_quickly_points * 15 + 10 < reason_2 THEN answers_quickly_points * 15 + 10
                ELSE 0
            END,
            CASE
                WHEN budget_confirmed_points * 15 + 9 < reason_2 THEN budget_confirmed_points * 15 + 9
                ELSE 0
            END,
            CASE WHEN timeline_clear_points * 15 + 8 < reason_2 THEN timeline_clear_points * 15 + 8 ELSE 0 END,
            CASE
                WHEN preferences_known_points * 15 + 7 < reason_2 THEN preferences_known_points * 15 + 7
                ELSE 0
            END,
            CASE
                WHEN contact_details_complete_points * 15 + 6 < reason_2
                    THEN contact_details_complete_points * 15 + 6
                ELSE 0
            END,
            CASE
                WHEN requested_a_viewing_points * 15 + 5 < reason_2 THEN requested_a_viewing_points * 15 + 5
                ELSE 0
            END,
            CASE
                WHEN asked_for_more_information_points * 15 + 4 < reason_2
                    THEN asked_for_more_information_points * 15 + 4
                ELSE 0
            END,
            CASE
                WHEN responded_to_our_outreach_points * 15 + 3 < reason_2
                    THEN responded_to_our_outreach_points * 15 + 3
                ELSE 0
            END,
            CASE
                WHEN initiated_contact_points * 15 + 2 < reason_2 THEN initiated_contact_points * 15 + 2
                ELSE 0
            END
        ) AS reason_3
    FROM reason_2
),

-- The rule that takes most
reason_against AS (
    SELECT *, ((0 - unsubscribed_points) * 15 + 1) AS reason_against
    FROM reason_3
),

-- Which rules these are, and what they give or take in thousandths
reason_rules AS (
    SELECT
        *,
        CASE
            WHEN reason_1 % 15 = 14 THEN 'Opens our emails'
            WHEN reason_1 % 15 = 13 THEN 'Clicks in our emails'
            WHEN reason_1 % 15 = 12 THEN 'Visits the website'
            WHEN reason_1 % 15 = 11 THEN 'Looks at properties'
            WHEN reason_1 % 15 = 10 THEN 'Answers quickly'
            WHEN reason_1 % 15 = 9 THEN 'Budget confirmed'
            WHEN reason_1 % 15 = 8 THEN 'Timeline clear'
            WHEN reason_1 % 15 = 7 THEN 'Preferences known'
            WHEN reason_1 % 15 = 6 THEN 'Contact details complete'
            WHEN reason_1 % 15 = 5 THEN 'Requested a viewing'
            WHEN reason_1 % 15 = 4 THEN 'Asked for more information'
            WHEN reason_1 % 15 = 3 THEN 'Responded to our outreach'
            WHEN reason_1 % 15 = 2 THEN 'Initiated contact'
        END AS reason_1_rule,
        CASE WHEN reason_1 >= 15 THEN reason_1 // 15 ELSE 0 END AS reason_1_points,
        CASE
            WHEN reason_2 % 15 = 14 THEN 'Opens our emails'
            WHEN reason_2 % 15 = 13 THEN 'Clicks in our emails'
            WHEN reason_2 % 15 = 12 THEN 'Visits the website'
            WHEN reason_2 % 15 = 11 THEN 'Looks at properties'
            WHEN reason_2 % 15 = 10 THEN 'Answers quickly'
            WHEN reason_2 % 15 = 9 THEN 'Budget confirmed'
            WHEN reason_2 % 15 = 8 THEN 'Timeline clear'
            WHEN reason_2 % 15 = 7 THEN 'Preferences known'
            WHEN reason_2 % 15 = 6 THEN 'Contact details complete'
            WHEN reason_2 % 15 = 5 THEN 'Requested a viewing'
            WHEN reason_2 % 15 = 4 THEN 'Asked for more information'
            WHEN reason_2 % 15 = 3 THEN 'Responded to our outreach'
            WHEN reason_2 % 15 = 2 THEN 'Initiated contact'
        END AS reason_2_rule,
        CASE WHEN reason_2 >= 15 THEN reason_2 // 15 ELSE 0 END AS reason_2_points,
        CASE
            WHEN reason_3 % 15 = 14 THEN 'Opens our emails'
            WHEN reason_3 % 15 = 13 THEN 'Clicks in our emails'
            WHEN reason_3 % 15 = 12 THEN 'Visits the website'
            WHEN reason_3 % 15 = 11 THEN 'Looks at properties'
            WHEN reason_3 % 15 = 10 THEN 'Answers quickly'
            WHEN reason_3 % 15 = 9 THEN 'Budget confirmed'
            WHEN reason_3 % 15 = 8 THEN 'Timeline clear'
            WHEN reason_3 % 15 = 7 THEN 'Preferences known'
            WHEN reason_3 % 15 = 6 THEN 'Contact details complete'
            WHEN reason_3 % 15 = 5 THEN 'Requested a viewing'
            WHEN reason_3 % 15 = 4 THEN 'Asked for more information'
            WHEN reason_3 % 15 = 3 THEN 'Responded to our outreach'
            WHEN reason_3 % 15 = 2 THEN 'Initiated contact'
        END AS reason_3_rule,
        CASE WHEN reason_3 >= 15 THEN reason_3 // 15 ELSE 0 END AS reason_3_points,
        CASE WHEN reason_against % 15 = 1 THEN 'Unsubscribed' END AS reason_against_rule,
        CASE WHEN reason_against >= 15 THEN reason_against // 15 ELSE 0 END AS reason_against_points
    FROM reason_against
),

-- The reasons in words
reasons AS (
    SELECT
        *,
        CASE
            WHEN temperature_by_score <= 0 AND temperature_counted > 0
                THEN '; '
                || 'not Hot Lead'
                || CASE
                    WHEN NOT checklist_urgency
                        OR NOT checklist_budget
                        OR NOT checklist_engagement
                        OR NOT checklist_decision
                        THEN ': '
                        || SUBSTR(CASE WHEN NOT checklist_urgency THEN ', Ready within a month' ELSE '' END
                        || CASE WHEN NOT checklist_budget THEN ', Budget confirmed and sufficient' ELSE '' END
                        || CASE WHEN NOT checklist_engagement THEN ', Actively responding' ELSE '' END
                        || CASE WHEN NOT checklist_decision THEN ', Ready to decide' ELSE '' END, 3, LENGTH(CASE WHEN NOT checklist_urgency THEN ', Ready within a month' ELSE '' END
                        || CASE WHEN NOT checklist_budget THEN ', Budget confirmed and sufficient' ELSE '' END
                        || CASE WHEN NOT checklist_engagement THEN ', Actively responding' ELSE '' END
                        || CASE WHEN NOT checklist_decision THEN ', Ready to decide' ELSE '' END))
                        || ' missing'
                    ELSE ''
                END
            ELSE ''
        END
        || CASE
            WHEN temperature_by_score <= 1 AND temperature_counted > 1 THEN '; ' || 'not Warm Lead'
            ELSE ''
        END
        || CASE
            WHEN reason_1_points > 0
                THEN '; '
                || reason_1_rule
                || ' +'
                || CAST(reason_1_points // 1000 AS VARCHAR)
                || CASE
                    WHEN reason_1_points % 1000 = 0 THEN ''
                    ELSE TRIM('.' || SUBSTR(CAST(reason_1_points % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_2_points > 0
                THEN '; '
                || reason_2_rule
                || ' +'
                || CAST(reason_2_points // 1000 AS VARCHAR)
                || CASE
                    WHEN reason_2_points % 1000 = 0 THEN ''
                    ELSE TRIM('.' || SUBSTR(CAST(reason_2_points % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_3_points > 0
                THEN '; '
                || reason_3_rule
                || ' +'
                || CAST(reason_3_points // 1000 AS VARCHAR)
                || CASE
                    WHEN reason_3_points % 1000 = 0 THEN ''
                    ELSE TRIM('.' || SUBSTR(CAST(reason_3_points % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                END
            ELSE ''
        END
        || CASE
            WHEN reason_against_points > 0
                THEN '; '
                || reason_against_rule
                || ' -'
                || CAST(reason_against_points // 1000 AS VARCHAR)
                || CASE
                    WHEN reason_against_points % 1000 = 0 THEN ''
                    ELSE TRIM('.' || SUBSTR(CAST(reason_against_points % 1000 + 1000 AS VARCHAR), 2, 3), '0')
                END
            ELSE ''
        END AS reasons
    FROM reason_rules
),

-- How far the clocks were ahead of UTC at the last event
clocks AS (
    SELECT
        reasons.*,
        CASE
            WHEN CASE
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                    ELSE zone_offsets.zone_ahead
                END < 0
                THEN 0
                - (0
                - CASE
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                    ELSE zone_offsets.zone_ahead
                END) // 60
            ELSE CASE
                WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                ELSE zone_offsets.zone_ahead
            END // 60
        END AS minutes_ahead
    FROM reasons
    LEFT JOIN zone_offsets ON (last_event // 1000000 + 2214592512) // 8388608 = zone_offsets.zone_piece
)

SELECT
    CASE WHEN disqualified IS NOT NULL THEN NULL ELSE place END AS rank,
    lead_id AS contact_id,
    COALESCE(first_name || ' ' || last_name, first_name, last_name) AS name,
    email_2 AS email,
    owner,
    source,
    score_counted AS score,
    CASE
        WHEN temperature_counted = 0 THEN 'hot'
        WHEN temperature_counted = 1 THEN 'warm'
        WHEN temperature_counted = 2 THEN 'cold'
    END AS temperature,
    CASE
        WHEN temperature_counted = 0 THEN 'Hot Lead'
        WHEN temperature_counted = 1 THEN 'Warm Lead'
        WHEN temperature_counted = 2 THEN 'Cold Lead'
    END AS tag,
    CASE
        WHEN disqualified IS NOT NULL THEN NULL
        ELSE CASE
            WHEN temperature_counted = 0 THEN 'Immediate follow-up, schedule viewing, prepare offer'
            WHEN temperature_counted = 1 THEN 'Regular follow-up, provide information, build the relationship'
            WHEN temperature_counted = 2 THEN 'Newsletter, occasional check-in, long-term nurture'
        END
    END AS action,
    stage,
    CASE WHEN checklist_urgency THEN 'urgency=yes' ELSE 'urgency=no' END
    || '; '
    || CASE WHEN checklist_budget THEN 'budget=yes' ELSE 'budget=no' END
    || '; '
    || CASE WHEN checklist_engagement THEN 'engagement=yes' ELSE 'engagement=no' END
    || '; '
    || CASE WHEN checklist_decision THEN 'decision=yes' ELSE 'decision=no' END AS checklist,
    CASE WHEN missing <> '' THEN SUBSTR(missing, 3, LENGTH(missing)) END AS missing,
    CASE
        WHEN disqualified IS NOT NULL THEN 'Disqualified: ' || disqualified
        ELSE CASE WHEN reasons <> '' THEN SUBSTR(reasons, 3, LENGTH(reasons)) END
    END AS reasons,
    CAST(DATE '1970-01-01' + CAST((last_event + minutes_ahead * 60000000 + 86400000000) // 86400000000 - 1 AS INTEGER) AS VARCHAR)
    || 'T'
    || SUBSTR(CAST(((last_event + minutes_ahead * 60000000 + 86400000000) // 3600000000) % 24 + 100 AS VARCHAR), 2, 2)
    || ':'
    || SUBSTR(CAST(((last_event + minutes_ahead * 60000000 + 86400000000) // 60000000) % 60 + 100 AS VARCHAR), 2, 2)
    || ':'
    || SUBSTR(CAST(((last_event + minutes_ahead * 60000000 + 86400000000) // 1000000) % 60 + 100 AS VARCHAR), 2, 2)
    || CASE
        WHEN (last_event + minutes_ahead * 60000000 + 86400000000) % 1000000 = 0 THEN ''
        ELSE TRIM('.'
        || SUBSTR(CAST((last_event + minutes_ahead * 60000000 + 86400000000) % 1000000 + 1000000 AS VARCHAR), 2, 6), '0')
    END
    || CASE
        WHEN minutes_ahead < 0
            THEN '-'
            || SUBSTR(CAST((0 - minutes_ahead) // 60 + 100 AS VARCHAR), 2, 2)
            || ':'
            || SUBSTR(CAST((0 - minutes_ahead) % 60 + 100 AS VARCHAR), 2, 2)
        ELSE '+'
        || SUBSTR(CAST(minutes_ahead // 60 + 100 AS VARCHAR), 2, 2)
        || ':'
        || SUBSTR(CAST(minutes_ahead % 60 + 100 AS VARCHAR), 2, 2)
    END AS last_event,
    CAST(group_engagement // 1000 AS VARCHAR)
    || CASE
        WHEN group_engagement % 1000 = 0 THEN ''
        ELSE TRIM('.' || SUBSTR(CAST(group_engagement % 1000 + 1000 AS VARCHAR), 2, 3), '0')
    END AS engagement,
    group_completeness // 1000 AS completeness,
    group_behaviour // 1000 AS behaviour,
    '2026-11-01' AS as_of,
    'Real-estate leads 1 (1c4f907d)' AS model
FROM clocks
ORDER BY place
