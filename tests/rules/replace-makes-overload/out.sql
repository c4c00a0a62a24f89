CREATE FUNCTION o(a bigint, OUT b text) LANGUAGE sql AS 'SELECT ''x''';
-- next migration
CREATE OR REPLACE FUNCTION o(a bigint, OUT b text) LANGUAGE sql AS 'SELECT ''y''';
