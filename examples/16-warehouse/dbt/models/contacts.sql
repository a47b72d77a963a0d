-- The export as it stands: text in every column.
SELECT * FROM read_csv('{{ var("exports") }}/contacts.csv', all_varchar = true)
