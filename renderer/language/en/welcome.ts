/** The first screen of a new home. */
export const welcome = {
  title: 'Welcome to Reshoot',
  lead: 'Describe a change to a clip, and the Wan 2.7 model makes it: another jacket, a snowy street, a watercolour.',
  check: {
    title: 'Checked and fixed before anything is sent',
    text: 'Drop a clip. It is checked, fixed and trimmed on this computer, sent when you say so, and the result is brought back.',
  },
  results: {
    title: 'Results are saved here',
  },
  sandbox: {
    title: 'Without a key you work in the Sandbox, which is no AI',
    text: 'It tries everything out with simple effects on this computer: free, and nothing is uploaded. For real edits, enter the key of a provider in Settings.',
  },
  begin: 'Get started',
}
