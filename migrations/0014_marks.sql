-- What marks of answers are called.
UPDATE survey_responses SET marks = REPLACE(REPLACE(marks, 'straight_lining', 'straight'), 'impossible_speed', 'fast');
