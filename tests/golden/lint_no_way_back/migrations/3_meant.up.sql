-- lockstep: irreversible: the old texts are not kept
UPDATE t SET a = NULL WHERE a = '';
