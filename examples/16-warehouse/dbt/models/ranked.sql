-- The list as a file; it is written once the tests of the list have passed.
{{ config(materialized='external', location='ranked.csv') }}

SELECT * FROM {{ ref('ranked_leads') }} ORDER BY rank NULLS LAST, contact_id
