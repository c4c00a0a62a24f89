-- Keys of tables from which others inherit.

--- schema clan
CREATE TABLE elder (x int, y int NOT NULL);
CREATE TABLE child (z int) INHERITS (elder);
CREATE TABLE grandchild () INHERITS (child);
INSERT INTO elder SELECT g, g FROM generate_series(1, 300) g;
INSERT INTO child SELECT g, g, g FROM generate_series(1, 300) g;
INSERT INTO grandchild SELECT g, g, g FROM generate_series(1, 300) g;

--- case key of a parent: {key} on clan
--- each key
---   ALTER TABLE elder ADD PRIMARY KEY (x)
---   ALTER TABLE elder ADD PRIMARY KEY (y)
---   ALTER TABLE ONLY elder ADD PRIMARY KEY (y)
---   ALTER TABLE child ADD PRIMARY KEY (x)
---   ALTER TABLE elder ADD UNIQUE (x)
--- run
{key};
