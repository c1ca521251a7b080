/** The file itself stands in the way of its upload; sending it again would not help. */
export class UploadFileError extends Error {
  override readonly name = 'UploadFileError'
  constructor(
    readonly reason: 'changed' | 'unreadable',
    options?: ErrorOptions,
  ) {
    super(`the file is ${reason}`, options)
  }
}
