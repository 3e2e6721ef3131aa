export const setup = {
  title: 'Begin with Vivencia',
  say: 'All that is missing is what the organisation is like and who its first person will be. Everything can be changed later.',
  organisation: 'Name of the organisation',
  timeZone: 'Time zone',
  timeZoneHelp: 'Days and weeks are counted in it.',
  weekStart: 'Weeks start on',
  days: { monday: 'Monday', sunday: 'Sunday', saturday: 'Saturday' },
  currency: 'Currency of reports',
  name: 'Name',
  begin: 'Begin',
  done: {
    title: 'Everything is ready here',
    say: 'The organisation has its first person. E-mail and password are all it takes to come in.',
    signIn: 'Come in',
  },
  noToken: {
    title: 'The address is not whole',
    say: 'When it starts, the server writes an address that ends in #token=…, and that one begins. Starting it again writes another.',
  },
  invitation: {
    page: 'Invitation',
    title: 'Come into {{organisation}}',
    say: '{{email}} · {{role}}. All it takes is a name and a password.',
    accept: 'Come in',
    over: 'This link does not work any more',
    overSay: 'It was used, revoked or is older than 7 days. Whoever administers Vivencia can make another.',
  },
  reset: {
    title: 'New password',
    say: 'For {{email}}. Saving it ends the open sessions.',
    save: 'Save and come in',
  },
} as const;
