-- What marks of answers are called.
UPDATE survey_responses SET marks = '["straight"]' WHERE marks = '["straight_lining"]';
UPDATE survey_responses SET marks = '["fast"]' WHERE marks = '["impossible_speed"]';
UPDATE survey_responses SET marks = '["straight","fast"]' WHERE marks = '["straight_lining","impossible_speed"]';
UPDATE survey_responses SET marks = '["fast","straight"]' WHERE marks = '["impossible_speed","straight_lining"]';
