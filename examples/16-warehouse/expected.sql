-- Real-estate leads 1 (1c4f907d): leads, scored and ranked
-- as of 2026-11-01, written by hotlist 0.1.0 for duckdb (proven: the tests of hotlist run such queries on this engine and compare every row)
-- The contacts; what is blank is NULL
WITH contacts_cells AS (
    SELECT
        CASE WHEN LEFT(type, 1) BETWEEN '!' AND '~' AND RIGHT(type, 1) BETWEEN '!' AND '~' THEN type ELSE REGEXP_REPLACE(type, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS type_trimmed,
        type AS type_cell,
        CASE WHEN LEFT("timing.timeline_max", 1) BETWEEN '!' AND '~' AND RIGHT("timing.timeline_max", 1) BETWEEN '!' AND '~' THEN "timing.timeline_max" ELSE REGEXP_REPLACE("timing.timeline_max", '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS timeline_trimmed,
        "timing.timeline_max" AS timeline_cell,
        CASE WHEN LEFT(budget_confirmed, 1) BETWEEN '!' AND '~' AND RIGHT(budget_confirmed, 1) BETWEEN '!' AND '~' THEN budget_confirmed ELSE REGEXP_REPLACE(budget_confirmed, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS budget_confirmed_trimmed,
        CASE WHEN LEFT("property_details.price_max", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.price_max", 1) BETWEEN '!' AND '~' THEN "property_details.price_max" ELSE REGEXP_REPLACE("property_details.price_max", '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS budget_trimmed,
        CASE WHEN LEFT(tags, 1) BETWEEN '!' AND '~' AND RIGHT(tags, 1) BETWEEN '!' AND '~' THEN tags ELSE REGEXP_REPLACE(tags, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS tags_trimmed,
        tags AS tags_cell,
        CASE WHEN LEFT("property_details.type", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.type", 1) BETWEEN '!' AND '~' THEN "property_details.type" ELSE REGEXP_REPLACE("property_details.type", '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS home_type_trimmed,
        "property_details.type" AS home_type_cell,
        CASE WHEN LEFT("property_details.location", 1) BETWEEN '!' AND '~' AND RIGHT("property_details.location", 1) BETWEEN '!' AND '~' THEN "property_details.location" ELSE REGEXP_REPLACE("property_details.location", '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS location_trimmed,
        "property_details.location" AS location_cell,
        CASE WHEN LEFT(email, 1) BETWEEN '!' AND '~' AND RIGHT(email, 1) BETWEEN '!' AND '~' THEN email ELSE REGEXP_REPLACE(email, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS email_trimmed,
        email AS email_cell,
        CASE WHEN LEFT(phone, 1) BETWEEN '!' AND '~' AND RIGHT(phone, 1) BETWEEN '!' AND '~' THEN phone ELSE REGEXP_REPLACE(phone, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS phone_trimmed,
        phone AS phone_cell,
        CASE WHEN LEFT(first_name, 1) BETWEEN '!' AND '~' AND RIGHT(first_name, 1) BETWEEN '!' AND '~' THEN first_name ELSE REGEXP_REPLACE(first_name, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS first_name_trimmed,
        first_name AS first_name_cell,
        CASE WHEN LEFT(last_name, 1) BETWEEN '!' AND '~' AND RIGHT(last_name, 1) BETWEEN '!' AND '~' THEN last_name ELSE REGEXP_REPLACE(last_name, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS last_name_trimmed,
        last_name AS last_name_cell,
        CASE WHEN LEFT(owner_email, 1) BETWEEN '!' AND '~' AND RIGHT(owner_email, 1) BETWEEN '!' AND '~' THEN owner_email ELSE REGEXP_REPLACE(owner_email, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS owner_trimmed,
        owner_email AS owner_cell,
        CASE WHEN LEFT("lead.source", 1) BETWEEN '!' AND '~' AND RIGHT("lead.source", 1) BETWEEN '!' AND '~' THEN "lead.source" ELSE REGEXP_REPLACE("lead.source", '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS source_trimmed,
        "lead.source" AS source_cell,
        CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE REGEXP_REPLACE(contact_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS id_trimmed
    FROM contacts AS contact_rows
),

contacts_cells_2 AS (
    SELECT
        *,
        CASE WHEN type_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE type_cell END AS type,
        CASE WHEN timeline_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE timeline_cell END AS timeline,
        CASE WHEN STRLEN(budget_confirmed_trimmed) = LENGTH(budget_confirmed_trimmed) THEN LOWER(budget_confirmed_trimmed) ELSE TRANSLATE(budget_confirmed_trimmed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END AS budget_confirmed_word,
        CASE
            WHEN REGEXP_MATCHES(budget_trimmed, '^(?:-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$') THEN budget_trimmed
            WHEN REGEXP_MATCHES(budget_trimmed, E'^(?:(?:[+-]?[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?|[$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰][ \xC2\xA0\xE2\x80\xAF]?[+-])(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)|[+-]?(?:(?:0*[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\\.[0-9]+)?|\\.[0-9]+)(?:[ \xC2\xA0\xE2\x80\xAF]?[%$¢-¥֏؋߾߿৲৳৻૱௹฿៛₠-⃁꠸﷼﹩＄￠￡￥￦𑿝-𑿠𞋿𞲰])?)$')
                THEN CASE WHEN CONTAINS(budget_trimmed, '-') THEN '-' ELSE '' END
                || REPLACE(TRIM(budget_trimmed, E'+-% \xC2\xA0\xE2\x80\xAF$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀⃁꠸﷼﹩＄￠￡￥￦𑿝𑿞𑿟𑿠𞋿𞲰'), ',', '')
            ELSE NULL
        END AS budget_digits,
        CASE WHEN tags_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE tags_cell END AS tags,
        CASE WHEN home_type_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE home_type_cell END AS home_type,
        CASE WHEN location_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE location_cell END AS location,
        CASE WHEN email_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE email_cell END AS email,
        CASE WHEN phone_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE phone_cell END AS phone,
        CASE WHEN first_name_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE first_name_cell END AS first_name,
        CASE WHEN last_name_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE last_name_cell END AS last_name,
        CASE WHEN owner_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE owner_cell END AS owner,
        CASE WHEN source_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL ELSE source_cell END AS source,
        CASE
            WHEN id_trimmed IN ('', '-', 'N/A', 'Select', 'n/a') THEN NULL
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
            WHEN budget_confirmed_word IN ('yes', 'true', '1', 'y', 'x', 'ja', 'si', 'sí', 'sÍ', 'oui', 'checked')
                THEN TRUE
            WHEN budget_confirmed_word IN ('no', 'false', '0', 'n', 'nee', 'nein', 'non', 'unchecked')
                THEN FALSE
            ELSE NULL
        END AS budget_confirmed_yes,
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
            WHEN CONTAINS(id_id, '@')
                THEN CASE WHEN STRLEN(id_id) = LENGTH(id_id) THEN LOWER(id_id) ELSE TRANSLATE(id_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
            ELSE id_id
        END AS id_key
    FROM contacts_cells_2
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
    FROM contacts_cells_3
),

-- Those who are leads
leads AS (
    SELECT *
    FROM contacts_read
    WHERE CASE WHEN lead_id IS NULL THEN FALSE ELSE COALESCE(type, 'lead') = 'lead' END
),

-- The events; what is blank is NULL
events_cells AS (
    SELECT
        CASE WHEN LEFT(property_id, 1) BETWEEN '!' AND '~' AND RIGHT(property_id, 1) BETWEEN '!' AND '~' THEN property_id ELSE REGEXP_REPLACE(property_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS property_id_trimmed,
        property_id AS property_id_cell,
        CASE WHEN LEFT(contact_id, 1) BETWEEN '!' AND '~' AND RIGHT(contact_id, 1) BETWEEN '!' AND '~' THEN contact_id ELSE REGEXP_REPLACE(contact_id, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS contact_trimmed,
        CASE WHEN LEFT(event, 1) BETWEEN '!' AND '~' AND RIGHT(event, 1) BETWEEN '!' AND '~' THEN event ELSE REGEXP_REPLACE(event, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS type_trimmed,
        CASE WHEN LEFT(timestamp, 1) BETWEEN '!' AND '~' AND RIGHT(timestamp, 1) BETWEEN '!' AND '~' THEN timestamp ELSE REGEXP_REPLACE(timestamp, '^[\t\n\r\x{85}\pZ]+|[\t\n\r\x{85}\pZ]+$', '', 'g') END AS time_trimmed
    FROM events AS event_rows
),

events_cells_2 AS (
    SELECT
        *,
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
        END AS time_written
    FROM events_cells
),

events_cells_3 AS (
    SELECT
        *,
        CASE
            WHEN CONTAINS(contact_id, '@')
                THEN CASE WHEN STRLEN(contact_id) = LENGTH(contact_id) THEN LOWER(contact_id) ELSE TRANSLATE(contact_id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') END
            ELSE contact_id
        END AS contact_key,
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
                WHEN type_trimmed IN (
                        'email_open', 'Email_Open', 'Email_open', 'EMAIL_OPEN', 'email open', 'Email Open',
                        'Email open', 'EMAIL OPEN', 'email-open', 'Email-Open', 'Email-open', 'EMAIL-OPEN',
                        'emailOpen', 'EmailOpen'
                    ) THEN 0
                WHEN type_trimmed IN (
                        'email_click', 'Email_Click', 'Email_click', 'EMAIL_CLICK', 'email click',
                        'Email Click', 'Email click', 'EMAIL CLICK', 'email-click', 'Email-Click',
                        'Email-click', 'EMAIL-CLICK', 'emailClick', 'EmailClick'
                    ) THEN 1
                WHEN type_trimmed IN (
                        'website_visit', 'Website_Visit', 'Website_visit', 'WEBSITE_VISIT', 'website visit',
                        'Website Visit', 'Website visit', 'WEBSITE VISIT', 'website-visit', 'Website-Visit',
                        'Website-visit', 'WEBSITE-VISIT', 'websiteVisit', 'WebsiteVisit'
                    ) THEN 2
                WHEN type_trimmed IN (
                        'property_view', 'Property_View', 'Property_view', 'PROPERTY_VIEW', 'property view',
                        'Property View', 'Property view', 'PROPERTY VIEW', 'property-view', 'Property-View',
                        'Property-view', 'PROPERTY-VIEW', 'propertyView', 'PropertyView'
                    ) THEN 3
                WHEN type_trimmed IN ('outreach', 'Outreach', 'OUTREACH') THEN 4
                WHEN type_trimmed IN ('reply', 'Reply', 'REPLY') THEN 5
                WHEN type_trimmed IN (
                        'viewing_requested', 'Viewing_Requested', 'Viewing_requested', 'VIEWING_REQUESTED',
                        'viewing requested', 'Viewing Requested', 'Viewing requested', 'VIEWING REQUESTED',
                        'viewing-requested', 'Viewing-Requested', 'Viewing-requested', 'VIEWING-REQUESTED',
                        'viewingRequested', 'ViewingRequested'
                    ) THEN 6
                WHEN type_trimmed IN (
                        'information_requested', 'Information_Requested', 'Information_requested',
                        'INFORMATION_REQUESTED', 'information requested', 'Information Requested',
                        'Information requested', 'INFORMATION REQUESTED', 'information-requested',
                        'Information-Requested', 'Information-requested', 'INFORMATION-REQUESTED',
                        'informationRequested', 'InformationRequested'
                    ) THEN 7
                WHEN type_trimmed IN ('inquiry', 'Inquiry', 'INQUIRY') THEN 8
                WHEN type_trimmed IN ('unsubscribe', 'Unsubscribe', 'UNSUBSCRIBE') THEN 9
                WHEN type_trimmed IN (
                        'email_bounced', 'Email_Bounced', 'Email_bounced', 'EMAIL_BOUNCED', 'email bounced',
                        'Email Bounced', 'Email bounced', 'EMAIL BOUNCED', 'email-bounced', 'Email-Bounced',
                        'Email-bounced', 'EMAIL-BOUNCED', 'emailBounced', 'EmailBounced'
                    ) THEN 10
                WHEN TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', '') IN (
                        'emailbounced', 'emailclick', 'emailopen', 'informationrequested', 'inquiry',
                        'outreach', 'propertyview', 'reply', 'unsubscribe', 'viewingrequested', 'websitevisit'
                    )
                    THEN CASE
                        WHEN REGEXP_MATCHES(type_trimmed, '^(?:[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+[0-9]*)$')
                            THEN NULL
                        ELSE CAST(ERROR('hotlist: whether this is a type of events that the model uses cannot be told by a query; list its spelling under [events.types]: ' || COALESCE(type_trimmed, '')) AS BIGINT)
                    END
                WHEN STRLEN(type_trimmed) = LENGTH(type_trimmed) THEN NULL
                WHEN REGEXP_MATCHES(TRANSLATE(type_lowered, E' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', ''), '^(?:[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-ac-~][^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-mo-~][^!-~]*[^!-bd-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-bd-~][^!-~]*[^!-km-~][^!-~]*[^!-hj-~][^!-~]*[^!-bd-~][^!-~]*[^!-jl-~][^!-~]*|[^!-~]*[^!-df-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-hj-~][^!-~]*[^!-km-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-mo-~][^!-~]*|[^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-eg-~][^!-~]*[^!-np-~][^!-~]*[^!-qs-~][^!-~]*[^!-ln-~][^!-~]*[^!-`b-~][^!-~]*[^!-su-~][^!-~]*[^!-hj-~][^!-~]*[^!-np-~][^!-~]*[^!-mo-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-df-~][^!-~]*[^!-rt-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-hj-~][^!-~]*[^!-qs-~][^!-~]*[^!-xz-~][^!-~]*|[^!-~]*[^!-np-~][^!-~]*[^!-tv-~][^!-~]*[^!-su-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-`b-~][^!-~]*[^!-bd-~][^!-~]*[^!-gi-~][^!-~]*|[^!-~]*[^!-oq-~][^!-~]*[^!-qs-~][^!-~]*[^!-np-~][^!-~]*[^!-oq-~][^!-~]*[^!-df-~][^!-~]*[^!-qs-~][^!-~]*[^!-su-~][^!-~]*[^!-xz-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*|[^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-oq-~][^!-~]*[^!-km-~][^!-~]*[^!-xz-~][^!-~]*|[^!-~]*[^!-tv-~][^!-~]*[^!-mo-~][^!-~]*[^!-rt-~][^!-~]*[^!-tv-~][^!-~]*[^!-ac-~][^!-~]*[^!-rt-~][^!-~]*[^!-bd-~][^!-~]*[^!-qs-~][^!-~]*[^!-hj-~][^!-~]*[^!-ac-~][^!-~]*[^!-df-~][^!-~]*|[^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-df-~][^!-~]*[^!-vx-~][^!-~]*[^!-hj-~][^!-~]*[^!-mo-~][^!-~]*[^!-fh-~][^!-~]*[^!-qs-~][^!-~]*[^!-df-~][^!-~]*[^!-pr-~][^!-~]*[^!-tv-~][^!-~]*[^!-df-~][^!-~]*[^!-rt-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-ce-~][^!-~]*|[^!-~]*[^!-vx-~][^!-~]*[^!-df-~][^!-~]*[^!-ac-~][^!-~]*[^!-rt-~][^!-~]*[^!-hj-~][^!-~]*[^!-su-~][^!-~]*[^!-df-~][^!-~]*[^!-uw-~][^!-~]*[^!-hj-~][^!-~]*[^!-rt-~][^!-~]*[^!-hj-~][^!-~]*[^!-su-~][^!-~]*)$')
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

-- Europe/Madrid: seconds ahead of UTC
zone_offsets AS (
    SELECT CAST(zone_piece AS BIGINT) AS zone_piece, CAST(zone_ahead AS BIGINT) AS zone_ahead, CAST(zone_change_1 AS BIGINT) AS zone_change_1, CAST(zone_ahead_1 AS BIGINT) AS zone_ahead_1, CAST(zone_change_2 AS BIGINT) AS zone_change_2, CAST(zone_ahead_2 AS BIGINT) AS zone_ahead_2, CAST(zone_change_3 AS BIGINT) AS zone_change_3, CAST(zone_ahead_3 AS BIGINT) AS zone_ahead_3 FROM (VALUES
    (65, 3600, 0, 3600, 0, 3600, 0, 3600), (66, 3600, 0, 3600, 0, 3600, 0, 3600),
    (67, 3600, 0, 3600, 0, 3600, 0, 3600), (68, 3600, 0, 3600, 0, 3600, 0, 3600),
    (69, 3600, 0, 3600, 0, 3600, 0, 3600), (70, 3600, 135122400, 7200, 150246000, 3600, 166572000, 7200),
    (71, 7200, 0, 7200, 181695600, 3600, 196812000, 7200),
    (72, 7200, 0, 7200, 212540400, 3600, 228866400, 7200),
    (73, 7200, 0, 7200, 243990000, 3600, 260326800, 7200),
    (74, 7200, 0, 7200, 276051600, 3600, 291776400, 7200),
    (75, 7200, 0, 7200, 307501200, 3600, 323830800, 7200),
    (76, 7200, 0, 7200, 338950800, 3600, 354675600, 7200),
    (77, 7200, 370400400, 3600, 386125200, 7200, 401850000, 3600),
    (78, 3600, 0, 3600, 417574800, 7200, 433299600, 3600),
    (79, 3600, 0, 3600, 449024400, 7200, 465354000, 3600),
    (80, 3600, 0, 3600, 481078800, 7200, 496803600, 3600),
    (81, 3600, 0, 3600, 512528400, 7200, 528253200, 3600),
    (82, 3600, 0, 3600, 543978000, 7200, 559702800, 3600),
    (83, 3600, 0, 3600, 575427600, 7200, 591152400, 3600),
    (84, 3600, 0, 3600, 606877200, 7200, 622602000, 3600),
    (85, 3600, 638326800, 7200, 654656400, 3600, 670381200, 7200),
    (86, 7200, 0, 7200, 686106000, 3600, 701830800, 7200),
    (87, 7200, 0, 7200, 717555600, 3600, 733280400, 7200),
    (88, 7200, 0, 7200, 749005200, 3600, 764730000, 7200),
    (89, 7200, 0, 7200, 780454800, 3600, 796179600, 7200),
    (90, 7200, 0, 7200, 811904400, 3600, 828234000, 7200),
    (91, 7200, 0, 7200, 846378000, 3600, 859683600, 7200),
    (92, 7200, 0, 7200, 877827600, 3600, 891133200, 7200),
    (93, 7200, 0, 7200, 909277200, 3600, 922582800, 7200),
    (94, 7200, 941331600, 3600, 954032400, 7200, 972781200, 3600),
    (95, 3600, 0, 3600, 985482000, 7200, 1004230800, 3600),
    (96, 3600, 0, 3600, 1017536400, 7200, 1035680400, 3600),
    (97, 3600, 0, 3600, 1048986000, 7200, 1067130000, 3600),
    (98, 3600, 0, 3600, 1080435600, 7200, 1099184400, 3600),
    (99, 3600, 0, 3600, 1111885200, 7200, 1130634000, 3600),
    (100, 3600, 0, 3600, 1143334800, 7200, 1162083600, 3600),
    (101, 3600, 1174784400, 7200, 1193533200, 3600, 1206838800, 7200),
    (102, 7200, 0, 7200, 1224982800, 3600, 1238288400, 7200),
    (103, 7200, 0, 7200, 1256432400, 3600, 1269738000, 7200),
    (104, 7200, 0, 7200, 1288486800, 3600, 1301187600, 7200),
    (105, 7200, 0, 7200, 1319936400, 3600, 1332637200, 7200),
    (106, 7200, 0, 7200, 1351386000, 3600, 1364691600, 7200),
    (107, 7200, 0, 7200, 1382835600, 3600, 1396141200, 7200),
    (108, 7200, 0, 7200, 1414285200, 3600, 1427590800, 7200),
    (109, 7200, 0, 7200, 1445734800, 3600, 1459040400, 7200),
    (110, 7200, 1477789200, 3600, 1490490000, 7200, 1509238800, 3600),
    (111, 3600, 0, 3600, 1521939600, 7200, 1540688400, 3600),
    (112, 3600, 0, 3600, 1553994000, 7200, 1572138000, 3600),
    (113, 3600, 0, 3600, 1585443600, 7200, 1603587600, 3600),
    (114, 3600, 0, 3600, 1616893200, 7200, 1635642000, 3600),
    (115, 3600, 0, 3600, 1648342800, 7200, 1667091600, 3600),
    (116, 3600, 0, 3600, 1679792400, 7200, 1698541200, 3600),
    (117, 3600, 1711846800, 7200, 1729990800, 3600, 1743296400, 7200),
    (118, 7200, 0, 7200, 1761440400, 3600, 1774746000, 7200),
    (119, 7200, 0, 7200, 1792890000, 3600, 1806195600, 7200),
    (120, 7200, 0, 7200, 1824944400, 3600, 1837645200, 7200),
    (121, 7200, 0, 7200, 1856394000, 3600, 1869094800, 7200),
    (122, 7200, 0, 7200, 1887843600, 3600, 1901149200, 7200),
    (123, 7200, 0, 7200, 1919293200, 3600, 1932598800, 7200),
    (124, 7200, 0, 7200, 1950742800, 3600, 1964048400, 7200),
    (125, 7200, 0, 7200, 1982797200, 3600, 1995498000, 7200),
    (126, 7200, 2014246800, 3600, 2026947600, 7200, 2045696400, 3600),
    (127, 3600, 0, 3600, 2058397200, 7200, 2077146000, 3600),
    (128, 3600, 0, 3600, 2090451600, 7200, 2108595600, 3600),
    (129, 3600, 0, 3600, 2121901200, 7200, 2140045200, 3600),
    (130, 3600, 0, 3600, 2153350800, 7200, 2172099600, 3600),
    (131, 3600, 0, 3600, 2184800400, 7200, 2203549200, 3600),
    (132, 3600, 0, 3600, 2216250000, 7200, 2234998800, 3600),
    (133, 3600, 2248304400, 7200, 2266448400, 3600, 2279754000, 7200),
    (134, 7200, 0, 7200, 2297898000, 3600, 2311203600, 7200),
    (135, 7200, 0, 7200, 2329347600, 3600, 2342653200, 7200),
    (136, 7200, 0, 7200, 2361402000, 3600, 2374102800, 7200),
    (137, 7200, 0, 7200, 2392851600, 3600, 2405552400, 7200),
    (138, 7200, 0, 7200, 2424301200, 3600, 2437606800, 7200),
    (139, 7200, 0, 7200, 2455750800, 3600, 2469056400, 7200),
    (140, 7200, 0, 7200, 2487200400, 3600, 2500506000, 7200),
    (141, 7200, 0, 7200, 2519254800, 3600, 2531955600, 7200),
    (142, 7200, 2550704400, 3600, 2563405200, 7200, 2582154000, 3600),
    (143, 3600, 0, 3600, 2595459600, 7200, 2613603600, 3600),
    (144, 3600, 0, 3600, 2626909200, 7200, 2645053200, 3600),
    (145, 3600, 0, 3600, 2658358800, 7200, 2676502800, 3600),
    (146, 3600, 0, 3600, 2689808400, 7200, 2708557200, 3600),
    (147, 3600, 0, 3600, 2721258000, 7200, 2740006800, 3600),
    (148, 3600, 2752707600, 7200, 2771456400, 3600, 2784762000, 7200),
    (149, 7200, 0, 7200, 2802906000, 3600, 2816211600, 7200),
    (150, 7200, 0, 7200, 2834355600, 3600, 2847661200, 7200),
    (151, 7200, 0, 7200, 2866410000, 3600, 2879110800, 7200),
    (152, 7200, 0, 7200, 2897859600, 3600, 2910560400, 7200),
    (153, 7200, 0, 7200, 2929309200, 3600, 2942010000, 7200),
    (154, 7200, 0, 7200, 2960758800, 3600, 2974064400, 7200),
    (155, 7200, 0, 7200, 2992208400, 3600, 3005514000, 7200),
    (156, 7200, 0, 7200, 3023658000, 3600, 3036963600, 7200),
    (157, 7200, 0, 7200, 3055712400, 3600, 3068413200, 7200),
    (158, 7200, 3087162000, 3600, 3099862800, 7200, 3118611600, 3600),
    (159, 3600, 0, 3600, 3131917200, 7200, 3150061200, 3600),
    (160, 3600, 0, 3600, 3163366800, 7200, 3181510800, 3600),
    (161, 3600, 0, 3600, 3194816400, 7200, 3212960400, 3600),
    (162, 3600, 0, 3600, 3226266000, 7200, 3245014800, 3600),
    (163, 3600, 0, 3600, 3257715600, 7200, 3276464400, 3600),
    (164, 3600, 3289165200, 7200, 3307914000, 3600, 3321219600, 7200),
    (165, 7200, 0, 7200, 3339363600, 3600, 3352669200, 7200),
    (166, 7200, 0, 7200, 3370813200, 3600, 3384118800, 7200),
    (167, 7200, 0, 7200, 3402867600, 3600, 3415568400, 7200),
    (168, 7200, 0, 7200, 3434317200, 3600, 3447018000, 7200),
    (169, 7200, 0, 7200, 3465766800, 3600, 3479072400, 7200),
    (170, 7200, 0, 7200, 3497216400, 3600, 3510522000, 7200),
    (171, 7200, 0, 7200, 3528666000, 3600, 3541971600, 7200),
    (172, 7200, 0, 7200, 3560115600, 3600, 3573421200, 7200),
    (173, 7200, 3592170000, 3600, 3604870800, 7200, 3623619600, 3600),
    (174, 3600, 0, 3600, 3636320400, 7200, 3655069200, 3600),
    (175, 3600, 0, 3600, 3668374800, 7200, 3686518800, 3600),
    (176, 3600, 0, 3600, 3699824400, 7200, 3717968400, 3600),
    (177, 3600, 0, 3600, 3731274000, 7200, 3750022800, 3600),
    (178, 3600, 0, 3600, 3762723600, 7200, 3781472400, 3600),
    (179, 3600, 0, 3600, 3794173200, 7200, 3812922000, 3600),
    (180, 3600, 3825622800, 7200, 3844371600, 3600, 3857677200, 7200),
    (181, 7200, 0, 7200, 3875821200, 3600, 3889126800, 7200),
    (182, 7200, 0, 7200, 3907270800, 3600, 3920576400, 7200),
    (183, 7200, 0, 7200, 3939325200, 3600, 3952026000, 7200),
    (184, 7200, 0, 7200, 3970774800, 3600, 3983475600, 7200),
    (185, 7200, 0, 7200, 4002224400, 3600, 4015530000, 7200),
    (186, 7200, 0, 7200, 4033674000, 3600, 4046979600, 7200),
    (187, 7200, 0, 7200, 4065123600, 3600, 4078429200, 7200),
    (188, 7200, 0, 7200, 4096573200, 3600, 4109878800, 7200)
) AS t (zone_piece, zone_ahead, zone_change_1, zone_ahead_1, zone_change_2, zone_ahead_2, zone_change_3, zone_ahead_3)
),

events_cells_4 AS (
    SELECT
        events_cells_3.*,
        time_clock
        - COALESCE(time_offset, CASE
            WHEN time_clock >= -86400000000 AND time_clock < 4102531200000000
                THEN CASE
                    WHEN (time_clock + 86400000000) // 1000000 - 86400 >= time_clock_zone.zone_change_3
                        + GREATEST(time_clock_zone.zone_ahead_2, time_clock_zone.zone_ahead_3)
                        THEN time_clock_zone.zone_ahead_3
                    WHEN (time_clock + 86400000000) // 1000000 - 86400 >= time_clock_zone.zone_change_2
                        + GREATEST(time_clock_zone.zone_ahead_1, time_clock_zone.zone_ahead_2)
                        THEN time_clock_zone.zone_ahead_2
                    WHEN (time_clock + 86400000000) // 1000000 - 86400 >= time_clock_zone.zone_change_1
                        + GREATEST(time_clock_zone.zone_ahead, time_clock_zone.zone_ahead_1)
                        THEN time_clock_zone.zone_ahead_1
                    ELSE time_clock_zone.zone_ahead
                END
            ELSE NULL
        END) * 1000000 AS time_micros
    FROM events_cells_3
    LEFT JOIN zone_offsets AS time_clock_zone ON CASE
            WHEN time_offset IS NULL AND time_clock >= -86400000000 AND time_clock < 4102531200000000
                THEN ((time_clock + 86400000000) // 1000000 - 86400 + 2214592512) // 33554432
            ELSE NULL
        END = time_clock_zone.zone_piece
),

events_cells_5 AS (
    SELECT
        events_cells_4.*,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000 THEN time_micros
            WHEN REGEXP_MATCHES(time_written, E'^(?:(?:(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[,\\t\\n\\r \xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80].*)?)$')
                THEN CAST(ERROR('hotlist: in which order a date stands is not said; set date_order in the model: ' || COALESCE(time_written, '')) AS BIGINT)
            ELSE CAST(ERROR('hotlist: the time of an event cannot be read, or is not one of the years 1970 to 2099: ' || COALESCE(time_trimmed, '')) AS BIGINT)
        END AS time_instant,
        CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000
                THEN (time_micros // 1000000
                + CASE
                    WHEN time_micros // 1000000 >= time_zone.zone_change_3 THEN time_zone.zone_ahead_3
                    WHEN time_micros // 1000000 >= time_zone.zone_change_2 THEN time_zone.zone_ahead_2
                    WHEN time_micros // 1000000 >= time_zone.zone_change_1 THEN time_zone.zone_ahead_1
                    ELSE time_zone.zone_ahead
                END + 2592000000) // 86400 - 30000
            ELSE NULL
        END AS time_day
    FROM events_cells_4
    LEFT JOIN zone_offsets AS time_zone ON CASE
            WHEN time_micros >= 0 AND time_micros < 4102444800000000
                THEN (time_micros // 1000000 + 2214592512) // 33554432
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

-- Which of them signals take
events_taken AS (
    SELECT
        *,
        event_type = 0 AND age < 90 AS opens_taken,  -- signal opens: the newest 3 of each day count
        event_type = 1 AND age < 90 AS clicks_taken,  -- signal clicks: the newest 3 of each day count
        event_type = 2 AND age < 90 AS visits_taken,  -- signal visits: the newest 5 of each day count
        CAST(CASE WHEN event_type IN (4, 5) AND age < 180 THEN CASE WHEN event_type = 5 THEN 1 ELSE 0 END END AS BIGINT) AS answer_side  -- signal answer: whether it asks or answers
    FROM events_weighed
),

-- Their turn among those
events_in_turn AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY contact, day, opens_taken ORDER BY instant DESC) AS opens_turn,
        ROW_NUMBER() OVER (PARTITION BY contact, day, clicks_taken ORDER BY instant DESC) AS clicks_turn,
        ROW_NUMBER() OVER (PARTITION BY contact, day, visits_taken ORDER BY instant DESC) AS visits_turn,
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
        CAST(SUM(CASE WHEN clicks_taken AND clicks_turn <= 3 THEN COALESCE(weight_1, 0) END) AS BIGINT) AS clicks,  -- signal clicks
        CAST(SUM(CASE WHEN visits_taken AND visits_turn <= 5 THEN COALESCE(weight_1, 0) END) AS BIGINT) AS visits,  -- signal visits
        COUNT(DISTINCT CASE WHEN event_type = 3 AND age < 60 AND property_id IS NOT NULL THEN property_id END) AS homes,  -- signal homes
        MIN(CASE WHEN answer_place = (answer_pairs + 1) // 2 THEN answer_minutes END) AS answer,  -- signal answer
        COUNT(CASE WHEN event_type = 6 AND age < 90 THEN 1 END) AS viewings,  -- signal viewings
        COUNT(CASE WHEN event_type = 7 AND age < 90 THEN 1 END) AS questions,  -- signal questions
        COUNT(CASE WHEN event_type = 5 AND age < 60 THEN 1 END) AS replies,  -- signal replies
        COUNT(CASE WHEN event_type = 8 AND age < 180 THEN 1 END) AS inquiries,  -- signal inquiries
        COUNT(CASE WHEN event_type = 9 THEN 1 END) AS goodbyes,  -- signal goodbyes
        COUNT(CASE WHEN event_type = 10 AND age < 90 THEN 1 END) AS bounces  -- signal bounces
    FROM answers_in_order
    GROUP BY contact
),

-- The leads with their signals
signals AS (
    SELECT
        leads.*,
        activity.last_event,
        COALESCE(activity.opens, 0) AS opens,  -- millionths of events
        COALESCE(activity.clicks, 0) AS clicks,  -- millionths of events
        COALESCE(activity.visits, 0) AS visits,  -- millionths of events
        COALESCE(activity.homes, 0) AS homes,  -- different values
        activity.answer,  -- minutes
        COALESCE(activity.viewings, 0) AS viewings,  -- events
        COALESCE(activity.questions, 0) AS questions,  -- events
        COALESCE(activity.replies, 0) AS replies,  -- events
        COALESCE(activity.inquiries, 0) AS inquiries,  -- events
        COALESCE(activity.goodbyes, 0) AS goodbyes,  -- events
        COALESCE(activity.bounces, 0) AS bounces  -- events
    FROM leads
    LEFT JOIN activity ON leads.id_key = activity.contact
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
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_3 THEN zone_offsets.zone_ahead_3
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_2 THEN zone_offsets.zone_ahead_2
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                    ELSE zone_offsets.zone_ahead
                END < 0
                THEN 0
                - (0
                - CASE
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_3 THEN zone_offsets.zone_ahead_3
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_2 THEN zone_offsets.zone_ahead_2
                    WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                    ELSE zone_offsets.zone_ahead
                END) // 60
            ELSE CASE
                WHEN last_event // 1000000 >= zone_offsets.zone_change_3 THEN zone_offsets.zone_ahead_3
                WHEN last_event // 1000000 >= zone_offsets.zone_change_2 THEN zone_offsets.zone_ahead_2
                WHEN last_event // 1000000 >= zone_offsets.zone_change_1 THEN zone_offsets.zone_ahead_1
                ELSE zone_offsets.zone_ahead
            END // 60
        END AS minutes_ahead
    FROM reasons
    LEFT JOIN zone_offsets ON (last_event // 1000000 + 2214592512) // 33554432 = zone_offsets.zone_piece
)

SELECT
    CASE WHEN disqualified IS NOT NULL THEN NULL ELSE place END AS rank,
    lead_id AS contact_id,
    COALESCE(first_name || ' ' || last_name, first_name, last_name) AS name,
    email,
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
