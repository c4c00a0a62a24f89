-- Preise für Bücher
SELECT 1;
