-- not for a server: it does not have it
ALTER PROCEDURE nobody_knows(integer) RENAME TO somebody;
