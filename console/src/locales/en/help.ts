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
  },
} as const;
