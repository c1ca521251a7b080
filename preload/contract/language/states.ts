/** The states of a job, as a word. */
export const states = {
  en: {
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
  },
  zh: {
    state: {
      queued: '排队中',
      preparing: '准备中',
      uploading: '上传中',
      submitting: '提交中',
      pending: '等待中',
      running: '生成中',
      downloading: '下载中',
      saved: '已保存',
      failed: '失败',
      cancelled: '已取消',
      expired: '已过期',
      uncertain: '待确认',
    },
  },
}
