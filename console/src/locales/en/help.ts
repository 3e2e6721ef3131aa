export const help = {
  what: 'What it means: {{name}}',
  names: {
    processMap: 'Process map',
    directlyFollows: 'Directly follows',
    simplification: 'Detail',
    median: 'Median',
    interval: 'Interval',
    path: 'Path',
    tail: 'Other paths',
    window: 'Time allowed',
    dropOff: 'Drop-off',
    merge: 'Merge',
    evidence: 'Evidence',
    identifier: 'Identifier',
    trait: 'Trait',
    visit: 'Visit',
    retention: 'Retention',
    lifeCycle: 'Life cycle',
    attribution: 'Attribution',
    model_first: 'First',
    model_last: 'Last',
    model_linear: 'Linear',
    model_position: 'Position',
    model_removal: 'If missing',
    markovOrder: 'Memory of the chain',
    touchPath: 'What counts',
    effort: 'Effort',
    effort_steps: 'Steps',
    effort_contacts: 'Contacts',
    effort_channels: 'Channels',
    effort_channel_changes: 'Changes of channel',
    effort_waiting_ms: 'Waiting',
    effort_elapsed_ms: 'Time in all',
    breakdown: 'Breakdown',
    frictions: 'Frictions',
    comparable: 'Comparable',
    nps: 'NPS',
    csat: 'CSAT',
    ces: 'CES',
    rating: 'Stars',
    scoreInterval: 'Interval',
    effectiveAnswers: 'Independent answers',
    scoreGroups: 'Breakdown',
    responseRate: 'Response rate',
    drivers: 'What moves the score',
    importance: 'Importance',
  },
  terms: {
    processMap:
      'Each card is an activity, with the customers who did it. Each line goes from an activity to the one that came right after it, and is thicker the more customers take it.',
    directlyFollows:
      'Between the two activities the customer did nothing else, however much time passed. What the period or the channels leave out is as if it had not happened.',
    simplification:
      'With little detail only the most frequent activities and connections are shown; the others are hidden but still count. How much is in view is always said.',
    median:
      'Half of the times it takes less, the other half more. Unlike the mean, it is not moved by a few very long waits.',
    interval:
      'With few customers, a share may come out high or low by chance. The true one lies within the interval in 95 of 100 cases.',
    path: 'An activity and those that directly follow it. Each time the first one happens a path begins, so one customer may take several.',
    tail: 'The less frequent paths, which are not drawn one by one, and those that end before all steps are taken. Nothing is lost: all of them are in this band.',
    window:
      'The time that may pass from the first step to the last. Whoever takes longer counts only as far as they came within it.',
    dropOff:
      'Customers who reached a step and not the next one within the time allowed. They may still be customers: they only left this way.',
    merge:
      'Two customers who turned out to be the same person and now count as one. Each merge keeps its evidence and can be undone.',
    evidence: 'The event that showed that two identifiers belong to the same person, for example a sign-in.',
    identifier: 'What a customer is known by: e-mail, phone, user id, card, device…',
    trait: 'A fact about the customer, such as their name or town, with the source that told it and the date.',
    visit: 'Events of a customer on one channel with less than 30 minutes from one to the next.',
    retention:
      'Of the customers who began in a period, how many come back in each one after. Zero is the same period: those who came back after the first time.',
    lifeCycle:
      'In each period, who is new, who stays from the one before, who is back after an absence and, below the line, who was there in the one before and stays away.',
    attribution:
      'To which channels or activities each outcome is shared out, by what the same customer did before, within the time looked back.',
    model_first: 'All of the outcome goes to the first thing that the customer did in that time.',
    model_last: 'All of the outcome goes to the last thing that the customer did before.',
    model_linear: 'The outcome is shared out equally among all that the customer did before.',
    model_position: 'Two fifths go to the first, two to the last, and the rest to what lies between.',
    model_removal:
      'A Markov chain learns from all journeys, those that do not arrive too. Shared out by how many outcomes would be lost if each were taken away.',
    markovOrder:
      'How many earlier steps the chain behind “If missing” remembers. With more memory it tells more apart and needs more data.',
    touchPath:
      'Since the outcome before, each thing counts for one outcome only. In the whole time, what came before one outcome may count for the next one too.',
    effort: 'What a customer puts in to reach an activity: steps, contacts, channels, waiting and time.',
    effort_steps: 'Events from the first one to the one that arrives, both included.',
    effort_contacts: 'Times that the customer had to turn to the company: activities with the role contact.',
    effort_channels: 'Distinct channels passed through.',
    effort_channel_changes: 'How often an event comes through another channel than the one before.',
    effort_waiting_ms: 'The time after each activity with the role wait until the next thing happens.',
    effort_elapsed_ms: 'From the first event to the arrival, with the times in which nothing happens.',
    breakdown:
      'A funnel for each value that the first step of a customer has. The last column sets how many reach the end against all the others; with its interval, and as an association.',
    frictions:
      'What hinders: repeating the same, going back and forth, getting in contact again, waiting far longer than usual, running into an error, or beginning and not arriving. First what costs most customers.',
    comparable:
      'Customers who never meet the friction, at the same activity, week and channel, with as long a past. Without them nobody knows whether the friction costs.',
    nps: 'How likely people are to recommend, 0 to 10: the percentage of promoters (9 and 10) less that of detractors (0 to 6). From −100 to +100.',
    csat: 'How satisfied people were, 1 to 5: the percentage of answers 4 and 5.',
    ces: 'Whether it was easy, 1 to 7: the percentage of answers 5 to 7. More is better.',
    rating: 'The mean of the stars, 1 to 5.',
    scoreInterval:
      'Those who answer are only a part. If other customers like them were asked again, the true score would lie within the interval in 95 of 100 cases.',
    effectiveAnswers:
      'Several answers of one customer are alike and are not separate evidence. This is how many answers of different customers would say as much.',
    drivers:
      'For each thing, the score of those who lived or said it is compared with that of the others, all else that is known being equal. “Found” means that such a difference seldom comes by chance, even with so many things looked at together.',
    importance:
      'The part of the differences that each thing explains, averaged over all orders in which they may come in. All of them add up to what is explained. It ranks; it proves nothing.',
    scoreGroups:
      'The score of each group with its interval, those with most answers first. Where two intervals overlap a lot, the difference may be chance. It is an association: each group serves different customers.',
    responseRate:
      'How many of the invitations sent in the period were answered, whenever the answer came. Several invitations of one customer count as less evidence than those of several customers.',
  },
} as const;
