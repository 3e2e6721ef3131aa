import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ListeningHead } from '@/features/listening/listening-head';
import { CommentNews } from './comment-news';
import { CommentSearch } from './comment-search';
import { CommentThemes } from './comment-themes';
import classes from './comments.module.css';
import { DEFAULT_VIEW, VIEWS, type View } from './search-params';
import { useAskComments, useCommentsSearch } from './use-comments';

const SHOWN = { search: CommentSearch, themes: CommentThemes, news: CommentNews } as const;

/** What customers wrote, in their own words: found, counted over time, and what is new in it. */
export function CommentsPage() {
  const { t } = useTranslation();
  const { view = DEFAULT_VIEW } = useCommentsSearch();
  const ask = useAskComments();
  const Shown = SHOWN[view];
  return (
    <div className="page">
      <ListeningHead page="comments" />
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('comments.view')}
          value={view}
          onChange={(chosen) => ask({ view: chosen === DEFAULT_VIEW ? undefined : (chosen as View) })}
          data={VIEWS.map((value) => ({ value, label: t(`comments.views.${value}`) }))}
        />
      </div>
      <Shown />
    </div>
  );
}
