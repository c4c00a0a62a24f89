-- Indexes: made, dropped, renamed, attached, built anew.

--- schema library
CREATE TABLE book (id int PRIMARY KEY, title text, pages int);
CREATE INDEX book_title ON book (title);
CREATE TABLE heap_only (a int);
CREATE TABLE loan (day int NOT NULL, book_id int) PARTITION BY RANGE (day);
CREATE TABLE loan_a PARTITION OF loan FOR VALUES FROM (0) TO (200);
CREATE TABLE loan_b PARTITION OF loan FOR VALUES FROM (200) TO (400);
CREATE INDEX loan_book ON loan (book_id);
CREATE INDEX loan_a_day ON loan_a (day);
INSERT INTO book SELECT g, 't' || g, g FROM generate_series(1, 300) g;
INSERT INTO heap_only SELECT g FROM generate_series(1, 300) g;
INSERT INTO loan SELECT g, g FROM generate_series(1, 399) g;

--- case index: CREATE {text} on library
--- each text
---   INDEX fresh ON book (pages)
---   UNIQUE INDEX fresh ON book (pages)
---   INDEX ON book (pages) WHERE pages > 10
---   INDEX ON book (lower(title))
---   INDEX ON book USING hash (title)
---   INDEX ON book USING brin (pages)
---   INDEX ON book (pages) INCLUDE (title)
---   INDEX IF NOT EXISTS fresh ON book (pages)
---   INDEX IF NOT EXISTS book_title ON book (title)
---   INDEX book_title ON book (title)
---   INDEX ON loan (day)
---   INDEX ON ONLY loan (day)
---   INDEX ON loan (book_id, day)
---   INDEX ON loan_a (book_id)
---   INDEX CONCURRENTLY fresh ON book (pages)
---   UNIQUE INDEX ON loan (day)
--- run
CREATE {text};

--- case index outside: {text} on library
--- each text
---   CREATE INDEX CONCURRENTLY fresh ON book (pages)
---   CREATE UNIQUE INDEX CONCURRENTLY fresh ON book (pages)
---   CREATE INDEX CONCURRENTLY IF NOT EXISTS book_title ON book (title)
---   CREATE INDEX CONCURRENTLY ON loan (day)
---   CREATE INDEX CONCURRENTLY ON loan_b (day)
---   DROP INDEX CONCURRENTLY book_title
---   DROP INDEX CONCURRENTLY IF EXISTS nowhere
---   DROP INDEX CONCURRENTLY loan_book
---   REINDEX TABLE CONCURRENTLY book
---   REINDEX TABLE CONCURRENTLY heap_only
---   REINDEX TABLE CONCURRENTLY loan
---   REINDEX INDEX CONCURRENTLY book_title
---   REINDEX INDEX loan_book
---   REINDEX TABLE loan
---   REINDEX SCHEMA public
--- run outside
{text};

--- case index: {text} on library
--- each text
---   DROP INDEX book_title
---   DROP INDEX book_pkey
---   DROP INDEX IF EXISTS nowhere
---   DROP INDEX loan_book
---   DROP INDEX loan_a_book_id_idx
---   DROP INDEX loan_a_day
---   REINDEX TABLE book
---   REINDEX TABLE heap_only
---   REINDEX INDEX book_title
---   REINDEX TABLE CONCURRENTLY book
---   REINDEX TABLE loan_a
---   REINDEX TABLE loan
---   ALTER INDEX book_title RENAME TO other
---   ALTER INDEX book RENAME TO other
---   ALTER TABLE book_title RENAME TO other
---   ALTER INDEX IF EXISTS nowhere RENAME TO other
---   ALTER INDEX book_pkey RENAME TO other
---   ALTER INDEX loan_book RENAME TO other
---   ALTER INDEX book_title SET (fillfactor = 80)
---   ALTER INDEX book_title RESET (fillfactor)
---   ALTER INDEX book_title SET TABLESPACE pg_default
---   COMMENT ON INDEX book_title IS 'x'
--- run
{text};

--- case index: ALTER INDEX ALTER COLUMN SET STATISTICS on library
--- setup
CREATE INDEX book_half ON book ((pages / 2));
--- run
ALTER INDEX book_half ALTER COLUMN 1 SET STATISTICS 100;

--- case attach an index on library
--- setup
CREATE INDEX loan_day ON ONLY loan (day);
--- run
ALTER INDEX loan_day ATTACH PARTITION loan_a_day;

--- case attach the last index on library
--- setup
CREATE INDEX loan_day ON ONLY loan (day);
ALTER INDEX loan_day ATTACH PARTITION loan_a_day;
CREATE INDEX loan_b_day ON loan_b (day);
--- run
ALTER INDEX loan_day ATTACH PARTITION loan_b_day;

--- case index of a partitioned table that all partitions have on library
--- setup
CREATE INDEX loan_b_day ON loan_b (day);
--- run
CREATE INDEX loan_day ON loan (day);

--- case index of a materialized view, {text} on library
--- each text
---   CREATE INDEX ON titles (title)
---   CREATE UNIQUE INDEX ON titles (title)
--- setup
CREATE MATERIALIZED VIEW titles AS SELECT title FROM book;
--- run
{text};

--- case index while an invalid one has the name on library
--- setup
CREATE INDEX loan_day ON ONLY loan (day);
--- run
CREATE INDEX IF NOT EXISTS loan_day ON loan (day);

--- case index swapped in one transaction on library
--- run
CREATE INDEX book_title_2 ON book (title, pages);
DROP INDEX book_title;
ALTER INDEX book_title_2 RENAME TO book_title;

--- case index outside: partitions without any index
--- setup
CREATE TABLE plain (k int) PARTITION BY LIST (k);
CREATE TABLE plain_1 PARTITION OF plain FOR VALUES IN (1);
INSERT INTO plain SELECT 1 FROM generate_series(1, 300) g;
--- run outside
REINDEX TABLE CONCURRENTLY plain;
