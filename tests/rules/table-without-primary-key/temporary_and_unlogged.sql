CREATE TEMP TABLE t (a bigint);
CREATE UNLOGGED TABLE u (a bigint);
