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
    sourceGone: '{{name}} was moved or deleted. Put it back, or add it again.',
    sourceChanged: '{{name}} changed after it was submitted. Check it and submit it again.',
    refused: 'The model does not accept {{name}}: $t({{findingKey}})',
    prepareFailed: '{{name}} could not be prepared: $t({{causeKey}})',
    noSpace: 'Not enough disk space in {{folder}}: {{needed}} MB needed, {{free}} MB free.',
    folder: 'Cannot write to the library folder {{folder}}.',
    damaged:
      'The result arrived damaged {{count}} times ({{reason}}). The last copy is {{path}}. Downloading it again is free.',
    unchecked:
      'The result has arrived as {{file}}, but it could not be checked: $t({{causeKey}}) It will not be downloaded again.',
    downloadFailed:
      'The result could not be downloaded. Trying again is free while the provider keeps it.',
    expired: 'The result has expired. Providers keep results for {{hours}} hours.',
    notCreated:
      'The answer to the submission was lost. The provider’s list of tasks shows that it did not accept the edit, so nothing was billed.',
    uncertain:
      'The connection was lost while submitting. The provider may have received the edit and may bill it.',
    uncertainAnswer:
      'The provider answered {{code}} ({{message}}), which leaves open whether it accepted the edit. Its list of tasks is searched.',
    uncertainSeveral:
      'The connection was lost while submitting. More than one of the provider’s tasks could be this edit.',
    lostTrack:
      'The provider does not report the status of this task. Reshoot keeps asking until the task expires.',
    unknownTask: 'The provider cannot find this task.',
    unexpected: 'Something went wrong in Reshoot. See the log for details.',
    unexpectedError: 'Something went wrong in Reshoot (error {{id}}). The log has the details.',
    offline: 'You’re offline.',
    notBegun: 'The download could not begin. Reshoot tries again.',
    notVisibleYet: 'The provider does not list this task yet. Reshoot keeps asking.',
    overdue:
      'The provider has reported this task as unfinished for more than {{hours}} hours. Reshoot keeps asking.',
    brokeOff: 'The download was interrupted and will resume.',
    noPlace: '{{provider}} runs {{count}} jobs at a time. This one is waiting for a free slot.',
    tooLate: 'This job can no longer be cancelled: it is already running.',
    hasEnded: 'This job has already ended.',
    cannotCancel: 'This provider does not support cancelling jobs.',
    cancelLater: 'Cancelling is taking longer than expected and continues in the background.',
    notFound: 'This job does not exist.',
    taskTaken: 'The task {{task}} belongs to another job.',
    cannotRetry: 'This job cannot be retried now.',
    notUncertain: 'This job does not need a decision.',
  },
  result: {
    notFound: 'This result is not in the library.',
    missing: '{{name}} was moved or deleted.',
    copyFailed: '{{name}} could not be copied to {{folder}}: {{code}}',
    trashFailed: '{{name}} could not be moved to the trash.',
  },
}
