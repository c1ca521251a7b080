/** What stands in the way of a job or a result, where no provider was at fault: job.<cause>, result.<cause>. */
export const jobs = {
  en: {
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
  },
  zh: {
    job: {
      sourceGone: '找不到 {{name}}。请放回原处，或重新添加。',
      sourceChanged: '{{name}} 在提交后有改动。请检查后重新提交。',
      refused: '{{name}} 会被拒绝：$t({{findingKey}})',
      prepareFailed: '无法处理 {{name}}：$t({{causeKey}})',
      noSpace: '磁盘空间不足：{{folder}} 需要 {{needed}} MB，仅剩 {{free}} MB。',
      folder: '无法写入作品库文件夹：{{folder}}。',
      damaged: '结果两次下载均已损坏。任务仍在，重试不收费。',
      downloadFailed: '结果下载失败。在服务保留期内重试不收费。',
      expired: '服务只保留结果 {{hours}} 小时，此结果已失效。',
      notCreated: '提交时连接中断，服务上没有该任务：未产生费用。',
      uncertain: '提交时连接中断。任务可能正在运行并计费，本机无法判断。',
      uncertainSeveral: '提交时连接中断。服务上有多个可能对应的任务。',
      lostTrack: '服务不再回应此任务的查询。可重试再查一次，不收费。',
      unknownTask: '服务不认识此任务。',
      unexpected: 'Reshoot 出现问题，详情见日志。',
      offline: '此电脑未联网。',
      brokeOff: '下载中断，将从中断处继续。',
      tooLate: '已无法取消：任务已开始运行。',
      hasEnded: '此任务已结束。',
      cannotCancel: '该服务不支持取消任务。',
      cancelLater: '取消耗时较长，将在后台继续。',
      notFound: '没有此任务。',
      cannotRetry: '此任务目前无法重试。',
      notUncertain: '此任务不需要确认。',
      notEnded: '此任务仍在进行，请先取消。',
    },
    result: {
      notFound: '作品库中没有此结果。',
      missing: '{{name}} 已不在保存的位置。',
      copyFailed: '无法将 {{name}} 复制到 {{folder}}：{{code}}',
      trashFailed: '无法将 {{name}} 移到废纸篓。',
    },
  },
}
