import type { Survey } from '@/api/client';
import { useMay } from '@/api/session';
import { Invite } from './invite';
import { SurveyCode } from './survey-code';
import classes from './surveys.module.css';

/** How people get to the survey. */
export function SurveyLinks({ survey, title }: { survey: Survey; title: string }) {
  const may = useMay();
  return (
    <div className={classes.column}>
      <SurveyCode survey={survey} title={title} />
      {may('manage_surveys') && <Invite survey={survey} />}
    </div>
  );
}
