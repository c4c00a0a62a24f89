ALTER TABLE t ADD a text DEFAULT $x$, ($x$ NOT NULL, ADD b int[] DEFAULT ARRAY[1, 2] CHECK (b <> '{}');
