import type { TableLike } from '../table'

const en = {
  stage: {
    makingPreview: 'Making a preview…',
    previewWhy: 'This window cannot play {{codec}} itself.',
    previewTrack: 'This window plays only the first track itself.',
    previewStopped: 'The preview was stopped.',
    previewFailed: 'No preview could be made. The clip can still be sent.',
    cannotOpen: 'This clip cannot be opened.',
    again: 'Try again',
    checking: 'Looking at the file…',
    notClip: 'This is not a clip.',
    missing: 'The file is no longer where it was.',
    useImage: 'Use in an edit',
    useImageHint: 'Images wait here until there is a clip to edit.',
    before: 'Clip',
    after: 'Outcome',
    compare: 'Show the clip or the outcome',
    copyCommand: 'Copy the command',
  },
  player: {
    play: 'Play',
    pause: 'Pause',
    previousFrame: 'Previous frame',
    nextFrame: 'Next frame',
    loop: 'Loop the selection',
    mute: 'Sound off',
    unmute: 'Sound on',
    zoomIn: 'Closer',
    zoomOut: 'Further',
    position: 'Position',
  },
  crop: {
    frame: 'What the crop keeps',
    drag: 'Drag the frame over the clip.',
    middle: 'Keeps the middle.',
  },
}

const zh: TableLike<typeof en> = {
  stage: {
    makingPreview: '正在生成预览…',
    previewWhy: '窗口无法直接播放 {{codec}}。',
    previewTrack: '窗口只能直接播放第一条轨道。',
    previewStopped: '已停止生成预览。',
    previewFailed: '无法生成预览，但片段仍可提交。',
    cannotOpen: '无法打开这个片段。',
    again: '重试',
    checking: '正在查看文件…',
    notClip: '这不是视频片段。',
    missing: '文件已不在原处。',
    useImage: '用于编辑',
    useImageHint: '图片会留在这里，等有片段时使用。',
    before: '原片',
    after: '处理后',
    compare: '显示原片或处理后的结果',
    copyCommand: '复制命令',
  },
  player: {
    play: '播放',
    pause: '暂停',
    previousFrame: '上一帧',
    nextFrame: '下一帧',
    loop: '循环播放选区',
    mute: '静音',
    unmute: '打开声音',
    zoomIn: '放大',
    zoomOut: '缩小',
    position: '播放位置',
  },
  crop: {
    frame: '裁切后保留的画面',
    drag: '在画面上拖动裁切框。',
    middle: '保留中间部分。',
  },
}

export const stage = { en, zh }
