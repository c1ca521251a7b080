/** The states of a job, and what went wrong with a job or a result. */
export const jobs = {
  state: {
    queued: 'Queued',
    preparing: 'Preparing',
    uploading: 'Uploading',
    submitting: 'Submitting',
    pending: 'Waiting',
    running: 'Running',
    downloading: 'Downloading',
    saved: 'Saved',
    failed: 'Failed',
    cancelled: 'Cancelled',
    expired: 'Expired',
    uncertain: 'Uncertain',
  },
  job: {
    sourceGone: '{{name}} is no longer where it was. Put it back, or add it again.',
    sourceChanged: '{{name}} has changed since it was submitted. Check it and submit it again.',
    refused: '{{name}} would be refused: $t({{findingKey}})',
    prepareFailed: '{{name}} could not be prepared: $t({{causeKey}})',
    noSpace: 'The disk is full: {{needed}} MB are needed in {{folder}}, {{free}} MB are free.',
    folder: 'The library folder cannot be written: {{folder}}.',
    damaged:
      'The result arrived damaged twice. Its task is still known, so trying again costs nothing.',
    downloadFailed:
      'The result could not be downloaded. Trying again costs nothing while the service keeps it.',
    expired: 'The service keeps results for {{hours}} hours. This one is gone.',
    notCreated:
      'The connection broke while submitting, and the service has no such task: nothing was billed.',
    uncertain:
      'The connection broke while submitting. The edit may be running and billed: nobody can tell from here.',
    uncertainSeveral:
      'The connection broke while submitting. The service has more than one task that it could be.',
    lostTrack:
      'The service no longer answers about this task. Try again to look once more; that costs nothing.',
    unknownTask: 'The service does not know this task.',
    unexpected: 'Something went wrong in Reshoot. Its log says more.',
    offline: 'This computer is not online.',
    brokeOff: 'The download broke off. It goes on where it stopped.',
    noPlace: '{{provider}} works on {{count}} edits at a time. This one follows.',
    tooLate: 'It is too late to cancel: the edit has already started.',
    hasEnded: 'This edit has already ended.',
    cannotCancel: 'This service has no way to cancel an edit.',
    cancelLater: 'Cancelling takes longer than expected. It goes on in the background.',
    notFound: 'There is no such edit.',
    cannotRetry: 'This edit cannot be tried again now.',
    notUncertain: 'This edit is not waiting for a decision.',
    notEnded: 'This edit is still on its way. Cancel it first.',
  },
  result: {
    notFound: 'This result is not in the library.',
    missing: '{{name}} is no longer where it was saved.',
    copyFailed: '{{name}} could not be copied to {{folder}}: {{code}}',
    trashFailed: '{{name}} could not be moved to the trash.',
  },
}
