-- lockstep: allow vacuum-full: at night
VACUUM FULL t;

ALTER TABLE t
    ALTER a TYPE bigint; -- written in two lines now
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b);
