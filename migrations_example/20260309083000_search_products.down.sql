-- The search page falls back to LIKE.
DROP INDEX CONCURRENTLY products_search_idx;
